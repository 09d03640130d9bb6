/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/keys.h"

#include <string.h>

#define TOP(member)      RC_IN_TOP, offsetof(rc_top, member)
#define ENTRY(member)    RC_IN_ENTRY, offsetof(rc_entry, member)
#define FLOW(member)     RC_IN_FLOW, offsetof(rc_flow, member)
#define RISK(member)     RC_IN_RISK, offsetof(rc_risk, member)
#define LEVER(member)    RC_IN_LEVER, offsetof(rc_lever, member)
#define GROUP(member)    RC_IN_GROUP, offsetof(rc_group, member)
#define EVIDENCE(member) RC_IN_EVIDENCE, offsetof(rc_evidence, member)
#define KEYS(title, rows)                                                                          \
    { title, rows, sizeof(rows) / sizeof *(rows) }

static const rc_key top[] = {
    {"roicast", RC_KEY_SPECIAL, RC_IN_TOP, 0, 0, NULL, "version of this language: 1"},
    {"title", RC_KEY_LABEL, TOP(title), 0, NULL, "what is decided"},
    {"currency", RC_KEY_TEXT, TOP(currency), 0, NULL, "three letters, such as USD"},
    {"timeline", RC_KEY_SPECIAL, RC_IN_TOP, 0, 0, NULL, "{years: 5, step: quarter}"},
    {"discount_rate", RC_KEY_FORMULA, TOP(discount_rate), RC_KEY_SERIES, NULL,
     "effective, per year: 10%"},
    {"finance_rate", RC_KEY_FORMULA, TOP(finance_rate), 0, NULL,
     "per year, for the outflows of mirr; default discount_rate"},
    {"reinvest_rate", RC_KEY_FORMULA, TOP(reinvest_rate), 0, NULL,
     "per year, for the inflows of mirr; default discount_rate"},
    {"hurdle", RC_KEY_SPECIAL, RC_IN_TOP, 0, 0, NULL,
     "ROI to beat over the whole horizon, or {irr: 15%}"},
    {"discounting", RC_KEY_CHOICE, TOP(discounting), 0, "period_end year_end mid continuous",
     "when the money of a period falls"},
    {"confidence", RC_KEY_SPECIAL, TOP(confidence), 0, NULL, "of `a to b`; default 90%"},
    {"overconfidence", RC_KEY_SPECIAL, TOP(overconfidence), 0, NULL,
     "factor that widens `to` and percentile forms; default 1"},
    {"realisation", RC_KEY_SPECIAL, RC_IN_TOP, 0, 0, NULL,
     "share of each tier that counts: {direct: 1, indirect: 1, strategic: 0}"},
    {"factors", RC_KEY_SPECIAL, RC_IN_TOP, 0, 0, NULL, "inputs that are key factors"},
    {"inputs", RC_KEY_SPECIAL, RC_IN_TOP, 0, 0, NULL, "one value a trial"},
    {"levers", RC_KEY_SPECIAL, RC_IN_TOP, 0, 0, NULL, "inputs that the user controls"},
    {"series", RC_KEY_SPECIAL, RC_IN_TOP, 0, 0, NULL, "one value a period and trial"},
    {"benefits", RC_KEY_SPECIAL, RC_IN_TOP, 0, 0, NULL, "lines of money coming in"},
    {"costs", RC_KEY_SPECIAL, RC_IN_TOP, 0, 0, NULL, "lines of money going out"},
    {"risks", RC_KEY_SPECIAL, RC_IN_TOP, 0, 0, NULL, "events that may happen"},
    {"outputs", RC_KEY_SPECIAL, RC_IN_TOP, 0, 0, NULL, "more numbers to report"},
    {"functions", RC_KEY_SPECIAL, RC_IN_TOP, 0, 0, NULL, "formulas with parameters"},
    {"groups", RC_KEY_SPECIAL, RC_IN_TOP, 0, 0, NULL,
     "{name: [entries]}: taken together in rankings"},
    {"evidence", RC_KEY_SPECIAL, RC_IN_TOP, 0, 0, NULL, "list of what was observed"},
    {"allow", RC_KEY_SPECIAL, RC_IN_TOP, 0, 0, NULL,
     "list of lint rules that are all right in the whole file"},
    {"description", RC_KEY_IGNORED, RC_IN_TOP, 0, 0, NULL, "text for people"},
    {"note", RC_KEY_IGNORED, RC_IN_TOP, 0, 0, NULL, "text for people"},
    {"author", RC_KEY_IGNORED, RC_IN_TOP, 0, 0, NULL, "text for people"},
    {"date", RC_KEY_IGNORED, RC_IN_TOP, 0, 0, NULL, "text for people"},
    {"correlations", RC_KEY_SPECIAL, RC_IN_TOP, 0, 0, NULL,
     "rank correlations: [a, b, 0.3], or {copula: ..., pairs: ...}"},
    {"extends", RC_KEY_SPECIAL, RC_IN_TOP, 0, 0, NULL, "files to build on: [base.yaml]"},
    {"scenarios", RC_KEY_SPECIAL, RC_IN_TOP, 0, 0, NULL, "named overlays, for --scenario"},
    {"dimensions", RC_KEY_SPECIAL, RC_IN_TOP, 0, 0, NULL,
     "order of quasi-random dimensions, as explain --merged writes it"},
};

