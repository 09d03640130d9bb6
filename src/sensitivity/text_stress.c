/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of outputs where a condition holds. */
#include "sensitivity/text_page.h"

#include "report/document.h"

#include <math.h>

enum { NAME = 32, NUMBER = 9 };

static void number(rc_page *p, rc_quantity q, rc_estimate e) {
    char text[RC_NUMBER_TEXT];
    double half = isfinite(e.high - e.low) ? 0.5 * (e.high - e.low) : 0;
    rc_page_right(p->out, rc_number_text(text, &q, e.value, (rc_rounding){4, half, false}), NUMBER);
}

static void add_row(rc_page *p, const rc_stressed *x) {
    const rc_study *s = p->s->study;
    rc_quantity q = rc_output_quantity(s->result, x->output, p->language);
    q.suffix = NULL;
    q = rc_page_narrow(q);
    const char *name = rc_label_text(&x->output->label, p->language, x->output->name);
    rc_text_add(p->out, "  ");
    rc_page_left(p->out, rc_clean_text(name, s->arena), NAME);
    for (int i = 0; i < 3; i++)
        if (isnan(x->percentile[i].value) && x->undefined < 1 && x->output->infinite > 0)
            rc_page_right(p->out, rc_tr(p->language, "never"), NUMBER);
        else
            number(p, q, x->percentile[i]);
    number(p, q, x->mean);
    rc_estimate all = {rc_output_value(x->output, "mean", NULL), NAN, NAN};
    double half = rc_output_error(x->output, "mean", NULL);
    number(p, q, (rc_estimate){all.value, all.value - half, all.value + half});
    rc_page_end_line(p->out);
}

void rc_page_stress(rc_page *p) {
    static const char *const heads[] = {"P5", RC_TR("Median"), "P95", RC_TR("Mean"),
                                        RC_TR_IN("mean", "of all")};
    if (p->s->n_stressed == 0)
        return;
    rc_text_add(p->out, "\n");
    rc_page_heading(p, rc_tr(p->language, "Outputs where it holds"));
    rc_text_add(p->out, "\n  ");
    rc_page_left(p->out, "", NAME);
    for (int i = 0; i < 4; i++)
        rc_page_right(p->out, rc_tr(p->language, heads[i]), NUMBER);
    rc_page_right(p->out, rc_tr_in(p->language, "mean", heads[4]), NUMBER);
    rc_page_end_line(p->out);
    for (size_t i = 0; i < p->s->n_stressed; i++)
        if (p->s->stressed[i].output->kind == RC_OUTPUT_METRIC ||
            p->s->stressed[i].output->kind == RC_OUTPUT_USER)
            add_row(p, &p->s->stressed[i]);
}
