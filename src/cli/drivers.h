/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What drives a run's result, found in its first trials made once more. */
#ifndef RC_CLI_DRIVERS_H
#define RC_CLI_DRIVERS_H

#include "engine/run.h"

/** Fill result->drivers, where anything varies and the target has values: rankings of everything,
 * and what the first `swings` bars mean; `all`: by every method that a report shows, some of which
 * run the model thousands of times more. `options` are those of the run that `result` came from; at
 * most 2^16 of its trials are looked at. Nothing to rank is no error: drivers stays NULL. Errors:
 * memory, an interrupted run. */
rc_status rc_drivers_fill(const rc_model *model, const rc_run_options *options, size_t swings,
                          bool all, rc_result *result, rc_error *err);

#endif
