/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A distribution as a picture of Unicode blocks: density or bars, and below it the distribution
 * function on the same axis. */
#ifndef RC_CLI_DENSITY_PICTURE_H
#define RC_CLI_DENSITY_PICTURE_H

#include "core/text.h"
#include "dist/dist.h"

/** Does the instance take separate values only? True also for shift(poisson(3), 1). */
bool rc_takes_steps(const rc_dist *d);

/** At most 72 columns wide. */
void rc_density_picture(const rc_dist *d, const char *language, rc_text *out);

#endif
