/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files as read, places in them, and the list of what is wrong with them. */
#ifndef RC_MODEL_SOURCE_H
#define RC_MODEL_SOURCE_H

#include "core/arena.h"
#include "core/error.h"
#include "core/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct rc_source {
    const char *name;  /**< as the user gave it; "<stdin>" for "-" */
    const char *bytes; /**< NUL-terminated copy */
    size_t length;
    char sha256[65];    /**< of the bytes, lower-case hex */
    const char *beside; /**< the file whose folder data files are looked for in; NULL: this one */
    const char *folder; /**< of a file that another extends: its folder as seen from that of the top
                             file, "vendor/"; NULL: the same */
} rc_source;

/** A place: where a caret stands. */
typedef struct rc_mark {
    const rc_source *source; /**< NULL: no place */
    uint32_t line, column;   /**< from 1; columns count code points */
    uint32_t length;         /**< code points underlined; 0 and 1 both give one caret */
} rc_mark;

/** A note is no fault: something that the user may want to know. */
typedef enum rc_severity { RC_ERROR, RC_WARNING, RC_NOTE, RC_SEVERITY_COUNT } rc_severity;

typedef struct rc_diag {
    rc_severity severity;
    rc_mark mark;
    const char *rule;    /**< of a warning: the lint rule that silences it in `allow`; else NULL */
    const char *message; /**< what is wrong, with the values in it; one line */
    const char *hint;    /**< what would be right, a line or several; or NULL */
    const char *context; /**< "scenario growth": stands behind the message; or NULL */
} rc_diag;

enum { RC_DIAG_LIMIT = 20 };

/** Errors, warnings and notes in order of discovery, at most RC_DIAG_LIMIT of each kept (all
 * counted). */
typedef struct rc_diags {
    rc_arena *arena;
    rc_diag errors[RC_DIAG_LIMIT], warnings[RC_DIAG_LIMIT], notes[RC_DIAG_LIMIT];
    size_t n_errors, n_warnings, n_notes; /**< may exceed the limit */
    const char *context;                  /**< of what is added from now on; NULL: none */
} rc_diags;

void rc_diag_error(rc_diags *d, rc_mark mark, const char *hint, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/** Warnings come from the rules of lint/, which know what the file allows: see lint/lint.h. */
void rc_diag_warning(rc_diags *d, const char *rule, rc_mark mark, const char *hint,
                     const char *format, ...) __attribute__((format(printf, 5, 6)));

void rc_diag_note(rc_diags *d, rc_mark mark, const char *hint, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/** "file:line:column: error: message", of warnings the [rule], the line itself, a caret line,
 * "hint"; sorted by place; for people. color: ANSI colours. */
void rc_diags_print(const rc_diags *d, bool color, rc_text *out);
/** The notes, which rc_diags_print leaves out. */
void rc_diags_print_notes(const rc_diags *d, bool color, rc_text *out);

/** Read a whole file ("-": standard input) into the arena. Errors: missing, unreadable, a
 * directory, larger than 64 MiB. Does not look at the bytes. */
rc_status rc_source_read(const char *path, rc_arena *arena, rc_source **out, rc_error *err);
rc_source *rc_source_text(const char *name, const char *text, size_t length, rc_arena *arena);

#endif
