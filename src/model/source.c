/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading model files whole. A file that cannot be used is refused here, before anything looks at
 * its text; what is wrong inside the text is for yaml.c to say. */
#include "model/source.h"

#include "model/sha256.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST = 64 << 20 };

/* Paths longer than this are shown by their end, so that the reason still fits into the message. */
enum { SHOWN_PATH = 150 };

static rc_status cannot(rc_error *err, const char *path, const char *reason) {
    size_t length = strlen(path);
    const char *from = path;
    if (length > SHOWN_PATH) {
        from = path + length - SHOWN_PATH;
        while (((unsigned char)*from & 0xC0) == 0x80)
            from++;
    }
    return rc_fail(err, RC_IO, "cannot read `%s%s`: %s", from == path ? "" : "…", from, reason);
}

static const char *reason_of(int code) {
    switch (code) {
    case ENOENT: return "there is no such file";
    case ENOTDIR: return "a part of the path is not a folder";
    case EISDIR: return "it is a folder; name the file in it";
    case EACCES:
    case EPERM: return "no permission to read it";
    default: return "the system refused";
    }
}

static rc_source *new_source(const char *name, char *bytes, size_t length, rc_arena *arena) {
    rc_source *source = RC_NEW(arena, rc_source, 1);
    source->name = rc_arena_strdup(arena, name);
    source->bytes = bytes;
    source->length = length;
    rc_sha256_hex(bytes, length, source->sha256);
    return source;
}

/* Read to the end of file, LARGEST + 1 bytes at most. The buffer is the caller's to free. */
static bool read_all(FILE *file, rc_text *out, int *code) {
    char block[1 << 14];
    for (;;) {
        errno = 0;
        size_t n = fread(block, 1, sizeof block, file);
        if (n > 0)
            rc_text_add_n(out, block, n);
        if (out->length > LARGEST)
            return true;
        if (n < sizeof block) {
            *code = errno;
            return !ferror(file);
        }
    }
}

rc_status rc_source_read(const char *path, rc_arena *arena, rc_source **out, rc_error *err) {
    *out = NULL;
    bool standard = strcmp(path, "-") == 0;
    const char *name = standard ? "<stdin>" : path;
    if (path[0] == '\0')
        return cannot(err, path, "the file name is empty");
    errno = 0;
    FILE *file = standard ? stdin : fopen(path, "rb");
    if (file == NULL)
        return cannot(err, name, reason_of(errno));
    rc_text text = {0};
    int code = 0;
    bool good = read_all(file, &text, &code);
    if (!standard)
        fclose(file);
    rc_status status = RC_OK;
    if (!good)
        status = cannot(err, name, reason_of(code));
    else if (text.length > LARGEST)
        status = cannot(err, name, "it is larger than 64 MiB; a model is a text of a few pages");
    else
        *out = rc_source_text(name, text.bytes == NULL ? "" : text.bytes, text.length, arena);
    rc_text_free(&text);
    return status;
}

rc_source *rc_source_text(const char *name, const char *text, size_t length, rc_arena *arena) {
    char *bytes = RC_NEW(arena, char, length + 1);
    if (length > 0)
        memcpy(bytes, text, length);
    bytes[length] = '\0';
    return new_source(name, bytes, length, arena);
}
