/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The measurements as tables for a terminal, and how throughput grows with threads as bars: full
 * blocks for what was reached, shades up to what perfect scaling from one thread would give. */
#include "bench/bench.h"

#include "report/number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { BAR = 48, CELL = 32 };

static double millions(const rc_bench_case *c, const rc_bench_time *t) {
    return (double)c->trials / t->median / 1e6;
}

/** "0.251 s", "12.3 ms" */
static const char *seconds_text(char *out, double s) {
    if (s >= 1)
        snprintf(out, CELL, "%.2f s", s);
    else
        snprintf(out, CELL, s >= 0.1 ? "%.0f ms" : s >= 0.01 ? "%.1f ms" : "%.2f ms", 1e3 * s);
    return out;
}

static void add_head(const rc_bench *b, const rc_bench_machine *m, rc_text *out) {
    rc_text_addf(out, "roicast %s on %s: %d processor%s, %s, up to %d thread%s, binding %s\n",
                 ROICAST_VERSION, m->processor[0] != '\0' ? m->processor : "an unknown processor",
                 m->processors, m->processors == 1 ? "" : "s", b->isa, b->threads,
                 b->threads == 1 ? "" : "s", m->binding);
    rc_text_addf(out, "%s, %s: %zu random inputs, %zu vector operations, outputs: %s\n",
                 b->title[0] != '\0' ? b->title : "Model", b->file, b->n_inputs, b->operations,
                 b->outputs);
    rc_text_addf(
        out,
        "\nMedians of %d round%s in turn. simulate: drawing, evaluating, collecting; whole: "
        "planning and\nsummaries too. ±: half the range of the rounds. faster: median of "
        "the ratios inside rounds;\nshare: that of perfect scaling.\n",
        b->rounds, b->rounds == 1 ? "" : "s");
}

/* ---- Tables ---- */

static void add_row(const rc_bench_group *g, const rc_bench_case *c, rc_text *out) {
    char trials[RC_NUMBER_TEXT], simulate[CELL], whole[CELL];
    double range = c->simulate.high - c->simulate.low;
    rc_text_addf(out, "  %7d  %-8s %-7s %13s  %9s %9s  %9.2f %7.1f  ±%2.0f%%", c->threads,
                 c->sampler, c->isa, rc_count_text(trials, c->trials),
                 seconds_text(simulate, c->simulate.median), seconds_text(whole, c->whole.median),
                 millions(c, &c->simulate), rc_bench_ns(c), 50 * range / c->simulate.median);
    if (g->speedup)
        rc_text_addf(out, "  %6.2f %5.0f%%", c->speedup, 100 * c->speedup / c->threads);
    rc_text_add(out, "\n");
}

static void add_group(const rc_bench_group *g, rc_text *out) {
    rc_text_addf(out, "\n%s\n  %7s  %-8s %-7s %13s  %9s %9s  %9s %7s  %4s", g->title, "threads",
                 "sampler", "set", "trials", "simulate", "whole", "million/s", "ns each", "±");
    if (g->speedup)
        rc_text_addf(out, "  %6s %6s", "faster", "share");
    rc_text_add(out, "\n");
    for (size_t i = 0; i < g->n_cases; i++)
        add_row(g, g->cases[i], out);
}

/* ---- The picture ---- */

/** Blocks for `reached` eighths, then shades up to `ideal` columns. */
static void add_bar(long reached, long ideal, rc_text *out) {
    static const char *const parts[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    rc_text_repeat(out, "█", (int)(reached / 8));
    rc_text_add(out, parts[reached % 8]);
    long filled = (reached + 7) / 8;
    if (ideal > filled)
        rc_text_repeat(out, "░", (int)(ideal - filled));
}

static void add_picture(const rc_bench_group *g, rc_text *out) {
    double most = 0;
    for (size_t i = 0; i < g->n_cases; i++)
        most = fmax(most, fmax(g->cases[i]->speedup, g->cases[i]->threads));
    rc_text_add(out, "\n  Speed by threads, one thread = 1; ░ up to perfect scaling\n");
    for (size_t i = 0; i < g->n_cases; i++) {
        const rc_bench_case *c = g->cases[i];
        rc_text_addf(out, "  %7d  ", c->threads);
        add_bar(lrint(8 * BAR * c->speedup / most), lrint(BAR * c->threads / most), out);
        rc_text_addf(out, " %.2f\n", c->speedup);
    }
}

static rc_status write(const rc_bench *b, const rc_bench_machine *m, rc_text *out, rc_error *err) {
    (void)err;
    add_head(b, m, out);
    for (size_t g = 0; g < RC_BENCH_GROUPS; g++) {
        add_group(&b->groups[g], out);
        if (b->groups[g].speedup)
            add_picture(&b->groups[g], out);
    }
    return RC_OK;
}

const rc_bench_format rc_bench_text = {.name = "text", .ending = "txt", .write = write};
