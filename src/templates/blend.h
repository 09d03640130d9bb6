/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A model file with what was laid over it worked into its text. Private to templates/. */
#ifndef RC_TEMPLATES_BLEND_H
#define RC_TEMPLATES_BLEND_H

#include "model/model.h"

/** The text of model->source with every value that differs in the model written anew where it
 * stands, and what is new behind its neighbours; all else, comments too, as it is. Comments say
 * where figures come from. Scenarios of the file stay. */
rc_status rc_blend(const rc_model *model, rc_text *out, rc_error *err);

#endif
