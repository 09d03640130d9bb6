/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which characters may stand in a name, and which ones only look like the signs of a formula.
 *
 * Names take letters of any script. Instead of Unicode's tables of letters this is a list of what
 * is refused from U+0080 on: spaces, punctuation, symbols, full-width forms, invisible letters,
 * private use. A letter of a script that is encoded next year is a letter here today. */
#include "model/lexer.h"

#include <stdio.h>
#include <string.h>

static const struct {
    int32_t from, to;
} refused[] = {
    {0x0080, 0x00A9},    /* controls, no-break space, Latin-1 signs up to © */
    {0x00AB, 0x00B4},    /* « ... ´ */
    {0x00B6, 0x00B9},    /* ¶ · ¸ ¹ */
    {0x00BB, 0x00BF},    /* » fractions ¿ */
    {0x00D7, 0x00D7},    /* × */
    {0x00F7, 0x00F7},    /* ÷ */
    {0x02C2, 0x02C5},    /* modifier arrows */
    {0x02D2, 0x02DF},    /* modifier signs */
    {0x037E, 0x037E},    /* Greek question mark */
    {0x0387, 0x0387},    /* Greek middle dot */
    {0x055A, 0x055F},    /* Armenian punctuation */
    {0x0589, 0x058F},    /* */
    {0x05BE, 0x05BE},    /* Hebrew punctuation */
    {0x05F3, 0x05F4},    /* */
    {0x0600, 0x060F},    /* Arabic signs */
    {0x061B, 0x061F},    /* */
    {0x066A, 0x066D},    /* Arabic per cent ... */
    {0x06D4, 0x06D4},    /* */
    {0x0700, 0x070F},    /* Syriac punctuation */
    {0x0964, 0x0965},    /* danda */
    {0x0E3F, 0x0E3F},    /* baht */
    {0x0E4F, 0x0E4F},    /* */
    {0x104A, 0x104F},    /* Myanmar punctuation */
    {0x115F, 0x1160},    /* invisible Hangul fillers */
    {0x1360, 0x1368},    /* Ethiopic punctuation */
    {0x1680, 0x1680},    /* Ogham space */
    {0x17B4, 0x17B5},    /* invisible Khmer vowels */
    {0x17D4, 0x17DB},    /* Khmer punctuation, riel */
    {0x1800, 0x180E},    /* Mongolian punctuation, invisible separators */
    {0x2000, 0x2BFF},    /* punctuation, super- and subscripts, currencies, letter-like signs,
                            arrows, mathematics, boxes, dingbats, braille */
    {0x2E00, 0x2E7F},    /* more punctuation */
    {0x2FF0, 0x3004},    /* description of ideographs, wide space, 、。 */
    {0x3008, 0x3020},    /* brackets */
    {0x3030, 0x3030},    /* wavy dash */
    {0x3036, 0x3037},    /* */
    {0x303D, 0x3040},    /* */
    {0x309B, 0x309C},    /* */
    {0x30A0, 0x30A0},    /* */
    {0x30FB, 0x30FB},    /* middle dot */
    {0x3164, 0x3164},    /* invisible Hangul filler */
    {0x3200, 0x33FF},    /* enclosed and squared */
    {0x4DC0, 0x4DFF},    /* hexagrams */
    {0xA4FE, 0xA4FF},    /* Lisu punctuation */
    {0xD800, 0xF8FF},    /* surrogates, private use */
    {0xFD3E, 0xFD3F},    /* ornate brackets */
    {0xFDD0, 0xFDEF},    /* not characters */
    {0xFDFC, 0xFDFF},    /* rial */
    {0xFE00, 0xFE6F},    /* variation selectors, vertical and small punctuation */
    {0xFEFF, 0xFFFF},    /* byte order mark, full-width and half-width forms, specials */
    {0x1D173, 0x1D17A},  /* invisible musical signs */
    {0x1F000, 0x1FAFF},  /* pictures */
    {0xE0000, 0x10FFFF}, /* tags, private use */
};

bool rc_name_letter(int32_t c) {
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    for (size_t i = 0; i < sizeof refused / sizeof *refused && c >= refused[i].from; i++)
        if (c <= refused[i].to)
            return false;
    return true;
}

