/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Estimates of the R package decisionSupport: a table of variable, distribution, lower, upper (5 %
 * and 95 % quantiles), with optional label, description, median and method; and NAME_cor.csv, the
 * correlations of the normals behind them.
 *
 * Its uniform is lower - 0.05 w to upper + 0.05 w with w = upper - lower, whose inner 90.9 % are
 * lower to upper; --compat repeats that. Its posnorm and tnorm_0_1 are normals truncated to
 * positive values, or to 0 to 1, solved so that 5 % and 95 % are met. */
#include "dist/dist.h"
#include "interop/importer.h"
#include "interop/truncated.h"
#include "model/csv.h"
#include "model/syntax.h"

#include <math.h>
#include <string.h>

enum { VARIABLE, DISTRIBUTION, LOWER, UPPER, MEDIAN, METHOD, LABEL, DESCRIPTION, N_COLUMNS };
static const char *const column_names[N_COLUMNS] = {
    "variable", "distribution", "lower", "upper", "median", "method", "label", "description"};

typedef struct estimates {
    rc_import *im;
    size_t column[N_COLUMNS]; /* SIZE_MAX: not there */
    const char **variables;   /* [n] as in the table */
    const char **names;       /* [n] as in the model */
    bool *drawn;              /* [n] no constant */
    size_t n;
} estimates;

/** One row. */
typedef struct estimate {
    const rc_csv_row *row;
    rc_mark mark; /* of the distribution */
    double lower, upper, median;
} estimate;

static bool is_missing(const char *text) {
    return text[0] == '\0' || strcmp(text, "NA") == 0;
}

static const rc_csv_cell *cell(const estimates *e, const rc_csv_row *row, int column) {
    static const rc_csv_cell none = {.text = ""};
    size_t at = e->column[column];
    return at < row->n ? &row->cells[at] : &none;
}

/* ---- Distributions ---- */

typedef bool writer(estimates *e, const estimate *x, rc_text *out);

static bool write_form(rc_text *out, const char *form, const estimate *x) {
    for (; *form != '\0'; form++)
        if (*form == 'L' || *form == 'U' || *form == 'M')
            rc_import_number(out, *form == 'L' ? x->lower : *form == 'U' ? x->upper : x->median);
        else
            rc_text_add_n(out, form, 1);
    return true;
}

static bool write_const(estimates *e, const estimate *x, rc_text *out) {
    if (x->lower == x->upper)
        return write_form(out, "L", x);
    rc_diag_error(e->im->diags, x->mark, "write the same number twice, or another distribution",
                  "a constant has two values, %g and %g", x->lower, x->upper);
    return false;
}

static bool write_uniform(estimates *e, const estimate *x, rc_text *out) {
    double margin = 0.05 * (x->upper - x->lower);
    estimate quirk = {.lower = x->lower - margin, .upper = x->upper + margin};
    return e->im->compat ? write_form(out, "uniform(L, U)", &quirk)
                         : write_form(out, "uniform(p5=L, p95=U)", x);
}

static bool write_truncated(estimates *e, const estimate *x, rc_text *out, double low,
                            double high) {
    double mean, sd;
    if (!rc_truncated_normal(x->lower, x->upper, low, high, &mean, &sd)) {
        rc_diag_error(e->im->diags, x->mark, "lognormal or beta may say what is meant",
                      "no normal truncated at %g has its 5%% at %g and its 95%% at %g", low,
                      x->lower, x->upper);
        return false;
    }
    rc_text_addf(out, "truncate(normal(%.12g, %.12g), lower=%g", mean, sd, low);
    if (isfinite(high))
        rc_text_addf(out, ", upper=%g", high);
    rc_text_add(out, ")");
    return true;
}

static bool write_posnorm(estimates *e, const estimate *x, rc_text *out) {
    return write_truncated(e, x, out, 0, INFINITY);
}

static bool write_tnorm(estimates *e, const estimate *x, rc_text *out) {
    return write_truncated(e, x, out, 0, 1);
}

