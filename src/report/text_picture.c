/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The histogram stands on eighth blocks, a few columns a bin; ticks are the picture's levels. The
 * bad side is marked by an arrow with its share below the axis, and by orange against blue where
 * there is colour (the two hues that every kind of colour blindness tells apart). */
#include "report/text_picture.h"

#include "core/language.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MARGIN = 2, HEIGHT = 8, WIDEST = 160 };

#define ORANGE "38;5;208"
#define BLUE   "38;5;33"

static const char *const eighths[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};

typedef struct canvas {
    const rc_picture *p;
    int per_bin; /* columns a bin takes */
    int columns;
    bool color;
    rc_text *out;
} canvas;

/** Column of the left side of a value's bin edge. */
static int column_of(const canvas *c, double value) {
    const rc_histogram *h = c->p->histogram;
    return (int)rint((value - h->first) / h->width) * c->per_bin;
}

static bool bad_bin(const canvas *c, size_t bin) {
    return !isnan(c->p->border) && (int)bin * c->per_bin < column_of(c, c->p->border);
}

static void bars(const canvas *c) {
    const rc_histogram *h = c->p->histogram;
    uint64_t most = 1;
    for (size_t i = 0; i < h->n_bins; i++)
        most = h->counts[i] > most ? h->counts[i] : most;
    for (int row = HEIGHT - 1; row >= 0; row--) {
        rc_text_repeat(c->out, " ", MARGIN);
        int hue = 0, blanks = 0;
        for (size_t i = 0; i < h->n_bins; i++) {
            int level = (int)ceil((double)h->counts[i] / (double)most * HEIGHT * 8);
            level -= row * 8;
            if (level <= 0) {
                blanks += c->per_bin;
                continue;
            }
            rc_text_repeat(c->out, " ", blanks);
            blanks = 0;
            int wanted = bad_bin(c, i) ? 1 : 2;
            if (c->color && hue != wanted)
                rc_text_addf(c->out, "\x1b[%sm", wanted == 1 ? ORANGE : BLUE);
            hue = wanted;
            rc_text_repeat(c->out, eighths[level > 8 ? 8 : level], c->per_bin);
        }
        rc_text_add(c->out, c->color && hue ? "\x1b[0m\n" : "\n");
    }
}

/** Columns where a tick's text starts; its tick stands over its middle. */
static int text_start(const canvas *c, size_t level) {
    int wide = rc_text_width(c->p->ticks[level]);
    int start = MARGIN + column_of(c, c->p->levels[level]) - (wide - 1) / 2;
    return start < 0 ? 0 : start;
}

/** Is a level's text shown when every stride-th is, counted from zero (or the first)? */
static bool shown(const rc_picture *p, size_t level, size_t stride) {
    size_t zero = 0;
    for (size_t i = 0; i < p->n_levels; i++)
        if (p->levels[i] == 0)
            zero = i;
    return (level + stride * p->n_levels - zero) % stride == 0;
}

static bool fits(const canvas *c, size_t stride) {
    int at = -1;
    for (size_t i = 0; i < c->p->n_levels; i++) {
        if (!shown(c->p, i, stride))
            continue;
        if (text_start(c, i) < at + 1)
            return false;
        at = text_start(c, i) + rc_text_width(c->p->ticks[i]);
    }
    return true;
}

/** The axis: a tick at the left edge of a level's bin, texts below as many as fit. */
static void axis(const canvas *c) {
    const rc_picture *p = c->p;
    size_t stride = 1;
    while (!fits(c, stride))
        stride++;
    bool tick[WIDEST + 1] = {false};
    for (size_t i = 0; i < p->n_levels; i++)
        tick[column_of(c, p->levels[i])] = shown(p, i, stride);
    rc_text_repeat(c->out, " ", MARGIN);
    for (int i = 0; i <= c->columns; i++)
        rc_text_add(c->out, tick[i] ? "┴" : i < c->columns ? "─" : "");
    rc_text_add(c->out, "\n");
    int at = 0;
    for (size_t i = 0; i < p->n_levels; i++) {
        if (!shown(p, i, stride))
            continue;
        rc_text_repeat(c->out, " ", text_start(c, i) - at);
        rc_text_add(c->out, p->ticks[i]);
        at = text_start(c, i) + rc_text_width(p->ticks[i]);
    }
    rc_text_add(c->out, "\n");
}

static void paint(const canvas *c, const char *ansi, const char *text) {
    if (c->color)
        rc_text_addf(c->out, "\x1b[%sm%s\x1b[0m", ansi, text);
    else
        rc_text_add(c->out, text);
}

