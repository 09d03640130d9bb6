/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA-256, so that a result can name the exact model it came from. */
#ifndef RC_MODEL_SHA256_H
#define RC_MODEL_SHA256_H

#include <stddef.h>

/** Lower-case hexadecimal digest of n bytes, NUL-terminated. */
void rc_sha256_hex(const void *bytes, size_t n, char hex[65]);

#endif
