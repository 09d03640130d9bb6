/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _POSIX_C_SOURCE 200809L
#include "cli/terminal.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

bool rc_terminal_is(int fd) {
    return isatty(fd) == 1;
}

bool rc_terminal_color(const rc_arguments *arguments, int fd) {
    const char *when = rc_option_get(arguments, "color")->text;
    if (when != NULL && strcmp(when, "auto") != 0)
        return strcmp(when, "always") == 0;
    const char *none = getenv("NO_COLOR"), *term = getenv("TERM");
    if ((none != NULL && *none != '\0') || (term != NULL && strcmp(term, "dumb") == 0))
        return false;
    return rc_terminal_is(fd);
}

void rc_terminal_say(const char *format, ...) {
    va_list args;
    va_start(args, format);
    fputs("roicast: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
}

void rc_terminal_error(const rc_error *err) {
    const char *message = err->message[0] != '\0' ? err->message : rc_status_text(err->status);
    if (err->source[0] != '\0' && err->line > 0)
        fprintf(stderr, "%s:%d:%d: error: %s\n", err->source, err->line, err->column, message);
    else if (err->source[0] != '\0')
        fprintf(stderr, "roicast: %s: %s\n", err->source, message);
    else
        fprintf(stderr, "roicast: %s\n", message);
}

/* ---- Progress ---- */

enum { BAR = 40 };

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

void rc_progress_start(rc_progress *p, bool wanted) {
    const char *term = getenv("TERM");
    bool dumb = term != NULL && strcmp(term, "dumb") == 0; /* cannot wipe a line */
    *p =
        (rc_progress){.wanted = wanted && !dumb && rc_terminal_is(STDERR_FILENO), .started = now()};
}

/** "3 s", "2 min 10 s", "1 h 5 min" */
static void time_left(char *out, size_t size, double seconds) {
    long s = (long)(seconds + 0.999);
    if (s < 60)
        snprintf(out, size, "%ld s", s);
    else if (s < 3600)
        snprintf(out, size, "%ld min %ld s", s / 60, s % 60);
    else if (s < 100 * 3600L)
        snprintf(out, size, "%ld h %ld min", s / 3600, s / 60 % 60);
    else
        snprintf(out, size, "days");
}

void rc_progress_show(rc_progress *p, double share) {
    double passed = now() - p->started;
    if (!p->wanted || passed < 0.5 || !(share > 0) || share > 1)
        return;
    char left[48];
    time_left(left, sizeof left, passed * (1 - share) / share);
    int full = (int)(share * BAR);
    fputs("\r\x1b[K", stderr);
    for (int i = 0; i < BAR; i++)
        fputs(i < full ? "█" : "░", stderr);
    fprintf(stderr, " %3d%%  %s left%s", (int)(share * 100), left, p->note);
    fflush(stderr);
    p->shown = true;
}

void rc_progress_end(rc_progress *p) {
    if (p->shown)
        fputs("\r\x1b[K", stderr);
    p->shown = false;
}
