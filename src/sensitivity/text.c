/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rankings for a terminal of 80 columns: a table with a picture for each method, and what the first
 * three bars mean in money and odds. */
#include "report/drivers.h"
#include "sensitivity/text_page.h"
#include "sensitivity/words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { VALUE = 9, ERROR = 10, PICTURE = 16, STORIES = 3 };

/* ---- One row ---- */

static void picture(rc_text *out, double value, double largest) {
    static const char *const eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    int length = largest > 0 ? (int)(fabs(value) / largest * PICTURE * 8 + 0.5) : 0;
    bool negative = value < 0;
    rc_text_repeat(out, negative ? "░" : "█", length / 8 + (negative && length % 8 >= 4));
    rc_text_add(out, negative ? "" : eighths[length % 8]);
}

/* A share that cannot be negative may come out so by chance: 0 in print */
static double shown(const rc_measure *m, const rc_ranked *row) {
    double x = row->score[0].value;
    return m->nonnegative && x < 0 ? 0 : x;
}

static bool has_direction(const rc_measure *m) {
    return (m->unit == RC_SCORE_PLAIN && !m->nonnegative) || strcmp(m->name, "loss") == 0 ||
           strcmp(m->name, "variance") == 0;
}

static void add_row(rc_page *p, const rc_ranking *r, const rc_ranked *row, double largest) {
    char text[RC_NUMBER_TEXT], error[RC_NUMBER_TEXT + 4] = "", number[RC_NUMBER_TEXT];
    rc_quantity q = rc_page_narrow(rc_score_quantity(p->s->study, r->method->unit, p->language));
    double x = shown(r->method, row), half = row->score[0].high - row->score[0].value;
    if (half <= fabs(x) * 1e-9) /* rounding alone */
        half = 0;
    bool signs = has_direction(r->method) && !row->index;
    rc_page_right(p->out, rc_page_rank(row, text, sizeof text), RC_PAGE_RANK);
    rc_text_add(p->out, "  ");
    rc_page_left(p->out, rc_page_name(p, row->bar), RC_PAGE_NAME);
    rc_page_right(
        p->out,
        rc_number_text(
            text, &q, x,
            (rc_rounding){.digits = 3, .error = half > 0 ? half : fabs(x) * 1e-3, .sign = signs}),
        VALUE);
    if (half > 0) {
        rc_number_text(number, &q, half, (rc_rounding){.digits = 2, .error = half * 0.1});
        snprintf(error, sizeof error, "±%s", number);
    }
    rc_page_right(p->out, error, ERROR);
    rc_page_right(p->out, rc_page_odds(text, sizeof text, row->probability), RC_PAGE_SURE + 1);
    if (r->method->table == RC_TABLE_SCORES) {
        for (size_t c = 1; c < r->method->n_scores; c++) {
            double more = row->score[c].value;
            if (fabs(more) <= fabs(x) * 1e-9)
                more = 0;
            rc_number_text(text, &q, more, (rc_rounding){.digits = 2, .error = fabs(more) * 1e-3});
            rc_page_right(p->out, text, VALUE);
        }
    } else {
        rc_text_add(p->out, "  ");
        picture(p->out, x, largest);
    }
    rc_page_end_line(p->out);
}

/* ---- One method ---- */

/* ---- How many more ---- */

typedef struct things {
    const char *one, *many;
} things;
static const things rest_inputs = {RC_TR_PAIR("and {n} more input, smaller than these",
                                              "and {n} more inputs, smaller than these")},
                    rest_groups = {RC_TR_PAIR("and {n} more group, smaller than these",
                                              "and {n} more groups, smaller than these")},
                    and_inputs = {RC_TR_PAIR("and {n} input", "and {n} inputs")},
                    and_groups = {RC_TR_PAIR("and {n} group", "and {n} groups")},
                    only_inputs = {RC_TR_PAIR("only {n} input", "only {n} inputs")},
                    only_groups = {RC_TR_PAIR("only {n} group", "only {n} groups")};

