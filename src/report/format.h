/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Report formats: a result as bytes. A member sees the result and nothing else. */
#ifndef RC_REPORT_FORMAT_H
#define RC_REPORT_FORMAT_H

#include "core/error.h"
#include "core/language.h"
#include "core/text.h"
#include "result/result.h"

typedef struct rc_report_style {
    bool color;           /**< ANSI colours: only for a terminal */
    int width;            /**< columns of text; 0: 80 */
    const char *language; /**< a code of core/language.h; NULL: "en" */
    bool samples;         /**< JSON also gets every value, if the run kept them */
    bool trials_sheet;    /**< a workbook also gets every trial, if the run kept them */
} rc_report_style;

typedef struct rc_format_type {
    /* REQUIRED */
    const char *name;    /**< as in --format */
    const char *ending;  /**< of file names, without the dot */
    const char *summary; /**< RC_TR: one line */
    bool trials;         /**< it writes every trial: the run keeps them, and inputs too */
    bool whole;          /**< it has everything that a run can tell: cash by period, ... */
    bool analysts;       /**< it has a part for analysts, whose rankings are worth some time */
    bool binary;         /**< no text: not for a terminal */
    const char *sampler; /**< that it asks for when the user names none; NULL: the default */
    rc_status (*write)(const rc_result *result, const rc_report_style *style, rc_text *out,
                       rc_error *err);
} rc_format_type;

size_t rc_format_count(void);
const rc_format_type *rc_format_at(size_t index);
const rc_format_type *rc_format_find(const char *name); /**< NULL when unknown */

#endif
