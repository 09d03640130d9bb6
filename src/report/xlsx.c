/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The result as a workbook (Office Open XML, by libxlsxwriter): a summary to read, and sheets to go
 * on working with. Numbers are numbers, with 16 significant digits. The bytes depend on the result
 * alone: the date that a workbook must have is a constant. */
#include "report/xlsx_book.h"
#include "report/xlsx_file.h"

#include <string.h>

enum { MOST_CELLS = 10000000 }; /* of a sheet of trials: what spreadsheets can still open */
static const time_t created = 315532800; /* 1980-01-01, where the dates of ZIP files begin */

static void (*const sheets[])(rc_book *b) = {
    rc_book_summary,     rc_book_drivers,   rc_book_cash,     rc_book_periods,
    rc_book_percentiles, rc_book_intervals, rc_book_rankings, rc_book_distribution,
    rc_book_inputs,      rc_book_about,     rc_book_trials,
};

static char *kept(rc_book *b, const char *text) {
    rc_text cut = {0};
    for (size_t n = strlen(text), step; n > 0 && cut.length < 240; text += step, n -= step) {
        rc_utf8_decode(text, n, &step);
        rc_text_add_n(&cut, text, step);
    }
    char *copy = rc_arena_strdup(b->arena, cut.bytes != NULL ? cut.bytes : "");
    rc_text_free(&cut);
    return copy; /* properties hold at most 255 bytes */
}

static void properties(rc_book *b) {
    const rc_result *r = b->result;
    lxw_doc_properties p = {.title = kept(b, b->document->title),
                            .subject = kept(b, b->document->subtitle),
                            .author = "roicast " ROICAST_VERSION,
                            .created = created};
    if (b->document->n_footer > 0)
        p.comments = kept(b, b->document->footer[0]);
    workbook_set_properties(b->workbook, &p);
    if (r->sha256 != NULL)
        workbook_set_custom_property_string(b->workbook, "model_sha256",
                                            kept(b, rc_clean_text(r->sha256, b->arena)));
    char seed[32];
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)r->seed);
    workbook_set_custom_property_string(b->workbook, "seed", seed);
    workbook_set_custom_property_number(b->workbook, "trials", (double)r->trials);
    workbook_set_custom_property_string(b->workbook, "sampler", r->sampler);
}

static rc_status fill(const char *path, const char *folder, void *data, rc_error *err) {
    rc_book *b = data;
    lxw_workbook_options options = {.tmpdir = (char *)folder, .use_zip64 = LXW_FALSE};
    b->workbook = workbook_new_opt(path, &options);
    if (b->workbook == NULL)
        return rc_fail(err, RC_MEMORY, "not enough memory to write a workbook");
    properties(b);
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++)
        sheets[i](b);
    lxw_error wrong = workbook_close(b->workbook);
    return wrong == LXW_NO_ERROR
               ? RC_OK
               : rc_fail(err, RC_IO, "%.160s: cannot write: %s", folder, lxw_strerror(wrong));
}

/* Do all trials fit a sheet? */
static rc_status check_trials(const rc_result *r, const rc_report_style *style, rc_error *err) {
    size_t columns = 1;
    if (!style->trials_sheet)
        return RC_OK;
    for (size_t i = 0; i < r->n_outputs; i++)
        columns += r->outputs[i].samples != NULL;
    if (columns == 1)
        return rc_fail(err, RC_USAGE, "a sheet of trials needs a run that keeps them");
    if (r->trials > LXW_ROW_MAX - 1)
        return rc_fail(err, RC_USAGE,
                       "a sheet has 1,048,576 rows: %llu trials and their heading do not fit; ask "
                       "for fewer, or for csv",
                       (unsigned long long)r->trials);
    if (columns > LXW_COL_MAX || (double)r->trials * (double)columns > MOST_CELLS)
        return rc_fail(err, RC_USAGE,
                       "%llu trials of %zu columns are more cells than a spreadsheet opens "
                       "(%d); ask for fewer trials or outputs, or for csv",
                       (unsigned long long)r->trials, columns, MOST_CELLS);
    return RC_OK;
}

static rc_status write_xlsx(const rc_result *result, const rc_report_style *style, rc_text *out,
                            rc_error *err) {
    rc_status status = check_trials(result, style, err);
    if (status != RC_OK)
        return status;
    rc_arena *arena = rc_arena_new();
    const char *language = style->language != NULL ? style->language : "en";
    rc_book b = {.result = result,
                 .document = rc_document_new(result, language, arena),
                 .style = style,
                 .language = language,
                 .arena = arena};
    status = rc_xlsx_file(fill, &b, out, err);
    rc_arena_free(arena);
    return status;
}

const rc_format_type rc_format_xlsx = {
    .name = "xlsx",
    .ending = "xlsx",
    .summary = RC_TR("a workbook for Excel, LibreOffice and the like (docs/spreadsheet.md)"),
    .binary = true,
    .whole = true,
    .analysts = true,
    .write = write_xlsx,
};
