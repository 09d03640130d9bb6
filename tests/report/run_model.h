/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RC_TEST_REPORT_RUN_MODEL_H
#define RC_TEST_REPORT_RUN_MODEL_H

#include "result/result.h"

/** A small run of models/NAME.yaml that keeps all there is to keep. */
rc_result *run_model(const char *name);

#endif
