/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/yaml_traps.h"

#include <string.h>

bool rc_yaml_check_bytes(rc_yaml_reader *r) {
    const char *bytes = r->source->bytes;
    size_t n = r->source->length, step;
    for (size_t i = r->start; i < n; i += step) {
        int32_t c = rc_utf8_decode(bytes + i, n - i, &step);
        rc_mark mark;
        if (c < 0) {
            mark = rc_places_mark(&r->places, i, i + 1);
            rc_diag_error(r->diags, mark, "save the file as UTF-8", "byte 0x%02X is not UTF-8 text",
                          (unsigned)(unsigned char)bytes[i]);
            return false;
        }
        if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F) {
            mark = rc_places_mark(&r->places, i, i + 1);
            rc_diag_error(r->diags, mark, "delete it; a model is plain text",
                          c == 0 ? "a NUL byte (0x00)" : "control character U+%04X", (unsigned)c);
            return false;
        }
    }
    return true;
}

void rc_yaml_trap_scalar(rc_yaml_reader *r, rc_yaml_frame *frame, const rc_yaml *scalar,
                         size_t start, size_t end, bool is_key, bool words) {
    (void)r, (void)frame, (void)scalar, (void)start, (void)end, (void)is_key, (void)words;
}

void rc_yaml_trap_null(rc_yaml_reader *r, rc_yaml_frame *frame) {
    (void)r, (void)frame;
}

void rc_yaml_trap_list(rc_yaml_reader *r, rc_yaml_frame *frame) {
    (void)r, (void)frame;
}

void rc_yaml_trap_refused(rc_yaml_reader *r, size_t at, const char *message) {
    rc_diag_error(r->diags, rc_places_mark(&r->places, at, at + 1), NULL, "%s", message);
}