static const struct {
    const char *name;
    const char *form; /* L, U, M stand for lower, upper, median */
    writer *write;    /* where a form is not enough */
    bool median;      /* it needs one */
    bool symmetric;   /* its median lies in the middle */
} families[] = {
    {"const", NULL, write_const, false, false},
    {"norm", "normal(p5=L, p95=U)", NULL, false, true},
    {"posnorm", NULL, write_posnorm, false, false},
    {"tnorm_0_1", NULL, write_tnorm, false, false},
    {"lnorm", "lognormal(p5=L, p95=U)", NULL, false, false},
    {"unif", NULL, write_uniform, false, true},
    {"beta", "beta(p5=L, p95=U)", NULL, false, false},
    {"gamma", "gamma(p5=L, p95=U)", NULL, false, false},
    {"weibull", "weibull(p5=L, p95=U)", NULL, false, false},
    {"logis", "logistic(p5=L, p95=U)", NULL, false, true},
    {"cauchy", "cauchy(p5=L, p95=U)", NULL, false, true},
    {"triang", "triangular(p5=L, p50=M, p95=U)", NULL, true, false},
};
enum { N_FAMILIES = sizeof families / sizeof *families };

static bool write_value(estimates *e, const estimate *x, const char *name, rc_text *out) {
    const char *names[N_FAMILIES];
    size_t i = 0;
    for (; i < N_FAMILIES && strcmp(families[i].name, name) != 0; i++)
        ;
    if (i == N_FAMILIES) {
        for (size_t k = 0; k < N_FAMILIES; k++)
            names[k] = families[k].name;
        const char *near = rc_nearest_name(name, names, N_FAMILIES);
        rc_diag_error(e->im->diags, x->mark,
                      near != NULL
                          ? rc_arena_printf(e->im->diags->arena, "did you mean `%s`?", near)
                          : "const, norm, posnorm, tnorm_0_1, lnorm, unif, beta, gamma, "
                            "weibull, logis, cauchy and triang are read",
                      "the distribution `%.40s` cannot be taken over", name);
        return false;
    }
    if (families[i].median && isnan(x->median)) {
        rc_diag_error(e->im->diags, x->mark, "fill in `median`", "%s needs a median too", name);
        return false;
    }
    double middle = (x->lower + x->upper) / 2, slack = 0.05 * (x->upper - x->lower);
    bool as_it_is = families[i].symmetric && fabs(x->median - middle) <= slack;
    if (!families[i].median && !isnan(x->median) && !as_it_is)
        rc_diag_warning(e->im->diags, NULL, x->mark, NULL,
                        "the median %g is not used: %s is fixed by its 5%% and 95%%", x->median,
                        name);
    return families[i].write != NULL ? families[i].write(e, x, out)
                                     : write_form(out, families[i].form, x);
}

/* ---- The table ---- */

static bool read_number(estimates *e, const rc_csv_cell *c, rc_mark mark, const char *what,
                        double *out) {
    if (rc_number_parse(c->text, out))
        return true;
    if (c->text[0] == '\0') /* perhaps not there at all */
        rc_diag_error(e->im->diags, c->mark.source != NULL ? c->mark : mark, NULL,
                      "`%s` is empty; it must be a number", what);
    else
        rc_diag_error(e->im->diags, c->mark, "the decimal sign is the point; no thousands comma",
                      "`%s` is `%.40s`; it must be a number", what, c->text);
    return false;
}

static bool read_estimate(estimates *e, const rc_csv_row *row, estimate *x) {
    const rc_csv_cell *median = cell(e, row, MEDIAN);
    x->row = row;
    x->mark = cell(e, row, DISTRIBUTION)->mark;
    x->median = NAN;
    bool good = read_number(e, cell(e, row, LOWER), x->mark, "lower", &x->lower);
    good = read_number(e, cell(e, row, UPPER), x->mark, "upper", &x->upper) && good;
    if (good && strcmp(median->text, "mean") == 0)
        x->median = (x->lower + x->upper) / 2;
    else if (good && !is_missing(median->text))
        good = read_number(e, median, x->mark, "median", &x->median);
    if (good && x->lower > x->upper) {
        rc_diag_error(e->im->diags, cell(e, row, LOWER)->mark, NULL, "lower %g lies above upper %g",
                      x->lower, x->upper);
        good = false;
    }
    return good;
}

