/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A model with all that was laid over it, as one file. */
#ifndef RC_MODEL_MERGED_H
#define RC_MODEL_MERGED_H

#include "model/model.h"

/** YAML that reads as the same model and gives the same numbers from the folder of the model's top
 * file. A comment says where each entry comes from: "base.yaml:12", "scenario growth", "--set".
 * `scenarios` are kept when nothing was laid over the files. */
void rc_model_merged(const rc_model *model, rc_text *out);

#endif
