/* SPDX-License-Identifier: GPL-3.0-or-later */
/* --precision and --time-limit. */
#ifndef RC_CLI_GROW_OPTIONS_H
#define RC_CLI_GROW_OPTIONS_H

#include "cli/terminal.h"

#include "engine/grow.h"
#include "report/format.h"

/** Reads them; `progress` gets the precision after each round as its note. Errors: what is no
 * precision or time; a format that writes every trial. */
rc_status rc_grow_options_read(const rc_arguments *a, const rc_format_type *format,
                               rc_progress *progress, rc_grow_options *out, rc_error *err);

/** Was either given? */
bool rc_grow_wanted(const rc_grow_options *options);

/** "0.5%" is a share of the range, "5k" an amount; false for what is neither, or not above 0. */
bool rc_precision_parse(const char *text, double *share, double *amount);
/** "30", "30s", "5min", "1.5h": seconds above 0. */
bool rc_time_parse(const char *text, double *seconds);

#endif
