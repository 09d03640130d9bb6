/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of a run that are neither drawing nor arithmetic, one line of JSON each:
 *
 *     parts [ROUNDS]
 *
 *     read      a model of 1,000 inputs and 200 lines: bytes to checked model
 *     table     the tables of W1's and W3's distributions (dist/table.h)
 *
 * Everything is measured in turn, ROUNDS times; medians. */
#include "core/arena.h"
#include "core/text.h"
#include "dist/dist.h"
#include "dist/parse_dist.h"
#include "dist/table.h"
#include "model/model.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { INPUTS = 1000, LINES = 200, MOST_ROUNDS = 101 };

static const char *const tabled[] = {
    "pert(80, 120, 200)",
    "beta(4, 2)",
    "gamma(5, 0.06)",
    "inverse_gaussian(1.2, 6)",
    "poisson(28)",
    "truncate(normal(20, 6), lower=5, upper=40)",
    "mixture([normal(40, 5), lognormal(4.2, 0.2)], [3, 1])",
};
enum { N_TABLED = sizeof tabled / sizeof *tabled };

typedef struct part {
    const char *kind, *name, *unit;
    double amount; /* of the unit, in one measurement */
    double seconds[MOST_ROUNDS];
} part;

static double now(void) {
    struct timespec t;
    timespec_get(&t, TIME_UTC);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void die(const char *what, const char *message) {
    fprintf(stderr, "parts: %s: %s\n", what, message);
    exit(2);
}

/* ---- A large model ---- */

static void write_model(rc_text *out) {
    rc_text_add(out,
                "roicast: 1\ntitle: Large\ntimeline: {years: 5}\ndiscount_rate: 8%\ninputs:\n");
    for (int i = 0; i < INPUTS; i++)
        rc_text_addf(out, "  input%d:\n    value: pert(%d, %d, %d)\n    source: made up\n", i,
                     10 + i, 20 + i, 40 + i);
    rc_text_add(out, "benefits:\n");
    for (int i = 0; i < LINES; i++)
        rc_text_addf(out,
                     "  line%d: {value: input%d * input%d * (1 - 0.1 * input%d / 1000)^t, "
                     "kind: saving}\n",
                     i, 5 * i, 5 * i + 1, 5 * i + 2);
    rc_text_add(out, "costs:\n");
    for (int i = 0; i < LINES; i++)
        rc_text_addf(out, "  cost%d: {value: input%d + 2 * input%d, growth: 3%%}\n", i, 5 * i + 3,
                     5 * i + 4);
}

static double read_model(const rc_text *text) {
    double start = now();
    rc_arena *arena = rc_arena_new();
    rc_diags *diags = RC_NEW(arena, rc_diags, 1);
    diags->arena = arena;
    const rc_model *model = NULL;
    rc_source *source = rc_source_text("large.yaml", text->bytes, text->length, arena);
    if (rc_model_load(source, arena, diags, &model) != RC_OK)
        die("large.yaml", diags->errors[0].message);
    rc_arena_free(arena);
    return now() - start;
}

/* ---- Tables ---- */

static double build_table(const char *text) {
    rc_arena *arena = rc_arena_new();
    parsed_dist parsed;
    rc_error err = {0};
    const char *p = text;
    if (parse_dist(&p, arena, &parsed, &err) != RC_OK)
        die(text, err.message);
    double start = now();
    rc_dist_prepare(&parsed.dist, 1, 1, arena);
    double seconds = now() - start;
    if (parsed.dist->table == NULL)
        die(text, "has no table");
    rc_arena_free(arena);
    return seconds;
}

/* ---- All ---- */

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv) {
    int rounds = argc > 1 ? atoi(argv[1]) : 11;
    if (rounds < 1 || rounds > MOST_ROUNDS)
        die("rounds", "1 to 101");
    static part parts[1 + N_TABLED];
    rc_text model = {0};
    write_model(&model);
    size_t n = 0;
    parts[n++] = (part){"read", "1,000 inputs, 400 lines", "byte", (double)model.length, {0}};
    for (size_t i = 0; i < N_TABLED; i++)
        parts[n++] = (part){"table", tabled[i], "table", 1, {0}};
    for (int round = -1; round < rounds; round++)
        for (size_t i = 0; i < n; i++) {
            double seconds = i == 0 ? read_model(&model) : build_table(tabled[i - 1]);
            if (round >= 0) /* the first warms up */
                parts[i].seconds[round] = seconds;
        }
    for (size_t i = 0; i < n; i++) {
        qsort(parts[i].seconds, (size_t)rounds, sizeof(double), by_size);
        double median = parts[i].seconds[rounds / 2];
        printf("{\"part\": \"%s\", \"name\": \"%s\", \"seconds\": %.9f, \"ns_per_%s\": %.3f}\n",
               parts[i].kind, parts[i].name, median, parts[i].unit, 1e9 * median / parts[i].amount);
    }
    rc_text_free(&model);
    return 0;
}
