/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Other tools' files as models. An importer reads a source and writes the text of a model file, and
 * where the model has to read data of its own, the text of a CSV file beside it. What cannot be
 * taken over is a warning (with its name and why), never silence; nothing usable is an error. */
#ifndef RC_INTEROP_IMPORTER_H
#define RC_INTEROP_IMPORTER_H

#include "model/source.h"

typedef struct rc_import {
    rc_diags *diags;               /**< also the arena of everything */
    bool compat;                   /**< repeat the other tool's known quirks */
    const rc_source *correlations; /**< decisionSupport: NAME_cor.csv, or NULL */
    const char *data_name;         /**< how the model shall call its CSV file */
    rc_text model;                 /**< out; owned by the caller */
    rc_text data;                  /**< out; nothing when no data is needed */
    const char **names;            /**< [n_names] given by rc_import_name() */
    size_t n_names, names_capacity;
} rc_import;

typedef struct rc_importer_type {
    const char *name;
    const char *summary;                                  /**< one line */
    bool (*recognises)(const rc_source *source);          /**< by its content, cheaply */
    bool (*read)(rc_import *im, const rc_source *source); /**< false after errors */
} rc_importer_type;

size_t rc_importer_count(void);
const rc_importer_type *rc_importer_at(size_t index);
const rc_importer_type *rc_importer_find(const char *name); /**< NULL when unknown */
/** type->read, and then: does what it wrote read as a model? False after errors. */
bool rc_import_read(const rc_importer_type *type, rc_import *im, const rc_source *source);

/* ---- For members: writing a model (model_text.c) ---- */

/** A name of the model language near to `written` that no other entry has. */
const char *rc_import_name(rc_import *im, const char *written);
/** The text in double quotes, as YAML and JSON read it. */
void rc_import_quoted(rc_text *out, const char *text);
/** `key: "text"` on a line of its own, indented; nothing for NULL or "". */
void rc_import_line(rc_text *out, int indent, const char *key, const char *text);
void rc_import_number(rc_text *out, double x);
/** What is wrong with `value` as the value of an input (a distribution without a solution); NULL
 * when it reads well. */
const char *rc_import_refused(rc_import *im, const char *value);
/** A correlation of normals as the rank correlation that gives it: 6/pi asin(r/2). */
double rc_import_rank_correlation(double normal);

#endif
