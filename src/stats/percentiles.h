/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which percentiles are reported; nets and sieves look there. */
#ifndef RC_STATS_PERCENTILES_H
#define RC_STATS_PERCENTILES_H

#include <stdbool.h>

enum { RC_PERCENTILES = 9 };
extern const unsigned rc_percents[RC_PERCENTILES]; /**< ascending */
/** Is it one of the few that lines by year show (rc_summary_input.few)? */
static inline bool rc_is_few(unsigned percent) {
    return percent == 5 || percent == 50 || percent == 95;
}

#endif
