/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts of a comparison as SVG, and the tables behind them. Private to decide/. */
#ifndef RC_DECIDE_CHART_H
#define RC_DECIDE_CHART_H

#include "decide/compare.h"
#include "report/document.h"

enum { RC_CHART_WIDTH = 720, RC_CHART_HEIGHT = 260, RC_CHART_TICKS = 24 };

/** Round values of an axis that covers all that is drawn. */
typedef struct rc_axis {
    double low, high;
    double at[RC_CHART_TICKS]; /**< [n] in increasing order */
    const char *text[RC_CHART_TICKS];
    size_t n;
} rc_axis;

/** How often each alternative reaches each amount. */
typedef struct rc_curves {
    const rc_comparison *c;
    const size_t *order; /**< [n] alternatives, the best on average first */
    size_t n;
    rc_axis axis;
    const char *alt;
    const rc_table *table;
} rc_curves;

void rc_curves_make(rc_curves *out, const rc_comparison *c, const char *language, rc_arena *arena);
/** True: where the second best does better than the best is filled. */
bool rc_curves_draw(const rc_curves *curves, rc_text *out);
/** Of the i-th in order: number of its colour and dashes. The last one serves all the others. */
size_t rc_curve_style(size_t i);

/** How often which difference of a pair occurs. */
typedef struct rc_bars {
    const rc_comparison *c;
    const rc_pair *pair;
    rc_axis axis;
    const char *alt;
    const rc_table *table;
} rc_bars;

void rc_bars_make(rc_bars *out, const rc_comparison *c, const rc_pair *pair, const char *language,
                  rc_arena *arena);
void rc_bars_draw(const rc_bars *bars, rc_text *out);

#endif
