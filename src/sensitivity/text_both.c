/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of methods with two shares a bar, of which the second is a part of the first: what it does
 * alone in full blocks, what it does with others behind them in light ones. */
#include "report/document.h"
#include "sensitivity/text_page.h"
#include "sensitivity/words.h"

#include <math.h>
#include <stdio.h>

enum { NAME = 20, VALUE = 8, ERROR = 9, SURE = 6, PICTURE = 10 };

static double shown(double x) {
    return x < 0 ? 0 : x; /* by chance: the truth is not */
}

static void add_share(rc_page *p, const rc_estimate *e) {
    char text[RC_NUMBER_TEXT], number[RC_NUMBER_TEXT], error[RC_NUMBER_TEXT + 4] = "";
    rc_quantity q = {.unit = RC_UNIT_RATIO};
    double x = shown(e->value), half = e->high - e->value;
    rc_rounding how = {.digits = 3, .error = half > 0 ? half : fabs(x) * 1e-3};
    rc_page_right(p->out, rc_number_text(text, &q, x, how), VALUE);
    if (half > 0) {
        rc_number_text(number, &q, half, (rc_rounding){.digits = 2, .error = half * 0.1});
        snprintf(error, sizeof error, "±%s", number);
    }
    rc_page_right(p->out, error, ERROR);
}

static void picture(rc_text *out, double total, double first, double largest) {
    if (!(largest > 0))
        return;
    int all = (int)(shown(total) / largest * PICTURE + 0.5);
    int alone = (int)(shown(first) / largest * PICTURE + 0.5);
    alone = alone < all ? alone : all;
    rc_text_repeat(out, "█", alone);
    rc_text_repeat(out, "░", all - alone);
}

void rc_page_both_head(rc_page *p, const rc_ranking *r) {
    rc_page_right(p->out, rc_tr(p->language, "Rank"), RC_PAGE_RANK);
    rc_text_add(p->out, "  ");
    rc_page_left(p->out, rc_tr(p->language, "Input"), NAME);
    for (size_t c = 0; c < 2; c++) {
        rc_page_right(p->out, rc_tr_in(p->language, "score", r->method->scores[c]), VALUE);
        rc_page_right(p->out, "±95%", ERROR);
        if (c == 0)
            rc_page_right(p->out, rc_tr_in(p->language, "of a rank", "sure"), SURE);
    }
    rc_text_add(p->out, "\n");
}

void rc_page_both_row(rc_page *p, const rc_ranked *row, double largest) {
    char text[RC_NUMBER_TEXT];
    if (isnan(row->score[0].value)) {
        rc_text_repeat(p->out, " ", RC_PAGE_RANK + 2);
        rc_page_left(p->out, rc_page_name(p, row->bar), NAME);
        rc_text_addf(p->out, "  %s\n", rc_tr(p->language, "depends on others"));
        return;
    }
    rc_page_right(p->out, rc_page_rank(row, text, sizeof text), RC_PAGE_RANK);
    rc_text_add(p->out, "  ");
    rc_page_left(p->out, rc_page_name(p, row->bar), NAME);
    add_share(p, &row->score[0]);
    rc_page_right(p->out, rc_page_odds(text, sizeof text, row->probability), SURE);
    add_share(p, &row->score[1]);
    rc_text_add(p->out, "  ");
    picture(p->out, row->score[0].value, row->score[1].value, largest);
    rc_page_end_line(p->out);
}

void rc_page_both_notes(rc_page *p, const rc_ranking *r) {
    char text[RC_NUMBER_TEXT], error[RC_NUMBER_TEXT];
    rc_arena *arena = p->s->study->arena;
    rc_quantity q = {.unit = RC_UNIT_RATIO};
    for (size_t i = 0; i < r->n_pairs; i++) {
        const rc_estimate *e = &r->pairs[i].share;
        double half = e->high - e->value;
        rc_number_text(text, &q, shown(e->value), (rc_rounding){.digits = 3, .error = half});
        rc_number_text(error, &q, half, (rc_rounding){.digits = 2, .error = half * 0.1});
        bool some = half > 1e-9; /* else rounding alone */
        rc_page_wrap(
            p->out, "· ",
            RC_TEXT(arena, p->language, "{pair}: {share} more together than each alone.", "pair",
                    r->pairs[i].name, "share",
                    rc_arena_printf(arena, "%s%s%s", text, some ? " ±" : "", some ? error : "")));
    }
    rc_number_text(text, &q, shown(r->fact.value),
                   (rc_rounding){.digits = 3, .error = r->fact.high - r->fact.value});
    rc_page_wrap(p->out, "· ",
                 RC_TEXT(arena, p->language,
                         "total: with all that it does together with others; first: alone (█). The "
                         "first add up to {sum}.",
                         "sum", text));
}
