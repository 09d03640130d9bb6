/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Result -> document: the sections that it has something for, in the order of section.def. */
#include "report/document_make.h"

#include "core/language.h"

static void (*const makers[])(rc_maker *) = {
#define RC_SECTION(name) rc_section_##name,
#include "report/section.def"
#undef RC_SECTION
};

const rc_document *rc_document_new(const rc_result *result, const char *language, rc_arena *arena) {
    rc_document *d = RC_NEW(arena, rc_document, 1);
    rc_maker m = {.result = result, .language = language, .arena = arena};
    d->title =
        rc_clean_text(rc_label_text(&result->title, language,
                                    result->file != NULL ? result->file : rc_tr(language, "Model")),
                      arena);
    d->subtitle = rc_subtitle(&m);
    d->currency = result->currency != NULL ? rc_clean_text(result->currency, arena) : "";
    d->n_figures = rc_figures(result, language, arena, &d->figures);
    for (size_t i = 0; i < sizeof makers / sizeof *makers; i++)
        makers[i](&m);
    d->sections = m.sections;
    d->n_sections = m.n;
    rc_add_footer(&m, d);
    return d;
}