bool rc_code_invisible(int32_t c) {
    return c == 0x85 || c == 0xA0 || c == 0xAD || c == 0x034F || c == 0x061C || c == 0x115F ||
           c == 0x1160 || c == 0x1680 || c == 0x180E || (c >= 0x2000 && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202F) || (c >= 0x205F && c <= 0x206F) || c == 0x3000 ||
           c == 0x3164 || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF || c == 0xFFA0;
}

static const struct {
    int32_t code;
    const char *plain, *kind;
} look_alikes[] = {
    {0xA5, "", "currency sign"},
    {0xA3, "", "currency sign"},
    {0xB2, "^2", NULL},
    {0xB3, "^3", NULL},
    {0xB7, "*", NULL},
    {0xD7, "*", NULL},
    {0xF7, "/", NULL},
    {0x2010, "-", "typographic hyphen"},
    {0x2011, "-", "typographic hyphen"},
    {0x2012, "-", "typographic dash"},
    {0x2013, "-", "typographic dash"},
    {0x2014, "-", "typographic dash"},
    {0x2015, "-", "typographic dash"},
    {0x2018, "'", "curly quote"},
    {0x2019, "'", "curly quote"},
    {0x201A, "'", "curly quote"},
    {0x201C, "\"", "curly quote"},
    {0x201D, "\"", "curly quote"},
    {0x201E, "\"", "curly quote"},
    {0xAB, "\"", "quote"},
    {0xBB, "\"", "quote"},
    {0x2026, "the rest", NULL},
    {0x2044, "/", NULL},
    {0x20AC, "", "currency sign"},
    {0x2212, "-", "typographic minus"},
    {0x2215, "/", NULL},
    {0x2217, "*", NULL},
    {0x2219, "*", NULL},
    {0x221A, "sqrt( )", NULL},
    {0x22C5, "*", NULL},
    {0x2260, "!=", NULL},
    {0x2264, "<=", NULL},
    {0x2265, ">=", NULL},
    {0x3001, ",", NULL},
    {0x3002, ".", NULL},
    {0x300C, "\"", "quote"},
    {0x300D, "\"", "quote"},
    {0x3010, "[", NULL},
    {0x3011, "]", NULL},
    {0x3014, "[", NULL},
    {0x3015, "]", NULL},
    {0xFFE5, "", "currency sign"},
    {0xFFE1, "", "currency sign"},
};

const char *rc_code_plain(int32_t c, const char **kind, char room[8]) {
    if (c >= 0xFF01 && c <= 0xFF5E) { /* the printable ASCII characters, wide */
        *kind = "full-width";
        room[0] = (char)(c - 0xFF01 + '!');
        room[1] = '\0';
        return room;
    }
    for (size_t i = 0; i < sizeof look_alikes / sizeof *look_alikes; i++)
        if (look_alikes[i].code == c) {
            *kind = look_alikes[i].kind;
            return look_alikes[i].plain;
        }
    return NULL;
}

bool rc_name_reserved(const char *text) {
    static const char *const words[] = {"to", "and", "or", "not",    "true",  "false",
                                        "t",  "tm",  "dt", "period", "years", "pi"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(text, words[i]) == 0)
            return true;
    return false;
}

bool rc_name_valid(const char *text) {
    size_t n = strlen(text);
    if (n == 0 || rc_name_reserved(text))
        return false;
    for (size_t i = 0, bytes; i < n; i += bytes) {
        int32_t c = rc_utf8_decode(text + i, n - i, &bytes);
        bool digit = c >= '0' && c <= '9';
        if (c < 0 || (digit ? i == 0 : !rc_name_letter(c)))
            return false;
    }
    return true;
}

const char *rc_code_name(int32_t c) {
    switch (c) {
    case 0xA0:
    case 0x202F: return "no-break space";
    case 0x3000: return "wide space";
    case 0x200B: return "zero-width space";
    case 0xFEFF: return "byte order mark";
    case 0xAD: return "soft hyphen";
    case 0x2028:
    case 0x2029: return "line separator";
    case 0x200E:
    case 0x200F: return "direction mark";
    default: return "a space of its own kind, or a mark";
    }
}
