/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of Unicode blocks for terminals. */
#ifndef RC_REPORT_TEXT_PICTURE_H
#define RC_REPORT_TEXT_PICTURE_H

#include "report/document.h"

#include "core/text.h"

/** A histogram with its bad side marked, then bars of how often each level is reached. */
void rc_text_picture(const rc_picture *picture, int width, bool color, rc_text *out);

#endif