/** "◄ loss 24 %│gain 76 % ►" around the column of the border, or the one side that is there. */
static void sides(const canvas *c) {
    const rc_picture *p = c->p;
    if (isnan(p->border) || isnan(p->bad_share))
        return;
    char share[RC_NUMBER_TEXT], left[RC_NUMBER_TEXT + 40], right[RC_NUMBER_TEXT + 40];
    int at = column_of(c, p->border);
    at = at < 0 ? 0 : at > c->columns ? c->columns : at;
    rc_share_text(share, p->bad_share, p->quantity.language);
    snprintf(left, sizeof left, "◄ %s %s ", p->bad, share);
    rc_share_text(share, 1 - p->bad_share, p->quantity.language);
    snprintf(right, sizeof right, " %s %s ►", p->good, share);
    int start = MARGIN + at - rc_text_width(left);
    if (p->bad_share <= 0) {
        rc_text_repeat(c->out, " ", MARGIN + c->columns - rc_text_width(right));
        paint(c, BLUE, right + 1);
    } else if (p->bad_share >= 1) {
        rc_text_repeat(c->out, " ", MARGIN);
        paint(c, ORANGE, left);
    } else {
        rc_text_repeat(c->out, " ", start > 0 ? start : 0);
        paint(c, ORANGE, left);
        rc_text_add(c->out, "│");
        paint(c, BLUE, right);
    }
    while (c->out->length > 0 && c->out->bytes[c->out->length - 1] == ' ')
        c->out->bytes[--c->out->length] = '\0';
    rc_text_add(c->out, "\n");
}

static void beyond(const canvas *c) {
    const rc_histogram *h = c->p->histogram;
    uint64_t all = h->below + h->above;
    for (size_t i = 0; i < h->n_bins; i++)
        all += h->counts[i];
    if (h->below + h->above == 0)
        return;
    char below[RC_NUMBER_TEXT], above[RC_NUMBER_TEXT];
    const char *language = c->p->quantity.language;
    rc_share_text(below, (double)h->below / (double)all, language);
    rc_share_text(above, (double)h->above / (double)all, language);
    rc_text_repeat(c->out, " ", MARGIN);
    if (h->below > 0 && h->above > 0)
        RC_SAY(c->out, language, "(beyond the picture: {left} to the left, {right} to the right)",
               "left", below, "right", above);
    else if (h->below > 0)
        RC_SAY(c->out, language, "(beyond the picture: {left} to the left)", "left", below);
    else
        RC_SAY(c->out, language, "(beyond the picture: {right} to the right)", "right", above);
    rc_text_add(c->out, "\n");
}

/** "+50%  ███████████▌  51%": how often at least that much is reached. */
static void reached(const canvas *c, int width) {
    const rc_picture *p = c->p;
    int label = 0, room;
    for (size_t i = 0; i < p->n_levels; i++) {
        int w = rc_text_width(p->ticks[i]);
        label = w > label ? w : label;
    }
    room = (width > 80 ? 80 : width) - label - 24;
    rc_text_addf(c->out, "\n  %s\n", rc_tr(p->quantity.language, "Chance of at least"));
    for (size_t i = 0; i < p->n_levels; i++) {
        static const char *const parts[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
        char share[RC_NUMBER_TEXT];
        rc_share_text(share, p->at_least[i], p->quantity.language);
        rc_text_repeat(c->out, " ", MARGIN + label - rc_text_width(p->ticks[i]));
        rc_text_add(c->out, p->ticks[i]);
        rc_text_repeat(c->out, " ", 12 - rc_text_width(share));
        rc_text_addf(c->out, "%s  ", share);
        int eights = (int)ceil(p->at_least[i] * room * 8);
        bool bad = !isnan(p->border) && p->levels[i] < p->border;
        if (c->color)
            rc_text_addf(c->out, "\x1b[%sm", bad ? ORANGE : BLUE);
        rc_text_repeat(c->out, "█", eights / 8);
        rc_text_add(c->out, parts[eights % 8]);
        rc_text_add(c->out, c->color ? "\x1b[0m\n" : "\n");
    }
}

void rc_text_picture(const rc_picture *p, int width, bool color, rc_text *out) {
    canvas c = {.p = p, .color = color, .out = out};
    int n = (int)p->histogram->n_bins, room = (width > WIDEST ? WIDEST : width) - 2 * MARGIN - 4;
    c.per_bin = room / n < 1 ? 1 : room / n > 4 ? 4 : room / n;
    c.columns = n * c.per_bin;
    bars(&c);
    axis(&c);
    sides(&c);
    beyond(&c);
    reached(&c, width);
}
