/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libFuzzer: any bytes as another tool's file, read by every importer; behind a line of `%%%`
 * stands the matrix of correlations. What an importer writes is a model that reads without an
 * error. */
#include "interop/importer.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char border[] = "\n%%%\n";
    for (size_t i = 0; i < rc_importer_count(); i++) {
        rc_arena *arena = rc_arena_new();
        const char *bytes = rc_arena_strndup(arena, (const char *)data, size);
        const char *second = strstr(bytes, border);
        size_t first = second != NULL ? (size_t)(second - bytes) : size;
        rc_source *source = rc_source_text("fuzz.csv", (const char *)data, first, arena);
        rc_diags *d = RC_NEW(arena, rc_diags, 1);
        d->arena = arena;
        rc_import im = {.diags = d, .data_name = "fuzz.data.csv"};
        if (second != NULL) {
            second += sizeof border - 1;
            im.correlations = rc_source_text("fuzz_cor.csv", second, strlen(second), arena);
        }
        rc_importer_at(i)->recognises(source);
        bool ok = rc_import_read(rc_importer_at(i), &im, source);
        if (ok == (d->n_errors > 0))
            abort();
        rc_text out = {0};
        rc_diags_print(d, true, &out);
        rc_text_free(&out);
        rc_text_free(&im.model);
        rc_text_free(&im.data);
        rc_arena_free(arena);
    }
    return 0;
}
