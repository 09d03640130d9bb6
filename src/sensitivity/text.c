/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rankings for a terminal of 80 columns: a table with a picture for each method, and what the first
 * three bars mean in money and odds. */
#include "report/document.h"
#include "sensitivity/words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    RANK = 6,
    NAME = 28,
    VALUE = 9,
    ERROR = 10,
    SURE = 6,
    PICTURE = 16,
    WIDTH = 80,
    STORIES = 3
};

typedef struct page {
    const rc_sensitivity *s;
    rc_text *out;
    bool color;
} page;

static void heading(page *p, const char *text) {
    rc_text_addf(p->out, p->color ? "\x1b[1m%s\x1b[0m" : "%s", text);
}

static void add_right(rc_text *out, const char *text, int width) {
    int blanks = width - rc_text_width(text);
    rc_text_repeat(out, " ", blanks > 0 ? blanks : 0);
    rc_text_add(out, text);
}

/* As much as fits */
static void add_left(rc_text *out, const char *text, int width) {
    int used = 0;
    bool cut = rc_text_width(text) > width;
    for (size_t n = strlen(text), step; n > 0; text += step, n -= step) {
        int wide = rc_utf8_width(rc_utf8_decode(text, n, &step));
        if (used + wide > width - cut)
            break;
        rc_text_add_n(out, text, step);
        used += wide;
    }
    rc_text_add(out, cut ? "…" : "");
    rc_text_repeat(out, " ", width - used - cut);
}

/* Words in lines of WIDTH, the first behind `head`, the others under its end */
static void wrap(rc_text *out, const char *head, const char *text) {
    int indent = rc_text_width(head), column = indent;
    rc_text_add(out, head);
    for (bool first = true; *text != '\0'; first = false) {
        size_t bytes = strcspn(text, " ");
        int columns = 0;
        for (size_t i = 0, step; i < bytes; i += step)
            columns += rc_utf8_width(rc_utf8_decode(text + i, bytes - i, &step));
        if (!first && column + 1 + columns > WIDTH) {
            rc_text_add(out, "\n");
            rc_text_repeat(out, " ", indent);
            column = indent;
        } else if (!first) {
            rc_text_add(out, " ");
            column++;
        }
        rc_text_add_n(out, text, bytes);
        column += columns;
        text += bytes;
        text += strspn(text, " ");
    }
    rc_text_add(out, "\n");
}

static const char *name_of(const page *p, const rc_bar *bar) {
    const char *label =
        rc_clean_text(rc_label_text(&bar->label, "en", bar->name), p->s->study->arena);
    const char *mark = bar->kind == RC_BAR_FACTOR ? "★ " : bar->kind == RC_BAR_RISK ? "! " : "";
    return rc_arena_printf(p->s->study->arena, "%s%s", mark, label);
}

/* ---- One row ---- */

static const char *rank_text(const rc_ranked *row, char *out, size_t size) {
    if (row->best < row->worst)
        snprintf(out, size, "%u–%u", row->best, row->worst);
    else
        snprintf(out, size, "%u", row->rank);
    return out;
}

static const char *odds(char *out, size_t size, double p) {
    if (isnan(p))
        return "";
    snprintf(out, size, p > 0.995 && p < 1 ? "%.1f%%" : "%.0f%%",
             p > 0.999 && p < 1 ? 99.9 : 100 * p);
    return out;
}

static void picture(rc_text *out, double value, double largest) {
    static const char *const eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    int length = largest > 0 ? (int)(fabs(value) / largest * PICTURE * 8 + 0.5) : 0;
    bool negative = value < 0;
    rc_text_repeat(out, negative ? "░" : "█", length / 8 + (negative && length % 8 >= 4));
    rc_text_add(out, negative ? "" : eighths[length % 8]);
}

/* A share that cannot be negative may come out so by chance: 0 in print */
static double shown(const rc_method_type *m, const rc_ranked *row) {
    double x = row->score[0].value;
    return m->nonnegative && x < 0 ? 0 : x;
}

static bool has_direction(const rc_method_type *m) {
    return m->unit == RC_SCORE_PLAIN || strcmp(m->name, "loss") == 0 ||
           strcmp(m->name, "variance") == 0;
}

static void add_row(page *p, const rc_ranking *r, const rc_ranked *row, double largest) {
    char text[RC_NUMBER_TEXT], error[RC_NUMBER_TEXT + 4] = "", number[RC_NUMBER_TEXT];
    rc_quantity q = rc_score_quantity(p->s->study, r->method);
    double x = shown(r->method, row), half = row->score[0].high - row->score[0].value;
    bool signs = has_direction(r->method) && !row->bar->index;
    add_right(p->out, rank_text(row, text, sizeof text), RANK);
    rc_text_add(p->out, "  ");
    add_left(p->out, name_of(p, row->bar->bar), NAME);
    add_right(
        p->out,
        rc_number_text(
            text, &q, x,
            (rc_rounding){.digits = 3, .error = half > 0 ? half : fabs(x) * 1e-3, .sign = signs}),
        VALUE);
    if (half > 0) {
        rc_number_text(number, &q, half, (rc_rounding){.digits = 2, .error = half * 0.1});
        snprintf(error, sizeof error, "±%s", number);
    }
    add_right(p->out, error, ERROR);
    add_right(p->out, odds(text, sizeof text, row->probability), SURE + 1);
    rc_text_add(p->out, "  ");
    picture(p->out, x, largest);
    while (p->out->length > 0 && p->out->bytes[p->out->length - 1] == ' ')
        p->out->bytes[--p->out->length] = '\0';
    rc_text_add(p->out, "\n");
}

/* ---- One method ---- */

