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
    rc_quantity q = rc_score_quantity(p->s->study, r->method->unit);
    double x = shown(r->method, row), half = row->score[0].high - row->score[0].value;
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

static void add_rows(rc_page *p, const rc_ranking *r, size_t first, size_t end, const char *of,
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
    char line[96];
    if (rest > 0) {
        snprintf(line, sizeof line, "and %zu more %s%s, smaller than these", rest, of,
                 rest == 1 ? "" : "s");
        rc_page_wrap(p->out, "        ", line);
    }
    if (chance > 0) {
        snprintf(line, sizeof line, "%s%zu %s%s %s", shown_rows == 0 ? "only " : "and ", chance, of,
                 chance == 1 ? "" : "s",
                 !r->method->runs || r->null_band > 0 ? "that cannot be told from having no effect"
                                                      : "without any effect here");
        rc_page_wrap(p->out, "        ", line);
        *any_chance = true;
    }
}

static void add_fact(rc_page *p, const rc_ranking *r) {
    char text[RC_NUMBER_TEXT], line[256];
    rc_quantity q = rc_score_quantity(p->s->study, r->method->unit);
    double error = r->fact.high - r->fact.value;
    rc_number_text(text, &q, r->fact.value,
                   (rc_rounding){.digits = 3, .error = error > 0 ? error : 0});
    if (strcmp(r->fact_name, "evpi") == 0)
        snprintf(line, sizeof line,
                 "Knowing everything before deciding to invest or not would be worth %s.", text);
    else
        snprintf(line, sizeof line,
                 "R squared %s: the share of the target's ranks that these "
                 "coefficients explain.",
                 text);
    rc_page_wrap(p->out, "· ", line);
}

static void add_band(rc_page *p, const rc_ranking *r) {
    char text[RC_NUMBER_TEXT], line[256];
    rc_quantity q = rc_score_quantity(p->s->study, r->method->unit);
    rc_number_text(text, &q, r->null_band, (rc_rounding){.digits = 2, .error = r->null_band * 0.1});
    snprintf(line, sizeof line, "An input without any effect can reach %s by chance.", text);
    rc_page_wrap(p->out, "· ", line);
}

static void add_head(rc_page *p, const rc_ranking *r) {
    rc_page_right(p->out, "Rank", RC_PAGE_RANK);
    rc_text_add(p->out, "  ");
    rc_page_left(p->out, "Input", RC_PAGE_NAME);
    rc_page_right(p->out, r->method->scores[0], VALUE + 2);
    rc_page_right(p->out, "±95%", ERROR - 2);
    rc_page_right(p->out, "sure", RC_PAGE_SURE + 1);
    for (size_t c = 1; c < r->method->n_scores && r->method->table == RC_TABLE_SCORES; c++)
        rc_page_right(p->out, r->method->scores[c], VALUE);
    rc_text_add(p->out, "\n");
}

static void add_ranking(rc_page *p, const rc_ranking *r) {
    bool any_chance = false;
    rc_text_add(p->out, "\n");
    rc_page_heading(p, r->method->title);
    rc_text_addf(p->out, ": %s\n", r->about);
    rc_page_wrap(p->out, "", rc_arena_printf(p->s->study->arena, "(%s)", r->method->summary));
    if (r->n_steps > 0)
        rc_page_steps_head(p, r);
    else if (r->method->table == RC_TABLE_BOTH)
        rc_page_both_head(p, r);
    else
        add_head(p, r);
    add_rows(p, r, 0, r->n_entries, "input", &any_chance);
    if (r->n_rows > r->n_entries) {
        rc_text_add(p->out, "        Groups\n");
        add_rows(p, r, r->n_entries, r->n_rows, "group", &any_chance);
    }
    if (r->n_steps > 0)
        rc_page_steps_notes(p, r);
    else if (r->method->table == RC_TABLE_BOTH)
        rc_page_both_notes(p, r);
    else if (r->fact_name != NULL)
        add_fact(p, r);
    if (any_chance && r->null_band > 0)
        add_band(p, r);
    if (r->note != NULL)
        rc_page_wrap(p->out, "· ", rc_arena_printf(p->s->study->arena, "%s.", r->note));
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
            rc_page_heading(p, "What that means");
            rc_text_add(p->out, "\n");
        }
        rc_page_wrap(p->out, "· ",
                     rc_words_swing(p->s->study->result, d, &d->swings[i], RC_SWING_ANALYST, "en",
                                    p->s->study->arena));
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
            rc_page_heading(p, "What would change the decision");
            rc_text_add(p->out, "\n");
        }
        rc_page_wrap(p->out, "· ",
                     rc_words_break_even(p->s->study->result, d, &d->break_evens[i], "en",
                                         p->s->study->arena));
    }
}

