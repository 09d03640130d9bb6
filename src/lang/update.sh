#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Messages of the source, and catalogs brought up to date with them (GNU gettext).
#   src/lang/update.sh               every src/lang/*.po gets new messages, empty; old ones leave
#   src/lang/update.sh --pot FILE    only write the messages of the source to FILE
set -eu
cd "$(dirname "$0")/../.."
pot=${2:-$(mktemp)}
# one order on every machine
find src -name '*.c' -o -name '*.h' -o -name '*.def' | LC_ALL=C sort |
    xgettext --files-from=- --language=C --from-code=UTF-8 --output="$pot" --no-wrap \
        --add-location=file --add-comments=TRANSLATORS: --package-name=roicast \
        --keyword --keyword=rc_tr:2 --keyword=rc_tr_in:2c,3 --keyword=rc_tr_n:2,3 \
        --keyword=RC_SAY:3 --keyword=RC_SAY_N:3,4 --keyword=RC_TEXT:3 --keyword=RC_TEXT_N:3,4 --keyword=RC_PHRASE:1 --keyword=RC_SENTENCE:1 \
        --keyword=RC_ROW_OUTPUT:1 --keyword=RC_ROW_THREADS:1 --keyword=RC_ROW_QUIET:1 \
        --keyword=RC_FUNC:5 --keyword=RC_TR:1 --keyword=RC_TR_IN:1c,2 --keyword=RC_TR_PAIR:1,2
sed -i 's/charset=CHARSET/charset=UTF-8/; /^#, c-format$/d' "$pot" # parts are {named}, never %s
[ "${1:-}" = --pot ] && exit 0
for po in src/lang/*.po; do
    msgmerge --quiet --update --backup=none --no-fuzzy-matching --no-wrap --add-location=file \
        --sort-by-file "$po" "$pot"
    msgattrib --no-obsolete --no-wrap --add-location=file --sort-by-file -o "$po" "$po"
    sed -i '/^"POT-Creation-Date: /d; /^"Report-Msgid-Bugs-To: /d' "$po"
    printf '%s: ' "$po" >&2
    msgfmt --statistics -o /dev/null "$po"
done
[ -n "${2:-}" ] || rm -f "$pot"