static void add_rows(page *p, const rc_ranking *r, size_t first, size_t end, const char *of,
                     bool *any_chance) {
    size_t top = p->s->top > 0 ? p->s->top : end - first, shown_rows = 0;
    double largest = fabs(r->rows[first].score[0].value);
    for (size_t i = first; i < end && shown_rows < top; i++, shown_rows++) {
        if (r->rows[i].chance) /* these make a line of their own */
            break;
        add_row(p, r, &r->rows[i], largest);
    }
    size_t chance = 0, rest = 0;
    for (size_t i = first + shown_rows; i < end; i++)
        *(r->rows[i].chance ? &chance : &rest) += 1;
    char line[96];
    if (rest > 0) {
        snprintf(line, sizeof line, "and %zu more %s%s, smaller than these", rest, of,
                 rest == 1 ? "" : "s");
        wrap(p->out, "        ", line);
    }
    if (chance > 0) {
        snprintf(line, sizeof line, "%s%zu %s%s that cannot be told from having no effect",
                 shown_rows == 0 ? "only " : "and ", chance, of, chance == 1 ? "" : "s");
        wrap(p->out, "        ", line);
        *any_chance = true;
    }
}

static void add_fact(page *p, const rc_ranking *r) {
    char text[RC_NUMBER_TEXT], line[256];
    rc_quantity q = rc_score_quantity(p->s->study, r->method);
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
    wrap(p->out, "· ", line);
}

static void add_band(page *p, const rc_ranking *r) {
    char text[RC_NUMBER_TEXT], line[256];
    rc_quantity q = rc_score_quantity(p->s->study, r->method);
    rc_number_text(text, &q, r->null_band, (rc_rounding){.digits = 2, .error = r->null_band * 0.1});
    snprintf(line, sizeof line, "An input without any effect can reach %s by chance.", text);
    wrap(p->out, "· ", line);
}

static void add_ranking(page *p, const rc_ranking *r) {
    bool any_chance = false;
    rc_text_add(p->out, "\n");
    heading(p, r->method->title);
    rc_text_addf(p->out, ": %s\n", r->about);
    wrap(p->out, "", rc_arena_printf(p->s->study->arena, "(%s)", r->method->summary));
    add_right(p->out, "Rank", RANK);
    rc_text_add(p->out, "  ");
    add_left(p->out, "Input", NAME);
    add_right(p->out, r->method->scores[0], VALUE + 2);
    add_right(p->out, "±95%", ERROR - 2);
    add_right(p->out, "sure", SURE + 1);
    rc_text_add(p->out, "\n");
    add_rows(p, r, 0, r->n_entries, "input", &any_chance);
    if (r->n_rows > r->n_entries) {
        rc_text_add(p->out, "        Groups\n");
        add_rows(p, r, r->n_entries, r->n_rows, "group", &any_chance);
    }
    if (r->fact_name != NULL)
        add_fact(p, r);
    if (any_chance && r->null_band > 0)
        add_band(p, r);
    if (r->note != NULL)
        wrap(p->out, "· ", rc_arena_printf(p->s->study->arena, "%s.", r->note));
}

/* ---- The page ---- */

static void add_stories(page *p) {
    const rc_ranking *r = &p->s->rankings[0];
    size_t n = 0;
    if (p->s->study->statistic == RC_STATISTIC_PERCENTILE)
        return;
    for (size_t i = 0; i < r->n_entries && n < STORIES && !r->rows[i].chance; i++) {
        if (n++ == 0) {
            rc_text_add(p->out, "\n");
            heading(p, "What that means");
            rc_text_add(p->out, "\n");
        }
        wrap(p->out, "· ", rc_swing_sentence(p->s, r->rows[i].bar));
    }
}

static void add_notes(page *p) {
    const rc_study *s = p->s->study;
    char line[256], share[RC_NUMBER_TEXT];
    bool factors = false, risks = false, index = false;
    for (size_t i = 0; i < s->n_entries; i++) {
        factors |= s->entries[i].bar->kind == RC_BAR_FACTOR;
        risks |= s->entries[i].bar->kind == RC_BAR_RISK;
        index |= s->entries[i].index;
    }
    rc_text_add(p->out, "\n");
    snprintf(line, sizeof line,
             "%s%srank: 2–3 when the error of the numbers leaves both open; sure: "
             "the odds of exactly that rank.",
             factors ? "★ key factor; " : "", risks ? "! a whole risk, by the harm it did; " : "");
    wrap(p->out, "· ", line);
    if (index || s->n_groups > 0)
        wrap(p->out, "· ",
             "What is drawn several times, and a group, has no direction: its number is "
             "that of the best sum of its parts.");
    if (s->undefined > 0) {
        snprintf(line, sizeof line, "In %s of cases %s has no value; these are left out.",
                 rc_share_text(share, s->undefined, "en"), s->output->name);
        wrap(p->out, "· ", line);
    }
}

rc_status rc_sensitivity_text(const rc_sensitivity *s, bool color, rc_text *out, rc_error *err) {
    (void)err;
    page p = {s, out, color};
    const rc_result *r = s->study->result;
    char n[RC_NUMBER_TEXT];
    const char *title = rc_clean_text(rc_label_text(&r->title, "en", r->file), s->study->arena);
    heading(&p, title);
    rc_text_addf(out, "\nWhat drives %s? %s cases, %s sampler, seed %llu\n", s->study->target,
                 rc_count_text(n, r->trials), r->sampler, (unsigned long long)r->seed);
    if (s->study->given != NULL)
        rc_text_addf(out, "given %s: %s of them\n", s->study->given, rc_count_text(n, s->study->n));
    for (size_t i = 0; i < s->n_rankings; i++)
        add_ranking(&p, &s->rankings[i]);
    add_stories(&p);
    add_notes(&p);
    return RC_OK;
}
