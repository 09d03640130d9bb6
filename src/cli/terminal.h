/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the program does with its terminal, its outputs and Ctrl-C. POSIX. */
#ifndef RC_CLI_TERMINAL_H
#define RC_CLI_TERMINAL_H

#include "cli/options.h"

#include <stdbool.h>
#include <stdint.h>

/** May file descriptor `fd` (1, 2) get colours? --color, NO_COLOR, TERM=dumb, is it a terminal. */
bool rc_terminal_color(const rc_arguments *arguments, int fd);
bool rc_terminal_is(int fd);

/** "roicast: ..." on stderr. */
void rc_terminal_say(const char *format, ...) __attribute__((format(printf, 1, 2)));
void rc_terminal_error(const rc_error *err);

/** Progress on stderr, shown after half a second when it is a terminal. */
typedef struct rc_progress {
    bool shown, wanted;
    double started; /**< seconds of the monotonic clock */
    char note[64];  /**< shown after the bar */
} rc_progress;
void rc_progress_start(rc_progress *p, bool wanted);
void rc_progress_show(rc_progress *p, double share);
void rc_progress_end(rc_progress *p); /**< wipes the line */

uint64_t rc_memory_bytes(void); /**< physical memory; 0: unknown */

/** From now on Ctrl-C only sets a flag; a second one ends the program at once. */
void rc_interrupt_watch(void);
bool rc_interrupted(void);

/** Write bytes to standard output (path NULL or "-") or to a file. A regular file appears complete
 * or not at all: it is written beside its place and renamed. A reader that has gone away is no
 * error. */
rc_status rc_output_write(const char *path, const rc_text *text, rc_error *err);

#endif
