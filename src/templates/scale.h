/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The amounts of a company, for another number of seats. Private to templates/. */
#ifndef RC_TEMPLATES_SCALE_H
#define RC_TEMPLATES_SCALE_H

#include "model/model.h"

/** An overlay, named `name`, with every amount of the model that goes with a company's size:
 * volumes (customers, marketing) in proportion to seats, work on the project with the power 0.8.
 * What a formula does by `seats` already is left as it is, and so are prices, wages and rates.
 * `before` and `seats` are the numbers of seats of the model and of the overlay. */
rc_source *rc_scale(const rc_model *model, const char *name, size_t before, size_t seats,
                    rc_arena *arena);

/** The range that a formula begins with, its ends multiplied and rounded to two digits (three
 * after a 1): `(30k to 250k) * x` by 0.5 is `(15k to 130k) * x`. NULL: it does not begin with one,
 * or its value goes by `seats` already. */
const char *rc_scale_text(const char *formula, double factor, rc_arena *arena);

#endif
