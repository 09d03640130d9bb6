#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every model in models/ loads without a warning and gives the figures kept beside it, to the bit.
#   tests/models/run.sh PROGRAM
set -u
here=$(cd "$(dirname "$0")" && pwd)
case $1 in
/*) program=$1 ;;
*) program=$PWD/$1 ;;
esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$here/../../models" || exit 1
failures=0
models=0

fail() {
    echo "failed: $*" >&2
    failures=$((failures + 1))
}

for model in *.yaml; do
    models=$((models + 1))
    "$program" check --strict "$model" >"$work/check" 2>&1 || fail "check $model: $(cat "$work/check")"
    expected=${model%.yaml}.expected.json
    if [ ! -f "$expected" ]; then
        fail "$expected is missing: write it with tests/models/update.sh"
    elif ! sh "$here/figures.sh" "$program" "$model" >"$work/figures"; then
        fail "run $model"
    elif ! cmp -s "$expected" "$work/figures"; then
        fail "$model no longer gives $expected (if it should not: tests/models/update.sh)"
        diff "$expected" "$work/figures" | head -n 12 >&2
    fi
done
for expected in *.expected.json; do
    [ -f "${expected%.expected.json}.yaml" ] || fail "$expected has no model"
done
[ "$models" -ge 6 ] || fail "only $models models in models/"
[ "$failures" = 0 ] || exit 1
echo "$models models give their figures"