static bool add_entry(estimates *e, const rc_csv_row *row) {
    const rc_csv_cell *variable = cell(e, row, VARIABLE);
    const char *distribution = cell(e, row, DISTRIBUTION)->text;
    for (size_t i = 0; i < e->n; i++)
        if (strcmp(e->variables[i], variable->text) == 0) {
            rc_diag_error(e->im->diags, variable->mark, NULL, "the variable `%.60s` stands twice",
                          variable->text);
            return false;
        }
    estimate x;
    if (!read_estimate(e, row, &x))
        return false;
    const char *name = rc_import_name(e->im, variable->text);
    const char *label = cell(e, row, LABEL)->text;
    e->variables[e->n] = variable->text;
    e->names[e->n] = name;
    e->drawn[e->n++] = strcmp(distribution, "const") != 0;
    rc_text *out = &e->im->model;
    rc_text_addf(out, "  %s:\n    value: ", name);
    size_t begin = out->length;
    if (!write_value(e, &x, distribution, out))
        return false;
    const char *refused = rc_import_refused(e->im, out->bytes + begin);
    if (refused != NULL) {
        rc_diag_error(e->im->diags, x.mark, NULL, "%s", refused);
        return false;
    }
    rc_text_add(out, "\n");
    if (is_missing(label) && strcmp(name, variable->text) != 0)
        label = variable->text;
    rc_import_line(out, 4, "label", is_missing(label) ? "" : label);
    rc_import_line(out, 4, "note", cell(e, row, DESCRIPTION)->text);
    return true;
}

static bool read_header(estimates *e, const rc_csv_row *header) {
    rc_arena *arena = e->im->diags->arena;
    const char **names = RC_NEW(arena, const char *, header->n);
    for (size_t i = 0; i < header->n; i++)
        names[i] = header->cells[i].text;
    for (int k = 0; k < N_COLUMNS; k++) {
        e->column[k] = SIZE_MAX;
        for (size_t i = 0; i < header->n; i++)
            if (strcmp(names[i], column_names[k]) == 0 ||
                (k == DESCRIPTION && strcmp(names[i], "Description") == 0))
                e->column[k] = i;
        if (k <= UPPER && e->column[k] == SIZE_MAX) {
            const char *near = rc_nearest_name(column_names[k], names, header->n);
            rc_diag_error(e->im->diags, header->cells[0].mark,
                          near != NULL ? rc_arena_printf(arena, "is it `%s`?", near) : NULL,
                          "no column `%s`", column_names[k]);
            return false;
        }
    }
    return true;
}

/* ---- Correlations ---- */

static size_t variable_of(const estimates *e, const rc_csv_cell *c) {
    for (size_t i = 0; i < e->n; i++)
        if (strcmp(e->variables[i], c->text) == 0)
            return i;
    rc_diag_error(e->im->diags, c->mark, NULL, "`%.60s` is no variable of the estimates", c->text);
    return SIZE_MAX;
}

static bool add_pair(estimates *e, const rc_csv_cell *c, size_t a, size_t b, bool *any) {
    double r;
    if (!read_number(e, c, c->mark, "correlation", &r))
        return false;
    if (!(r >= -1 && r <= 1)) {
        rc_diag_error(e->im->diags, c->mark, NULL, "a correlation of %g; -1 to 1 are possible", r);
        return false;
    }
    if (r == 0)
        return true;
    if (!e->drawn[a] || !e->drawn[b]) {
        rc_diag_error(e->im->diags, c->mark, "write 0", "a constant cannot be correlated");
        return false;
    }
    if (!*any)
        rc_text_add(&e->im->model, "correlations: # rank correlations, from those of normals\n");
    *any = true;
    rc_text_addf(&e->im->model, "  - [%s, %s, ", e->names[a], e->names[b]);
    rc_import_number(&e->im->model, rc_import_rank_correlation(r));
    rc_text_add(&e->im->model, "]\n");
    return true;
}

