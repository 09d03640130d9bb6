/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One column of numbers from a CSV file, for `empirical(file="x.csv", column="c")`. */
#ifndef RC_MODEL_CSV_H
#define RC_MODEL_CSV_H

#include "model/source.h"

/** Read the column with this header, or the only column when `column` is NULL (a header is then
 * optional). `file` is relative to the folder of file_mark.source; file_mark and column_mark are
 * where the model names them. Values stay in file order, in d->arena. False after errors. */
bool rc_csv_column(const char *file, rc_mark file_mark, const char *column, rc_mark column_mark,
                   rc_diags *d, const double **values, size_t *n);

/** A column read on its own, for `roicast fit`. */
typedef struct rc_csv {
    const char *name; /**< "" without a header */
    rc_mark mark;     /**< of the header, else of the first row */
    const double *values;
    size_t n;
} rc_csv;

/** The same of the file at `path` ("-": standard input), not named by a model. False after errors,
 * which lie in the file itself where they have a place. */
bool rc_csv_read(const char *path, const char *column, rc_diags *d, rc_csv *out);

typedef struct rc_csv_cell {
    const char *text; /**< without quotes and outer blanks */
    rc_mark mark;
} rc_csv_cell;

typedef struct rc_csv_row {
    const rc_csv_cell *cells;
    size_t n;
} rc_csv_row;

/** All rows of a file that are not blank, the header among them; in d->arena. False after errors
 * (a quote that is never closed, semicolons instead of commas). */
bool rc_csv_rows(const rc_source *source, rc_diags *d, const rc_csv_row **rows, size_t *n);

/** `file` as seen from the folder of the file `base`; unchanged when absolute or when base has no
 * folder. Also for `extends`. */
const char *rc_path_beside(const char *base, const char *file, rc_arena *arena);

#endif
