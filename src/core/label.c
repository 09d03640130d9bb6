/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/label.h"

#include <string.h>

const char *rc_label_text(const rc_label *label, const char *language, const char *fallback) {
    for (size_t i = 0; language != NULL && i < label->n; i++)
        if (strcmp(label->languages[i], language) == 0)
            return label->texts[i];
    return label->text != NULL ? label->text : fallback;
}
