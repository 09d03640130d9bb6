/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chance in everyday words, which change with the odds, and as a percentage. */
#include "core/language.h"
#include "report/document.h"

#include <math.h>

/** The nearest everyday fraction, "one in four". */
static const char *fraction(double p) {
    static const struct {
        double value;
        const char *words;
    } fractions[] = {
        {1 / 20., RC_TR("one in twenty")}, {1 / 15., RC_TR("one in fifteen")},
        {1 / 12., RC_TR("one in twelve")}, {1 / 10., RC_TR("one in ten")},
        {1 / 8., RC_TR("one in eight")},   {1 / 7., RC_TR("one in seven")},
        {1 / 6., RC_TR("one in six")},     {1 / 5., RC_TR("one in five")},
        {1 / 4., RC_TR("one in four")},    {3 / 10., RC_TR("three in ten")},
        {1 / 3., RC_TR("one in three")},   {2 / 5., RC_TR("two in five")},
        {1 / 2., RC_TR("one in two")},     {3 / 5., RC_TR("three in five")},
        {2 / 3., RC_TR("two in three")},   {7 / 10., RC_TR("seven in ten")},
        {3 / 4., RC_TR("three in four")},  {4 / 5., RC_TR("four in five")},
        {5 / 6., RC_TR("five in six")},    {7 / 8., RC_TR("seven in eight")},
        {9 / 10., RC_TR("nine in ten")},   {19 / 20., RC_TR("nineteen in twenty")},
    };
    size_t best = 0;
    for (size_t i = 1; i < sizeof fractions / sizeof *fractions; i++)
        if (fabs(fractions[i].value - p) < fabs(fractions[best].value - p))
            best = i;
    return fractions[best].words;
}

/** How a chance is put, up to some size. */
static const char *pattern_of(double p) {
    static const struct {
        double below;
        const char *pattern;
    } patterns[] = {
        /* TRANSLATORS: these follow "Losing money" as a topic, or "Reaching a return of 15% is" */
        {0.001, RC_TR("very unlikely: fewer than one in 1,000")},
        {0.02, RC_TR("very unlikely: about one in {n} ({share})")},
        {0.04, RC_TR("unlikely: about one in {n} ({share})")},
        {0.42, RC_TR("about {fraction} ({share})")},
        {0.48, RC_TR("a little less likely than not ({share})")},
        {0.52, RC_TR("as likely as not ({share})")},
        {0.58, RC_TR("a little more likely than not ({share})")},
        {0.72, RC_TR("more likely than not: {fraction} ({share})")},
        {0.88, RC_TR("likely: about {fraction} ({share})")},
        {0.97, RC_TR("very likely: about {fraction} ({share})")},
        {2, RC_TR("almost certain: {share}")},
    };
    size_t i = 0;
    while (p >= patterns[i].below)
        i++;
    return patterns[i].pattern;
}

void rc_words_chance(rc_text *out, double p, const char *language) {
    char share[RC_NUMBER_TEXT], n[RC_NUMBER_TEXT];
    const rc_quantity plain = {.unit = RC_UNIT_NUMBER, .language = language};
    RC_SAY(out, language, pattern_of(p), "share", rc_share_text(share, p, language), "n",
           rc_number_text(n, &plain, 1 / p, (rc_rounding){.digits = 1}), "fraction",
           rc_tr(language, fraction(p)));
}
