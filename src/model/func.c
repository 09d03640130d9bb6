/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/func.h"

#include <assert.h>
#include <string.h>

static const rc_func table[] = {
#define RC_FUNC(name, kind, detail, parameters, help)                                              \
    {#name, RC_FUNC_##kind, detail, parameters, help},
#include "model/func.def"
#undef RC_FUNC
};

size_t rc_func_count(void) {
    return sizeof table / sizeof *table;
}

const rc_func *rc_func_at(size_t index) {
    assert(index < rc_func_count());
    return &table[index];
}

const rc_func *rc_func_find(const char *name) {
    for (size_t i = 0; i < rc_func_count(); i++)
        if (strcmp(table[i].name, name) == 0)
            return &table[i];
    return NULL;
}

rc_params rc_func_params(const rc_func *func) {
    rc_params params = {0};
    for (const char *s = func->parameters; *s != '\0';) {
        size_t length = strcspn(s, ",");
        if (strncmp(s, "...", length) == 0) {
            params.variadic = true;
        } else {
            bool optional = s[length - 1] == '=';
            assert(params.n < RC_FUNC_MAX_PARAMS && length < sizeof params.names[0]);
            memcpy(params.names[params.n], s, length - optional);
            params.optional[params.n] = optional;
            params.n_required += !optional;
            params.n++;
        }
        s += length;
        s += strspn(s, ", ");
    }
    return params;
}

const char *rc_func_synonym(const char *name) {
    static const struct {
        const char *said, *meant;
    } synonyms[] = {
        {"geometric_brownian_motion", "gbm"},
        {"ou", "mean_reverting"},
        {"ornstein_uhlenbeck", "mean_reverting"},
        {"mean_reversion", "mean_reverting"},
        {"vasicek", "mean_reverting"},
        {"autoregressive", "ar1"},
    };
    for (size_t i = 0; i < sizeof synonyms / sizeof *synonyms; i++)
        if (strcmp(synonyms[i].said, name) == 0)
            return synonyms[i].meant;
    return NULL;
}
