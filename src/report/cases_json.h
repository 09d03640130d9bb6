/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RC_REPORT_CASES_JSON_H
#define RC_REPORT_CASES_JSON_H

#include "result/cases.h"

#include <jansson.h>

/** NULL gives null. */
json_t *rc_cases_json(const rc_cases *cases);

#endif