static const char *counted(const rc_page *p, const things *t, size_t n) {
    return RC_TEXT_N(p->s->study->arena, p->language, t->one, t->many, n, "n",
                     rc_arena_printf(p->s->study->arena, "%zu", n));
}

static void add_rows(rc_page *p, const rc_ranking *r, size_t first, size_t end, bool groups,
                     bool *any_chance) {
    size_t top = p->s->top > 0 ? p->s->top : end - first, shown_rows = 0;
    double largest = fabs(r->rows[first].score[0].value);
    for (size_t i = first; i < end && shown_rows < top; i++, shown_rows++) {
        if (r->rows[i].chance) /* these make a line of their own */
            break;
        if (r->n_steps > 0)
            rc_page_steps_row(p, r, &r->rows[i]);
        else if (r->method->table == RC_TABLE_BOTH)
            rc_page_both_row(p, &r->rows[i], largest);
        else
            add_row(p, r, &r->rows[i], largest);
    }
    size_t chance = 0, rest = 0;
    for (size_t i = first + shown_rows; i < end; i++)
        *(r->rows[i].chance ? &chance : &rest) += 1;
    if (rest > 0)
        rc_page_wrap(p->out, "        ", counted(p, groups ? &rest_groups : &rest_inputs, rest));
    if (chance > 0) {
        const things *t = shown_rows == 0 ? groups ? &only_groups : &only_inputs
                          : groups        ? &and_groups
                                          : &and_inputs;
        rc_page_wrap(p->out, "        ",
                     RC_TEXT(p->s->study->arena, p->language,
                             !r->method->runs || r->null_band > 0
                                 ? RC_TR("{things} that cannot be told from having no effect")
                                 : RC_TR("{things} without any effect here"),
                             "things", counted(p, t, chance)));
        *any_chance = true;
    }
}

static void add_fact(rc_page *p, const rc_ranking *r) {
    char text[RC_NUMBER_TEXT];
    rc_quantity q = rc_score_quantity(p->s->study, r->method->unit, p->language);
    double error = r->fact.high - r->fact.value;
    rc_number_text(text, &q, r->fact.value,
                   (rc_rounding){.digits = 3, .error = error > 0 ? error : 0});
    rc_page_wrap(
        p->out, "· ",
        RC_TEXT(p->s->study->arena, p->language,
                strcmp(r->fact_name, "evpi") == 0
                    ? RC_TR("Knowing everything before deciding to invest or not would be worth "
                            "{value}.")
                    : RC_TR("R squared {value}: the share of the target's ranks that these "
                            "coefficients explain."),
                "value", text));
}

static void add_band(rc_page *p, const rc_ranking *r) {
    char text[RC_NUMBER_TEXT];
    rc_quantity q = rc_score_quantity(p->s->study, r->method->unit, p->language);
    rc_number_text(text, &q, r->null_band, (rc_rounding){.digits = 2, .error = r->null_band * 0.1});
    rc_page_wrap(p->out, "· ",
                 RC_TEXT(p->s->study->arena, p->language,
                         "An input without any effect can reach {value} by chance.", "value",
                         text));
}

static void add_head(rc_page *p, const rc_ranking *r) {
    rc_page_right(p->out, rc_tr(p->language, "Rank"), RC_PAGE_RANK);
    rc_text_add(p->out, "  ");
    rc_page_left(p->out, rc_tr(p->language, "Input"), RC_PAGE_NAME);
    rc_page_right(p->out, rc_tr_in(p->language, "score", r->method->scores[0]), VALUE + 2);
    rc_page_right(p->out, "±95%", ERROR - 2);
    rc_page_right(p->out, rc_tr_in(p->language, "of a rank", "sure"), RC_PAGE_SURE + 1);
    for (size_t c = 1; c < r->method->n_scores && r->method->table == RC_TABLE_SCORES; c++)
        rc_page_right(p->out, rc_tr_in(p->language, "score", r->method->scores[c]), VALUE);
    rc_text_add(p->out, "\n");
}

