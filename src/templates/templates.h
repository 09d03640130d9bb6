/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Models that lie in the program: the CRM template, and overlays for companies, vendors, types of
 * CRM and pitfalls (models/). A starting model is the template with some of them worked into its
 * text. */
#ifndef RC_TEMPLATES_TEMPLATES_H
#define RC_TEMPLATES_TEMPLATES_H

#include "core/arena.h"
#include "core/error.h"
#include "core/text.h"

/** One of them. A NUL follows the text. */
typedef struct rc_template {
    const char *name; /**< "hubspot": of its file, without the ending */
    const char *kind; /**< "model", "company", "vendor", "type", "pitfall": of its folder */
    const char *text;
    size_t length;
} rc_template;

/** The template itself first, then kind by kind, within a kind by name. */
extern const rc_template rc_templates[];
extern const size_t rc_template_count;

const rc_template *rc_template_find(const char *kind, const char *name); /**< NULL: unknown */

/** The comment that it begins with, as one line of text; its first sentence, or in another language
 * the line that begins with its code (`# zh-CN: ...`), which the first leaves out. */
const char *rc_template_head(const rc_template *t, rc_arena *arena);
const char *rc_template_summary(const rc_template *t, const char *language, rc_arena *arena);

/** What a starting model is made of. */
typedef struct rc_starter {
    const rc_template *pieces[16]; /**< [n] overlays in the order in which they are laid */
    size_t n;
    size_t seats; /**< users; 0: those of the company */
} rc_starter;

/** Users of a company (NULL: of the template), and which company has about that many. */
size_t rc_template_seats(const rc_template *company);
const rc_template *rc_template_company_for(size_t seats);

/** The starting model: the text of the template with its comments, in which every figure that a
 * piece changes is changed and says so. It is the model that the template is with the pieces laid
 * over it (`--over`), and gives the same figures; with another number of seats than the company's,
 * amounts that go with size are scaled (scale.h) and say so. Errors: none but mistakes in our own
 * templates. */
rc_status rc_starter_write(const rc_starter *starter, rc_text *out, rc_error *err);

/** The number of seats that amounts were scaled from; 0: they were not. */
size_t rc_starter_scaled_from(const rc_starter *starter);

#endif
