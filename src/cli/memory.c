/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much memory this machine has. */
#define _DEFAULT_SOURCE
#include "cli/terminal.h"

#include <unistd.h>

uint64_t rc_memory_bytes(void) {
    const long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
    return pages > 0 && size > 0 ? (uint64_t)pages * (uint64_t)size : 0;
}
