#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every message of the source stands translated in every catalog (msgcmp fails on missing, empty and
# fuzzy ones), and no catalog has messages that the source has not.   catalogs.sh SOURCE
set -eu
command -v xgettext >/dev/null && command -v msgcmp >/dev/null || exit 77
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$1/src/lang/update.sh" --pot "$work/all.pot"
hint() { echo "Run src/lang/update.sh and translate what is empty (docs/languages.md)." >&2; exit 1; }
for po in "$1"/src/lang/*.po; do
    msgcmp "$po" "$work/all.pot" || hint
    msgattrib --no-obsolete "$po" | msgcmp "$work/all.pot" - --use-untranslated || hint
done
# the test can fail: a catalog that lacks one message
msgattrib --no-obsolete "$1/src/lang/zh_CN.po" | msggrep --invert-match --msgid -F -e 'Net present value' \
    -o "$work/lacking.po"
if msgcmp "$work/lacking.po" "$work/all.pot" 2>/dev/null; then
    echo "a catalog without 'Net present value' went unnoticed" >&2
    exit 1
fi