static const rc_key timeline[] = {
    {"years", RC_KEY_NUMBER, TOP(years), 0, NULL, "horizon in years"},
    {"step", RC_KEY_CHOICE, TOP(step), 0, "year quarter month", "length of a period"},
};

static const rc_key hurdle[] = {
    {"irr", RC_KEY_NUMBER, TOP(hurdle), 0, NULL, "yearly return to beat"},
};

static const rc_key realisation[] = {
    {"direct", RC_KEY_FORMULA, TOP(realisation[RC_DIRECT]), RC_KEY_SERIES, NULL,
     "share that counts; default 1"},
    {"indirect", RC_KEY_FORMULA, TOP(realisation[RC_INDIRECT]), RC_KEY_SERIES, NULL,
     "share that counts; default 1"},
    {"strategic", RC_KEY_FORMULA, TOP(realisation[RC_STRATEGIC]), RC_KEY_SERIES, NULL,
     "share that counts; default 0"},
};

static const rc_key correlations[] = {
    {"copula", RC_KEY_SPECIAL, RC_IN_TOP, 0, 0, NULL,
     "gaussian (default), student(df), clayton, gumbel or frank"},
    {"pairs", RC_KEY_SPECIAL, RC_IN_TOP, 0, 0, NULL, "list of [name, name, Spearman's rho]"},
    {"matrix", RC_KEY_SPECIAL, RC_IN_TOP, 0, 0, NULL,
     "{names: [a, b], rows: [[1, 0.3], [0.3, 1]]}"},
};

static const rc_key matrix[] = {
    {"names", RC_KEY_SPECIAL, RC_IN_TOP, 0, 0, NULL, "list of entries"},
    {"rows", RC_KEY_SPECIAL, RC_IN_TOP, 0, 0, NULL,
     "list of rows of Spearman's rho: whole, or up to the diagonal"},
};

static const rc_key entry[] = {
    {"label", RC_KEY_LABEL, ENTRY(label), 0, NULL, "name for people: text, or text a language"},
    {"unit", RC_KEY_TEXT, ENTRY(unit), 0, NULL, "printed beside the number"},
    {"source", RC_KEY_TEXT, ENTRY(source), 0, NULL, "where the number comes from"},
    {"owner", RC_KEY_TEXT, ENTRY(owner), 0, NULL, "who answers for it"},
    {"note", RC_KEY_TEXT, ENTRY(note), 0, NULL, "text for people"},
    {"group", RC_KEY_TEXT, ENTRY(group), 0, NULL, "entries shown together"},
    {"allow", RC_KEY_SPECIAL, RC_IN_ENTRY, 0, 0, NULL, "list of lint rules that are all right"},
};

#define VALUE(flags, help)                                                                         \
    { "value", RC_KEY_FORMULA, ENTRY(value), flags, NULL, help }
#define CONFIDENCE                                                                                 \
    {"confidence", RC_KEY_SPECIAL, RC_IN_ENTRY, 0, 0, NULL, "of `a to b` in this entry: 80%"}, {   \
        "overconfidence", RC_KEY_SPECIAL, RC_IN_ENTRY, 0, 0, NULL,                                 \
            "factor that widens `to` and percentile forms in this entry"                           \
    }

