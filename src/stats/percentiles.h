/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which percentiles are reported; nets and sieves look there. */
#ifndef RC_STATS_PERCENTILES_H
#define RC_STATS_PERCENTILES_H

enum { RC_PERCENTILES = 9 };
extern const unsigned rc_percents[RC_PERCENTILES]; /**< ascending */

#endif
