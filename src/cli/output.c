/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Outputs and Ctrl-C, which meet here: an interrupt must leave no half-written file behind. */
#define _XOPEN_SOURCE 700
#include "cli/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A signal handler can only reach globals. */
static volatile sig_atomic_t interrupts;
static char unfinished[PATH_MAX + 32]; /* the file being written */
static volatile sig_atomic_t has_unfinished;

static void on_interrupt(int signal_number) {
    if (interrupts++ == 0)
        return;
    if (has_unfinished)
        unlink(unfinished);
    _exit(128 + signal_number);
}

void rc_interrupt_watch(void) {
    struct sigaction action = {.sa_handler = on_interrupt};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
}

bool rc_interrupted(void) {
    return interrupts > 0;
}

static rc_status fail(rc_error *err, const char *path, const char *what) {
    return rc_fail(err, RC_IO, "%.160s: cannot %s: %s", path, what, strerror(errno));
}

/** All bytes, or -1 with errno. */
static int write_all(int fd, const char *bytes, size_t n) {
    while (n > 0) {
        ssize_t written = write(fd, bytes, n);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return -1;
        bytes += written;
        n -= (size_t)written;
    }
    return 0;
}

static rc_status to_descriptor(int fd, const char *path, const rc_text *text, rc_error *err) {
    if (write_all(fd, text->bytes, text->length) == 0)
        return RC_OK;
    return errno == EPIPE ? RC_OK : fail(err, path, "write");
}

/** Devices, pipes and the like are written in place. */
static rc_status in_place(const char *path, const rc_text *text, rc_error *err) {
    int fd = open(path, O_WRONLY);
    if (fd < 0)
        return fail(err, path, "open");
    rc_status status = to_descriptor(fd, path, text, err);
    if (close(fd) != 0 && status == RC_OK)
        status = fail(err, path, "write");
    return status;
}

static rc_status give_up(int fd, const char *path, const char *what, rc_error *err) {
    rc_status status = fail(err, path, what);
    if (fd >= 0)
        close(fd);
    unlink(unfinished);
    has_unfinished = 0;
    return status;
}

static rc_status by_renaming(const char *path, mode_t mode, const rc_text *text, rc_error *err) {
    const char *slash = strrchr(path, '/');
    int folder = slash != NULL ? (int)(slash - path) + 1 : 0;
    if (strlen(path) >= PATH_MAX)
        return rc_fail(err, RC_IO, "%.160s...: the name is too long", path);
    snprintf(unfinished, sizeof unfinished, "%.*s.roicast-XXXXXX", folder, path);
    int fd = mkstemp(unfinished);
    if (fd < 0)
        return fail(err, path, "write");
    has_unfinished = 1;
    if (write_all(fd, text->bytes, text->length) != 0 || fchmod(fd, mode) != 0)
        return give_up(fd, path, "write", err);
    if (fsync(fd) != 0 && errno != EINVAL && errno != ENOTSUP)
        return give_up(fd, path, "write", err);
    if (close(fd) != 0)
        return give_up(-1, path, "write", err);
    if (rc_interrupted()) {
        unlink(unfinished);
        has_unfinished = 0;
        return rc_fail(err, RC_INTERRUPTED, "interrupted; nothing was written");
    }
    if (rename(unfinished, path) != 0)
        return give_up(-1, path, "write", err);
    has_unfinished = 0;
    return RC_OK;
}

static rc_status to_file(const char *path, const rc_text *text, rc_error *err) {
    struct stat info;
    if (stat(path, &info) != 0) {
        if (errno != ENOENT)
            return fail(err, path, "write");
        mode_t mask = umask(0);
        umask(mask);
        return by_renaming(path, 0666 & ~mask, text, err);
    }
    if (S_ISDIR(info.st_mode)) {
        errno = EISDIR;
        return fail(err, path, "write");
    }
    if (!S_ISREG(info.st_mode))
        return in_place(path, text, err);
    if (access(path, W_OK) != 0) /* renaming would get around it */
        return fail(err, path, "write");
    char *real = realpath(path, NULL); /* a link stays a link */
    if (real == NULL)
        return fail(err, path, "write");
    rc_status status = by_renaming(real, info.st_mode & 07777, text, err);
    free(real);
    return status;
}

rc_status rc_output_write(const char *path, const rc_text *text, rc_error *err) {
    if (text->length == 0)
        return RC_OK;
    if (path != NULL && strcmp(path, "-") != 0)
        return to_file(path, text, err);
    return to_descriptor(STDOUT_FILENO, "standard output", text, err);
}