/* The lower triangle; the upper one must mirror it. */
static bool add_correlations(estimates *e) {
    const rc_csv_row *rows;
    size_t n;
    bool any = false;
    if (!rc_csv_rows(e->im->correlations, e->im->diags, &rows, &n))
        return false;
    for (size_t i = 1; i < n; i++) {
        if (n != rows[0].n || rows[i].n != n) {
            rc_diag_error(e->im->diags, rows[i].cells[0].mark, NULL,
                          "the matrix of correlations must be square: %zu names, %zu rows, here "
                          "%zu cells",
                          rows[0].n - 1, n - 1, rows[i].n - 1);
            return false;
        }
        if (strcmp(rows[i].cells[0].text, rows[0].cells[i].text) != 0) {
            rc_diag_error(e->im->diags, rows[i].cells[0].mark, NULL,
                          "row %zu is `%.60s`, but column %zu is `%.60s`; both need the same order",
                          i, rows[i].cells[0].text, i, rows[0].cells[i].text);
            return false;
        }
        size_t a = variable_of(e, &rows[i].cells[0]);
        for (size_t j = 1; j < i && a != SIZE_MAX; j++) {
            const rc_csv_cell *c = &rows[i].cells[j], *mirror = &rows[j].cells[i];
            size_t b = variable_of(e, &rows[0].cells[j]);
            double x, y;
            if (b == SIZE_MAX || !add_pair(e, c, a, b, &any))
                return false;
            if (rc_number_parse(c->text, &x) && rc_number_parse(mirror->text, &y) && x != y) {
                rc_diag_error(e->im->diags, mirror->mark, NULL,
                              "the matrix must be symmetric: %g here, %g on the other side", y, x);
                return false;
            }
        }
        if (a == SIZE_MAX)
            return false;
    }
    return true;
}

/* ---- The file ---- */

static bool recognises(const rc_source *source) {
    const char *end = strpbrk(source->bytes, "\r\n");
    size_t n = end != NULL ? (size_t)(end - source->bytes) : source->length;
    const char *variable = strstr(source->bytes, "variable");
    const char *distribution = strstr(source->bytes, "distribution");
    return variable != NULL && distribution != NULL && variable < source->bytes + n &&
           distribution < source->bytes + n;
}

/* Spreadsheets of old end lines with a carriage return alone. */
static const rc_source *with_line_feeds(const rc_source *source, rc_arena *arena) {
    if (memchr(source->bytes, '\n', source->length) != NULL)
        return source;
    char *bytes = rc_arena_strdup(arena, source->bytes);
    for (char *c = bytes; *c != '\0'; c++)
        *c = *c == '\r' ? '\n' : *c;
    return rc_source_text(source->name, bytes, strlen(bytes), arena);
}

static bool read_estimates(rc_import *im, const rc_source *source) {
    const rc_csv_row *rows;
    size_t n;
    estimates e = {.im = im};
    source = with_line_feeds(source, im->diags->arena);
    if (!rc_csv_rows(source, im->diags, &rows, &n))
        return false;
    if (n == 0)
        rc_diag_error(im->diags, (rc_mark){.source = source},
                      "variable,distribution,lower,upper stand in its first line",
                      "the file is empty");
    if (n == 0 || !read_header(&e, &rows[0]))
        return false;
    e.variables = RC_NEW(im->diags->arena, const char *, n);
    e.names = RC_NEW(im->diags->arena, const char *, n);
    e.drawn = RC_NEW(im->diags->arena, bool, n);
    bool good = true;
    rc_text_add(&im->model, "roicast: 1\n");
    const char *slash = strrchr(source->name, '/');
    rc_import_line(&im->model, 0, "title", slash != NULL ? slash + 1 : source->name);
    rc_text_add(&im->model, "inputs:\n");
    for (size_t i = 1; i < n; i++)
        if (cell(&e, &rows[i], VARIABLE)->text[0] != '\0') /* others are headings */
            good = add_entry(&e, &rows[i]) && good;
    if (good && e.n == 0) {
        rc_diag_error(im->diags, rows[0].cells[0].mark, NULL, "the table has no variables");
        return false;
    }
    return good && (im->correlations == NULL || add_correlations(&e));
}

const rc_importer_type rc_importer_decisionsupport = {
    .name = "decisionsupport",
    .summary = "CSV of estimates (variable, distribution, lower, upper), and its _cor.csv",
    .recognises = recognises,
    .read = read_estimates,
};
