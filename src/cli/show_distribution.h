/* SPDX-License-Identifier: GPL-3.0-or-later */
/* roicast list distribution WHAT: one distribution, by its name or as it is written in a model. */
#ifndef RC_CLI_SHOW_DISTRIBUTION_H
#define RC_CLI_SHOW_DISTRIBUTION_H

#include "core/error.h"
#include "core/text.h"
#include "dist/dist.h"

/** Its name, what it is for, and its forms. */
void rc_add_distribution(rc_text *out, const rc_dist_type *d, const char *language);

/** `what`: "pert", "pert(1, 2, 6)", "10 to 40". Mistakes in it go to stderr with their place; then
 * err stays empty. */
rc_status rc_show_distribution(const char *what, const char *language, rc_text *out, rc_error *err);

#endif
