/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of summaries. */
#include "stats/summary.h"

#include <string.h>

#define RC_SUMMARY(name) extern const rc_summary_type rc_summary_##name;
#include "stats/summary.def"
#undef RC_SUMMARY

static const rc_summary_type *const table[] = {
#define RC_SUMMARY(name) &rc_summary_##name,
#include "stats/summary.def"
#undef RC_SUMMARY
};

size_t rc_summary_count(void) {
    return sizeof table / sizeof *table;
}

const rc_summary_type *rc_summary_at(size_t index) {
    return index < rc_summary_count() ? table[index] : NULL;
}

const rc_summary_type *rc_summary_find(const char *name) {
    for (size_t i = 0; i < rc_summary_count(); i++)
        if (strcmp(table[i]->name, name) == 0)
            return table[i];
    return NULL;
}
