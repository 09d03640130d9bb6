/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A workbook becomes bytes by way of a temporary file. */
#ifndef RC_REPORT_XLSX_FILE_H
#define RC_REPORT_XLSX_FILE_H

#include "core/error.h"
#include "core/text.h"

/** Has `fill` write a file at `path`, and appends that file's bytes to `out`. */
rc_status rc_xlsx_file(rc_status (*fill)(const char *path, const char *folder, void *data,
                                         rc_error *err),
                       void *data, rc_text *out, rc_error *err);

#endif