static const rc_key lever[] = {
    {"range", RC_KEY_SPECIAL, RC_IN_LEVER, 0, 0, NULL, "[smallest, largest]"},
    {"step", RC_KEY_NUMBER, LEVER(step), 0, NULL, "between the values of the range; default: any"},
    {"choices", RC_KEY_SPECIAL, RC_IN_LEVER, 0, 0, NULL, "list of the values, instead of a range"},
    {"start", RC_KEY_NUMBER, LEVER(start), 0, NULL, "value of a run"},
};

static const rc_key group[] = {
    {"members", RC_KEY_SPECIAL, RC_IN_GROUP, 0, 0, NULL, "list of uncertain entries"},
    {"label", RC_KEY_LABEL, GROUP(label), 0, NULL, "name for people: text, or text a language"},
    {"note", RC_KEY_TEXT, GROUP(note), 0, NULL, "text for people"},
};

static const rc_key evidence[] = {
    {"measure", RC_KEY_SPECIAL, RC_IN_EVIDENCE, 0, 0, NULL, "formula: one value a trial"},
    {"observed", RC_KEY_NUMBER, EVIDENCE(observed), 0, NULL, "what was measured"},
    {"sd", RC_KEY_NUMBER, EVIDENCE(sd), 0, NULL, "standard deviation of the measurement's error"},
    {"successes", RC_KEY_NUMBER, EVIDENCE(successes), 0, NULL, "how many of `of` succeeded"},
    {"of", RC_KEY_NUMBER, EVIDENCE(of), 0, NULL, "tries, each with the probability `measure`"},
    {"label", RC_KEY_LABEL, EVIDENCE(label), 0, NULL, "name for people"},
    {"source", RC_KEY_TEXT, EVIDENCE(source), 0, NULL, "where the number comes from"},
    {"note", RC_KEY_TEXT, EVIDENCE(note), 0, NULL, "text for people"},
};

static const rc_key input[] = {
    VALUE(0, "number, distribution or formula"),
    CONFIDENCE,
    {"hdr", RC_KEY_SPECIAL, RC_IN_ENTRY, 0, 0, NULL,
     "[entity, variable, seed3, seed4]: its points under --sampler hdr"},
};

static const rc_key series[] = {
    VALUE(RC_KEY_SERIES, "formula for a period"),
    {"initial", RC_KEY_FORMULA, ENTRY(initial), RC_KEY_AUX, NULL, "value at time 0, for prev"},
    CONFIDENCE,
};

static const rc_key flow[] = {
    VALUE(RC_KEY_SERIES, "amount, per year unless `per` says otherwise"),
    {"per", RC_KEY_CHOICE, FLOW(per), 0, "year quarter month once", "what `value` is per"},
    {"from", RC_KEY_FORMULA, FLOW(from), 0, NULL, "first moment in years; default 0"},
    {"until", RC_KEY_FORMULA, FLOW(until), 0, NULL, "last moment in years; default the horizon"},
    {"at", RC_KEY_FORMULA, FLOW(at), 0, NULL, "moment of a `per: once` amount in years; default 0"},
    {"growth", RC_KEY_FORMULA, FLOW(growth), 0, NULL, "per year, by whole years since `from`"},
    {"yearly", RC_KEY_SPECIAL, RC_IN_FLOW, 0, 0, NULL, "list: one amount a year"},
    {"initial", RC_KEY_FORMULA, FLOW(initial), RC_KEY_AUX, NULL, "amount at time 0"},
    {"kind", RC_KEY_CHOICE, FLOW(kind), RC_KEY_BENEFITS, "- revenue saving avoided",
     "what sort of benefit"},
    {"margin", RC_KEY_FORMULA, FLOW(margin), RC_KEY_SERIES | RC_KEY_BENEFITS, NULL,
     "share of revenue that is profit"},
    {"tier", RC_KEY_CHOICE, FLOW(tier), 0, "direct indirect strategic", "how sure the money is"},
    {"realisation", RC_KEY_FORMULA, FLOW(realisation), RC_KEY_SERIES, NULL, "share that counts"},
    {"net_of", RC_KEY_SPECIAL, RC_IN_FLOW, 0, 0, NULL,
     "{line: share}: part of that line's amount that this one already holds"},
    {"enabled", RC_KEY_BOOL, FLOW(enabled), 0, NULL, "false removes the line"},
    CONFIDENCE,
};

