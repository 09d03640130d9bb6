/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `hdr: [entity, variable, seed3, seed4]` of an input: which numbers of SIPmath's generator it
 * takes under --sampler hdr, so that a shared library gives the same trials in every tool. */
#include "model/check.h"

#include <math.h>
#include <string.h>

enum { LEAST = 2, MOST = 4 };
static const double id_limit = 100000000; /* of the standard */
static const char example[] = "hdr: [1, 7] or [entity, variable, seed3, seed4]";

void rc_hdr_read(rc_check *c, rc_node *node, const rc_yaml *y) {
    if (y->kind != RC_YAML_LIST || y->n < LEAST || y->n > MOST) {
        rc_check_error(c, y->mark, example, "`hdr` must be a list of 2 to 4 whole numbers");
        return;
    }
    uint32_t *ids = RC_NEW(c->arena, uint32_t, MOST);
    for (size_t i = 0; i < y->n; i++) {
        double x;
        if (!rc_check_number(c, "hdr", y->items[i], &x))
            return;
        if (!(x >= 0 && x <= id_limit && x == floor(x))) {
            rc_check_error(c, y->items[i]->mark, example,
                           "`hdr` has %g; whole numbers from 0 to 100000000 are possible", x);
            return;
        }
        ids[i] = (uint32_t)x;
    }
    node->entry->hdr = ids;
}

void rc_hdr_finish(rc_check *c, rc_node *node) {
    size_t n = 0;
    for (size_t i = 0; i < node->n_fields; i++)
        n += node->fields[i].n_draws;
    if (n != 1 && !node->bad)
        rc_check_error(c, rc_yaml_get(node->body, "hdr")->mark, "give each its own entry",
                       "`hdr` belongs to one distribution; `%s` has %zu", node->entry->name, n);
}
