/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to know about the figures. */
#include "report/document_make.h"

#include "core/language.h"

#include <math.h>

void rc_section_notes(rc_maker *m) {
    const rc_result *r = m->result;
    bool flows = rc_has_outputs(r, RC_OUTPUT_METRIC) || rc_has_outputs(r, RC_OUTPUT_LINE);
    const char **notes = RC_NEW(m->arena, const char *, r->n_notes + 4);
    size_t n = 0;
    for (size_t i = 0; i < r->n_notes; i++)
        notes[n++] = rc_clean_text(r->note_phrases != NULL
                                       ? rc_phrase_text(&r->note_phrases[i], m->language, m->arena)
                                       : r->notes[i],
                                   m->arena);
    if (rc_result_find(r, "roi") != NULL && flows)
        notes[n++] = rc_tr(
            m->language,
            "Return on investment is (benefits - costs) / costs, both as present values. Where "
            "others quote benefits / costs, that is exactly 100 points more (the gross "
            "return).");
    if (flows)
        notes[n++] =
            rc_tr(m->language, "Amounts are nominal and before tax, in one currency, without "
                               "depreciation.");
    if (!rc_nothing_varies(r))
        notes[n++] = rc_tr(
            m->language,
            "P5, P50, P95: one case in twenty is lower, half are, all but one in twenty are. ±: "
            "how far the mean may be off because the number of simulated cases is finite (95% "
            "interval); without it, every digit shown is certain.");
    rc_add_section(m, (rc_section){.id = "notes",
                                   .part = RC_PART_ANALYST,
                                   .title = rc_tr(m->language, "Notes"),
                                   .notes = notes,
                                   .n_notes = n});
}
