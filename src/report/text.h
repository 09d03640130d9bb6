/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any document as a page for a terminal. */
#ifndef RC_REPORT_TEXT_H
#define RC_REPORT_TEXT_H

#include "report/document.h"
#include "report/format.h"

void rc_text_document(const rc_document *document, const rc_report_style *style, rc_text *out);

#endif