static const rc_key risk[] = {
    {"probability", RC_KEY_SPECIAL, RC_IN_RISK, 0, 0, NULL, "over the whole horizon"},
    {"rate", RC_KEY_SPECIAL, RC_IN_RISK, 0, 0, NULL, "occurrences a year (Poisson)"},
    {"when", RC_KEY_SPECIAL, RC_IN_RISK, 0, RC_KEY_SERIES, NULL, "condition tested once, at `at`"},
    {"at", RC_KEY_SPECIAL, RC_IN_RISK, 0, 0, NULL, "moment in years, or `anytime`"},
    {"impact", RC_KEY_FORMULA, RISK(impact), RC_KEY_SERIES | RC_KEY_AUX, NULL,
     "money for each occurrence; negative: an opportunity"},
    {"side", RC_KEY_SWITCH, RISK(impact_is_benefit), 0, "costs benefits",
     "where the impact is counted"},
    {"multiply", RC_KEY_SPECIAL, RC_IN_RISK, 0, 0, NULL, "{line: factor}, or [lines] with `by`"},
    {"by", RC_KEY_SPECIAL, RC_IN_RISK, 0, 0, NULL, "one factor for all lines of `multiply`"},
    {"stop", RC_KEY_SPECIAL, RC_IN_RISK, 0, 0, NULL, "all, or [lines]: zero after the event"},
    {"except", RC_KEY_SPECIAL, RC_IN_RISK, 0, 0, NULL, "[lines] that `stop: all` leaves alone"},
    CONFIDENCE,
};

static const rc_key function[] = {
    VALUE(RC_KEY_SERIES, "formula of the parameters and of any name of the model"),
};

static const rc_key output[] = {
    VALUE(0, "formula: one value a trial"),
    {"better", RC_KEY_SWITCH, ENTRY(lower_is_better), 0, "higher lower", "which side is good"},
    {"target", RC_KEY_BOOL, ENTRY(target), 0, NULL, "the output that rankings explain"},
    CONFIDENCE,
};

const rc_keys rc_top_keys = KEYS("a model", top);
const rc_keys rc_timeline_keys = KEYS("timeline", timeline);
const rc_keys rc_hurdle_keys = KEYS("hurdle", hurdle);
const rc_keys rc_realisation_keys = KEYS("realisation", realisation);
const rc_keys rc_group_keys = KEYS("a group", group);
const rc_keys rc_evidence_keys = KEYS("an item of evidence", evidence);
const rc_keys rc_correlation_keys = KEYS("a group of correlations", correlations);
const rc_keys rc_matrix_keys = KEYS("a matrix", matrix);
const rc_keys rc_entry_keys = KEYS("an entry", entry);

const rc_keys rc_section_keys[RC_SECTION_COUNT + 1] = {
    [RC_FACTORS] = KEYS("a factor", input),
    [RC_INPUTS] = KEYS("an input", input),
    [RC_LEVERS] = KEYS("a lever", lever),
    [RC_SERIES] = KEYS("a series", series),
    [RC_BENEFITS] = KEYS("a benefit", flow),
    [RC_COSTS] = KEYS("a cost", flow),
    [RC_RISKS] = KEYS("a risk", risk),
    [RC_OUTPUTS] = KEYS("an output", output),
    [RC_FUNCTIONS] = KEYS("a function", function),
};

const char *const rc_section_name[RC_SECTION_COUNT + 1] = {
    [RC_FACTORS] = "factors", [RC_INPUTS] = "inputs",     [RC_LEVERS] = "levers",
    [RC_SERIES] = "series",   [RC_BENEFITS] = "benefits", [RC_COSTS] = "costs",
    [RC_RISKS] = "risks",     [RC_OUTPUTS] = "outputs",   [RC_FUNCTIONS] = "functions",
};

const rc_key *rc_key_find(const rc_keys *keys, const char *name) {
    for (size_t i = 0; i < keys->n; i++)
        if (strcmp(keys->rows[i].name, name) == 0)
            return &keys->rows[i];
    return NULL;
}