static void add_notes(rc_page *p) {
    const rc_study *s = p->s->study;
    char line[256], share[RC_NUMBER_TEXT];
    bool factors = false, risks = false, index = false, odds = false, apart = false, sums = false;
    for (size_t i = 0; i < s->n_entries; i++) {
        factors |= s->entries[i].bar->kind == RC_BAR_FACTOR;
        risks |= s->entries[i].bar->kind == RC_BAR_RISK;
        index |= s->entries[i].index;
    }
    size_t before = p->out->length;
    rc_text_add(p->out, "\n");
    size_t blank = p->out->length;
    for (size_t i = 0; i < p->s->n_rankings; i++) {
        odds |= !p->s->rankings[i].exact;
        apart |= p->s->rankings[i].method->runs;
        sums |= !p->s->rankings[i].method->runs;
    }
    snprintf(line, sizeof line, "%s%s%s%s%s", factors ? "★ key factor" : "",
             factors && risks ? "; " : "", risks ? "! a whole risk" : "",
             risks && sums ? ", by the harm it did" : "",
             factors || risks ? odds ? "; " : "." : "");
    if (odds)
        strcat(line, "rank: 2–3 when the error of the numbers leaves both open; sure: the odds of "
                     "exactly that rank.");
    if (*line != '\0')
        rc_page_wrap(p->out, "· ", line);
    if ((index || s->n_groups > 0) && sums)
        rc_page_wrap(p->out, "· ",
                     "What is drawn several times, and a group, has no direction: its number is "
                     "that of the best sum of its parts.");
    if (s->n_groups > 0 && apart && !sums)
        rc_page_wrap(p->out, "· ", "All of a group move together.");
    if (s->undefined > 0) {
        snprintf(line, sizeof line, "In %s of cases %s has no value; these are left out.",
                 rc_share_text(share, s->undefined, "en"), s->output->name);
        rc_page_wrap(p->out, "· ", line);
    }
    if (p->out->length == blank) { /* nothing to say */
        p->out->bytes[before] = '\0';
        p->out->length = before;
    }
}

rc_status rc_sensitivity_text(const rc_sensitivity *s, bool color, rc_text *out, rc_error *err) {
    (void)err;
    rc_page p = {s, out, color};
    const rc_result *r = s->study->result;
    char n[RC_NUMBER_TEXT];
    const char *title = rc_clean_text(rc_label_text(&r->title, "en", r->file), s->study->arena);
    rc_page_heading(&p, title);
    rc_text_addf(out, "\nWhat drives %s?", s->study->target);
    if (r->trials > 0)
        rc_text_addf(out, " %s cases, %s sampler, seed %llu", rc_count_text(n, r->trials),
                     r->sampler, (unsigned long long)r->seed);
    rc_text_add(out, "\n");
    if (s->study->given != NULL)
        rc_text_addf(out, "given %s: %s of them\n", s->study->given, rc_count_text(n, s->study->n));
    rc_page_stress(&p);
    for (size_t i = 0; i < s->n_rankings; i++)
        add_ranking(&p, &s->rankings[i]);
    add_stories(&p);
    add_break_evens(&p);
    add_notes(&p);
    return RC_OK;
}
