/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libxlsxwriter writes files, by way of more temporary files, and prints numbers in the locale of
 * the program. POSIX: a file that nobody else has, and a locale of this thread alone. */
#define _XOPEN_SOURCE 700
#include "report/xlsx_file.h"

#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static rc_status read_back(const char *path, rc_text *out, rc_error *err) {
    char buffer[65536];
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return rc_fail(err, RC_IO, "%.160s: cannot read: %s", path, strerror(errno));
    for (size_t n; (n = fread(buffer, 1, sizeof buffer, file)) > 0;)
        rc_text_add_n(out, buffer, n);
    bool wrong = ferror(file) != 0;
    fclose(file);
    return wrong ? rc_fail(err, RC_IO, "%.160s: cannot read", path) : RC_OK;
}

rc_status rc_xlsx_file(rc_status (*fill)(const char *path, const char *folder, void *data,
                                         rc_error *err),
                       void *data, rc_text *out, rc_error *err) {
    const char *folder = getenv("TMPDIR");
    char path[4096];
    if (folder == NULL || *folder == '\0')
        folder = "/tmp";
    if (snprintf(path, sizeof path, "%s/roicast-XXXXXX", folder) >= (int)sizeof path)
        return rc_fail(err, RC_IO, "TMPDIR: the name is too long");
    int fd = mkstemp(path);
    if (fd < 0)
        return rc_fail(err, RC_IO, "%.160s: cannot write temporary files here (TMPDIR): %s", folder,
                       strerror(errno));
    close(fd);
    locale_t plain = newlocale(LC_NUMERIC_MASK, "C", (locale_t)0);
    locale_t before = plain != (locale_t)0 ? uselocale(plain) : (locale_t)0;
    rc_status status = fill(path, folder, data, err);
    if (plain != (locale_t)0) {
        uselocale(before);
        freelocale(plain);
    }
    if (status == RC_OK)
        status = read_back(path, out, err);
    unlink(path);
    return status;
}