static void add_ranking(rc_page *p, const rc_ranking *r) {
    bool any_chance = false;
    rc_text_add(p->out, "\n");
    rc_page_heading(p, rc_tr(p->language, r->method->title));
    rc_text_addf(p->out, "%s%s\n", rc_tr_in(p->language, "after a heading", ": "), r->about);
    rc_page_wrap(p->out, "",
                 RC_TEXT(p->s->study->arena, p->language, "({question})", "question",
                         rc_tr(p->language, r->method->summary)));
    if (r->n_steps > 0)
        rc_page_steps_head(p, r);
    else if (r->method->table == RC_TABLE_BOTH)
        rc_page_both_head(p, r);
    else
        add_head(p, r);
    add_rows(p, r, 0, r->n_entries, false, &any_chance);
    if (r->n_rows > r->n_entries) {
        rc_text_addf(p->out, "        %s\n", rc_tr(p->language, "Groups"));
        add_rows(p, r, r->n_entries, r->n_rows, true, &any_chance);
    }
    if (r->n_steps > 0)
        rc_page_steps_notes(p, r);
    else if (r->method->table == RC_TABLE_BOTH)
        rc_page_both_notes(p, r);
    else if (r->fact_name != NULL)
        add_fact(p, r);
    if (any_chance && r->null_band > 0)
        add_band(p, r);
    for (size_t i = 0; i < r->n_notes; i++)
        rc_page_wrap(p->out, "· ", rc_phrase_text(&r->notes[i], p->language, p->s->study->arena));
}

/* ---- The page ---- */

static void add_stories(rc_page *p) {
    const rc_ranking *r = &p->s->rankings[0];
    const rc_drivers *d = p->s->drivers;
    if (p->s->study->n == 0 && r->n_steps > 0)
        rc_page_steps_stories(p, r, STORIES);
    for (size_t i = 0; i < d->n_swings && i < STORIES; i++) {
        if (i == 0) {
            rc_text_add(p->out, "\n");
            rc_page_heading(p, rc_tr(p->language, "What that means"));
            rc_text_add(p->out, "\n");
        }
        rc_page_wrap(p->out, "· ",
                     rc_words_swing(p->s->study->result, d, &d->swings[i], RC_SWING_ANALYST,
                                    p->language, p->s->study->arena));
    }
}

/* In the words of break_even, where that was asked for */
static void add_break_evens(rc_page *p) {
    const rc_drivers *d = p->s->drivers;
    for (size_t i = 0; i < d->n_break_evens && i < STORIES; i++) {
        if (rc_drivers_ranking(d, "break_even") == NULL)
            return;
        if (i == 0) {
            rc_text_add(p->out, "\n");
            rc_page_heading(p, rc_tr(p->language, "What would change the decision"));
            rc_text_add(p->out, "\n");
        }
        rc_page_wrap(p->out, "· ",
                     rc_words_break_even(p->s->study->result, d, &d->break_evens[i], p->language,
                                         p->s->study->arena));
    }
}

/* One more of a list */
static void remark(const rc_page *p, rc_text *list, const char *message) {
    if (list->length > 0)
        rc_text_add(list, rc_tr_in(p->language, "between remarks", "; "));
    rc_text_add(list, rc_tr(p->language, message));
}

