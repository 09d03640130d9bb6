/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files, their digests, and how mistakes are shown. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/csv.h"
#include "model/sha256.h"
#include "model/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static rc_arena *arena;

static int begin(void **state) {
    (void)state;
    arena = rc_arena_new();
    return 0;
}

static int end(void **state) {
    (void)state;
    rc_arena_free(arena);
    return 0;
}

/* Known answers: FIPS 180-4 examples ("abc", two blocks, a million a) and the lengths around a
 * block, which Python's hashlib computed. */
static void sha256_known_answers(void **state) {
    (void)state;
    char hex[65];
    rc_sha256_hex("", 0, hex);
    assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    rc_sha256_hex("abc", 3, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    const char *two = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    rc_sha256_hex(two, strlen(two), hex);
    assert_string_equal(hex, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    char *many = malloc(1000000);
    assert_non_null(many);
    memset(many, 'a', 1000000);
    rc_sha256_hex(many, 1000000, hex);
    assert_string_equal(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    static const struct {
        size_t n;
        const char *hex;
    } around[] = {
        {55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"},
        {56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"},
        {63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"},
        {64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"},
        {65, "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0"},
        {119, "31eba51c313a5c08226adf18d4a359cfdfd8d2e816b13f4af952f7ea6584dcfb"},
        {120, "2f3d335432c70b580af0e8e1b3674a7c020d683aa5f73aaaedfdc55af904c21c"},
        {128, "6836cf13bac400e9105071cd6af47084dfacad4e5e302c94bfed24e013afb73e"},
    };
    for (size_t i = 0; i < sizeof around / sizeof *around; i++) {
        rc_sha256_hex(many, around[i].n, hex);
        assert_string_equal(hex, around[i].hex);
    }
    free(many);
}

static void files_that_cannot_be_read(void **state) {
    (void)state;
    rc_source *source;
    rc_error err = {0};
    assert_int_equal(rc_source_read("no/such/model.yaml", arena, &source, &err), RC_IO);
    assert_null(source);
    assert_string_equal(err.message, "cannot read `no/such/model.yaml`: there is no such file");
    err = (rc_error){0};
    assert_int_equal(rc_source_read(RC_SOURCE_DIR "/src", arena, &source, &err), RC_IO);
    assert_non_null(strstr(err.message, "it is a folder"));
    err = (rc_error){0};
    assert_int_equal(rc_source_read("", arena, &source, &err), RC_IO);
    assert_non_null(strstr(err.message, "empty"));
    char path[1000];
    memset(path, 'p', sizeof path);
    path[999] = '\0';
    err = (rc_error){0};
    assert_int_equal(rc_source_read(path, arena, &source, &err), RC_IO);
    assert_non_null(strstr(err.message, "…ppp"));
    assert_non_null(strstr(err.message, "`: ")); /* the reason is not cut off */
    FILE *endless = fopen("/dev/zero", "rb");
    if (endless != NULL) {
        fclose(endless);
        err = (rc_error){0};
        assert_int_equal(rc_source_read("/dev/zero", arena, &source, &err), RC_IO);
        assert_non_null(strstr(err.message, "larger than 64 MiB"));
    }
}

static void files_are_read_whole(void **state) {
    (void)state;
    char name[] = "test_source.tmp";
    FILE *file = fopen(name, "wb");
    assert_non_null(file);
    for (int i = 0; i < 100000; i++)
        fputc(i % 256, file);
    fclose(file);
    rc_source *source;
    rc_error err = {0};
    assert_int_equal(rc_source_read(name, arena, &source, &err), RC_OK);
    assert_int_equal(source->length, 100000);
    assert_int_equal((unsigned char)source->bytes[99999], 99999 % 256);
    assert_int_equal(source->bytes[100000], 0);
    assert_string_equal(source->name, name);
    char hex[65];
    rc_sha256_hex(source->bytes, source->length, hex);
    assert_string_equal(source->sha256, hex);
    remove(name);
}

static void shows(const rc_diags *d, bool color, const char *expected) {
    rc_text out = {0};
    rc_diags_print(d, color, &out);
    assert_string_equal(out.bytes, expected);
    rc_text_free(&out);
}

static rc_source *text(const char *s) {
    return rc_source_text("m.yaml", s, strlen(s), arena);
}

static void a_mistake_as_people_see_it(void **state) {
    (void)state;
    rc_source *source = text("a: 1\nb: 2 * trainig\n");
    rc_diags d = {.arena = arena};
    rc_diag_error(&d, (rc_mark){source, 2, 8, 7}, "did you mean `training`?", "unknown name `%s`",
                  "trainig");
    shows(&d, false,
          "m.yaml:2:8: error: unknown name `trainig`\n"
          "     2 | b: 2 * trainig\n"
          "       |        ^^^^^^^\n"
          "       = did you mean `training`?\n");
    shows(&d, true,
          "\033[1mm.yaml:2:8:\033[0m \033[1;31merror:\033[0m unknown name `trainig`\n"
          "     2 | b: 2 * trainig\n"
          "       |        \033[1;31m^^^^^^^\033[0m\n"
          "       = did you mean `training`?\n");
}

/* The caret stands under what it means, whatever the width of what stands before. */
static void carets_and_wide_characters(void **state) {
    (void)state;
    rc_source *source = text("培训: x\n\ta: x\nе\xCC\x81: x\r\n\xFF\x1B: x\n");
    rc_diags d = {.arena = arena};
    rc_diag_error(&d, (rc_mark){source, 1, 5, 1}, NULL, "wide");
    rc_diag_error(&d, (rc_mark){source, 2, 5, 1}, NULL, "tab");
    rc_diag_error(&d, (rc_mark){source, 3, 5, 1}, NULL, "combining");
    rc_diag_error(&d, (rc_mark){source, 4, 5, 0}, NULL, "controls");
    rc_diag_error(&d, (rc_mark){source, 4, 9, 0}, NULL, "behind the end");
    shows(&d, false,
          "m.yaml:1:5: error: wide\n     1 | 培训: x\n       |       ^\n"
          "m.yaml:2:5: error: tab\n     2 |     a: x\n       |        ^\n"
          "m.yaml:3:5: error: combining\n     3 | е\xCC\x81: x\n       |    ^\n"
          "m.yaml:4:5: error: controls\n     4 | ��: x\n       |     ^\n"
          "m.yaml:4:9: error: behind the end\n     4 | ��: x\n       |      ^\n");
}

static void long_lines_are_cut_around_the_caret(void **state) {
    (void)state;
    char line[400];
    for (int i = 0; i < 399; i++)
        line[i] = (char)('a' + i % 26);
    line[399] = '\0';
    rc_source *source = text(line);
    rc_diags d = {.arena = arena};
    rc_diag_error(&d, (rc_mark){source, 1, 201, 3}, NULL, "here");
    rc_text out = {0};
    rc_diags_print(&d, false, &out);
    const char *second = strchr(out.bytes, '\n') + 1, *third = strchr(second, '\n') + 1;
    assert_true(strcspn(second, "\n") < 110);
    const char *caret = strchr(third, '^');
    assert_int_equal(strspn(caret, "^"), 3);
    /* the "…" in front of the line has three bytes and one column */
    size_t column = (size_t)(caret - third) + 2;
    assert_memory_equal(second + column, line + 200, 3);
    rc_text_free(&out);
}

static void many_mistakes_are_counted_and_sorted(void **state) {
    (void)state;
    rc_source *source = text("a\nb\nc\n");
    rc_diags d = {.arena = arena};
    for (int i = 0; i < 23; i++)
        rc_diag_error(&d, (rc_mark){source, (uint32_t)(3 - i % 3), 1, 1}, NULL, "%d", i);
    rc_diag_warning(&d, NULL, (rc_mark){source, 1, 1, 1}, NULL, "note");
    rc_diag_error(&d, (rc_mark){0}, NULL, "no place");
    assert_int_equal(d.n_errors, 24);
    rc_text out = {0};
    rc_diags_print(&d, false, &out);
    const char *at = out.bytes;
    unsigned last = 0;
    int shown = 0;
    for (; (at = strstr(at, "m.yaml:")) != NULL; at++) {
        unsigned line = (unsigned)atoi(at + 7);
        assert_true(line >= last);
        last = line;
        shown++;
    }
    assert_int_equal(shown, RC_DIAG_LIMIT + 1);
    assert_non_null(strstr(out.bytes, "warning: note"));
    assert_non_null(strstr(out.bytes, "\n… and 4 more errors\n"));
    rc_text_free(&out);
}

/* ---- Columns of CSV files ---- */

static const char *csv_message(const char *csv, const char *column, const double **values,
                               size_t *n) {
    FILE *file = fopen("test_source.csv", "wb");
    assert_non_null(file);
    fputs(csv, file);
    fclose(file);
    rc_source *model = text("a: empirical(file=\"test_source.csv\")\n");
    rc_diags *d = RC_NEW(arena, rc_diags, 1);
    d->arena = arena;
    rc_mark mark = {model, 1, 19, 17};
    bool good = rc_csv_column("test_source.csv", mark, column, mark, d, values, n);
    remove("test_source.csv");
    assert_int_equal(good, d->n_errors == 0);
    if (good)
        return "";
    rc_text out = {0};
    rc_diags_print(d, false, &out);
    char *copy = rc_arena_strdup(arena, out.bytes);
    rc_text_free(&out);
    return copy;
}

static void csv_columns(void **state) {
    (void)state;
    const double *x;
    size_t n;
    assert_string_equal(
        csv_message("\xEF\xBB\xBFyear,\"cost, net\"\r\n2020,1.5\r\n\r\n2021,\" -2e3 \"\r\n",
                    "cost, net", &x, &n),
        "");
    assert_int_equal(n, 2);
    assert_true(x[0] == 1.5 && x[1] == -2000);
    assert_string_equal(csv_message("3\n10%\n5k", NULL, &x, &n), "");
    assert_int_equal(n, 3);
    assert_true(x[0] == 3 && x[1] == 0.1 && x[2] == 5000);
    assert_string_equal(csv_message("c\n1\n2\n", NULL, &x, &n), "");
    assert_int_equal(n, 2);
}

static void csv_mistakes(void **state) {
    (void)state;
    const double *x;
    size_t n;
    assert_string_equal(
        csv_message("a,c\n1,2\n3,abc\n", "c", &x, &n),
        "test_source.csv:3:3: error: text `abc` in column c\n"
        "     3 | 3,abc\n"
        "       |   ^^^\n"
        "       = numbers look like 1200, 0.35, 1.2e3 or 10%; delete rows that have "
        "none\n");
    assert_non_null(strstr(csv_message("a,c\n1,NaN\n", "c", &x, &n), "text `NaN` in column c"));
    assert_non_null(strstr(csv_message("a,c\n1,inf\n", "c", &x, &n), "text `inf` in column c"));
    assert_non_null(strstr(csv_message("a,c\n1,\n", "c", &x, &n), "an empty cell in column c"));
    assert_non_null(strstr(csv_message("a,c\n1\n", "c", &x, &n), "this row has 1 of the columns"));
    assert_non_null(strstr(csv_message("a,c\n1,\"1,200\"\n", "c", &x, &n), "no thousands comma"));
    assert_non_null(strstr(csv_message("a,cost\n1,2\n", "cots", &x, &n), "did you mean `cost`?"));
    assert_non_null(strstr(csv_message("a,b\n1,2\n", "zzzzz", &x, &n), "it has `a`, `b`"));
    assert_non_null(strstr(csv_message("a,b\n1,2\n", NULL, &x, &n), "name one: column=\"a\""));
    assert_non_null(strstr(csv_message("a;b\n1;2\n", "b", &x, &n), "semicolons"));
    assert_non_null(strstr(csv_message("a,\"b\n1,2\n", "b", &x, &n), "quote is never closed"));
    assert_non_null(strstr(csv_message("", "b", &x, &n), "is empty"));
    assert_non_null(strstr(csv_message("b\n", "b", &x, &n), "holds no numbers"));
}

static void csv_stands_beside_the_model(void **state) {
    (void)state;
    assert_string_equal(rc_path_beside("models/x.yaml", "d/y.csv", arena), "models/d/y.csv");
    assert_string_equal(rc_path_beside("x.yaml", "y.csv", arena), "y.csv");
    assert_string_equal(rc_path_beside("models/x.yaml", "/y.csv", arena), "/y.csv");
    const double *x;
    size_t n;
    rc_source *model = rc_source_text("no/model.yaml", "a: 1\n", 5, arena);
    rc_diags d = {.arena = arena};
    assert_false(rc_csv_column("y.csv", (rc_mark){model, 1, 4, 1}, "c", (rc_mark){model, 1, 4, 1},
                               &d, &x, &n));
    assert_int_equal(d.n_errors, 1);
    assert_string_equal(d.errors[0].message, "cannot read `no/y.csv`: there is no such file");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha256_known_answers),
        cmocka_unit_test(files_that_cannot_be_read),
        cmocka_unit_test(files_are_read_whole),
        cmocka_unit_test(a_mistake_as_people_see_it),
        cmocka_unit_test(carets_and_wide_characters),
        cmocka_unit_test(long_lines_are_cut_around_the_caret),
        cmocka_unit_test(many_mistakes_are_counted_and_sorted),
        cmocka_unit_test(csv_columns),
        cmocka_unit_test(csv_mistakes),
        cmocka_unit_test(csv_stands_beside_the_model),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