static void add_notes(rc_page *p) {
    const rc_study *s = p->s->study;
    char share[RC_NUMBER_TEXT];
    bool factors = false, risks = false, index = false, odds = false, apart = false, sums = false,
         money = false;
    for (size_t i = 0; i < s->n_entries; i++) {
        factors |= s->entries[i].bar->kind == RC_BAR_FACTOR;
        risks |= s->entries[i].bar->kind == RC_BAR_RISK;
        index |= s->entries[i].index;
    }
    for (size_t i = 0; i < p->s->n_rankings; i++) {
        odds |= !p->s->rankings[i].exact;
        apart |= p->s->rankings[i].method->runs;
        sums |= !p->s->rankings[i].method->runs;
        money |= p->s->rankings[i].unit == RC_UNIT_MONEY;
    }
    size_t before = p->out->length;
    rc_text_add(p->out, "\n");
    size_t blank = p->out->length;
    rc_text signs = {0};
    if (factors)
        remark(p, &signs, RC_TR("★ key factor"));
    if (risks)
        remark(p, &signs,
               sums ? RC_TR("! a whole risk, by the harm it did") : RC_TR("! a whole risk"));
    if (odds)
        remark(p, &signs,
               RC_TR("rank: 2–3 when the error of the numbers leaves both open; sure: the odds of "
                     "exactly that rank"));
    if (signs.length > 0) {
        rc_text_add(&signs, rc_tr_in(p->language, "after remarks", "."));
        rc_page_wrap(p->out, "· ", signs.bytes);
    }
    rc_text_free(&signs);
    if ((index || s->n_groups > 0) && sums)
        rc_page_wrap(p->out, "· ",
                     rc_tr(p->language, "What is drawn several times, and a group, has no "
                                        "direction: its number is that of the best sum of its "
                                        "parts."));
    if (s->n_groups > 0 && apart && !sums)
        rc_page_wrap(p->out, "· ", rc_tr(p->language, "All of a group move together."));
    const char *currency = s->result->currency;
    if (money && currency != NULL && *currency != '\0' &&
        rc_page_narrow((rc_quantity){.currency = currency}).currency == NULL)
        rc_page_wrap(p->out, "· ",
                     RC_TEXT(s->arena, p->language, "Amounts in tables are in {currency}.",
                             "currency", rc_currency_name(currency, p->language)));
    if (s->undefined > 0)
        rc_page_wrap(p->out, "· ",
                     RC_TEXT(s->arena, p->language,
                             "In {share} of cases {output} has no value; these are left out.",
                             "share", rc_share_text(share, s->undefined, p->language), "output",
                             s->output->name));
    if (p->out->length == blank) { /* nothing to say */
        p->out->bytes[before] = '\0';
        p->out->length = before;
    }
}

static void add_top(rc_page *p) {
    const rc_study *s = p->s->study;
    const rc_result *r = s->result;
    char n[RC_NUMBER_TEXT];
    rc_page_heading(p, rc_clean_text(rc_label_text(&r->title, p->language, r->file), s->arena));
    rc_text_add(p->out, "\n");
    RC_SAY(p->out, p->language, "What drives {target}?", "target", s->target);
    if (r->trials > 0) {
        rc_next_sentence(p->out);
        RC_SAY(p->out, p->language, "{n} cases, {sampler} sampler, seed {seed}", "n",
               rc_count_text(n, r->trials), "sampler", r->sampler, "seed",
               rc_arena_printf(s->arena, "%llu", (unsigned long long)r->seed));
    }
    rc_text_add(p->out, "\n");
    if (s->given != NULL) {
        RC_SAY(p->out, p->language, "given {condition}: {n} of them", "condition", s->given, "n",
               rc_count_text(n, s->n));
        rc_text_add(p->out, "\n");
    }
}

rc_status rc_sensitivity_text(const rc_sensitivity *s, const rc_report_style *style, rc_text *out,
                              rc_error *err) {
    (void)err;
    rc_page p = {s, out, style->color, style->language != NULL ? style->language : "en"};
    add_top(&p);
    rc_page_stress(&p);
    for (size_t i = 0; i < s->n_rankings; i++)
        add_ranking(&p, &s->rankings[i]);
    add_stories(&p);
    add_break_evens(&p);
    add_notes(&p);
    return RC_OK;
}
