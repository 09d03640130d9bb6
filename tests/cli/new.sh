#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# roicast new: a starting model gives, to the last digit, what the template gives with the same pieces
# laid over it; files are left alone; questions on a terminal (new_talk.py).
#   tests/cli/new.sh PROGRAM MODELS
set -u
program=$1 models=$2
here=$(cd "$(dirname "$0")" && pwd)
case $program in
/*) ;;
*) program=$PWD/$program ;;
esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failures=0
fail() {
    echo "failed: $*" >&2
    failures=$((failures + 1))
}
expect() { # CODE COMMAND OPTIONS...
    wanted=$1
    shift
    "$program" "$@" >out 2>err </dev/null
    code=$?
    [ "$code" = "$wanted" ] || fail "exit code $code, not $wanted: $* ($(head -n 1 err))"
}
has() { grep -q -e "$2" "$1" || fail "no \"$2\" in $1: $(head -n 3 "$1")"; }
# All figures alike, without what names files and titles.
cat >alike.py <<'END'
import json, sys
def figures(file):
    def strip(x):
        if isinstance(x, dict):
            return {k: strip(v) for k, v in x.items()
                    if k not in ("title", "titles", "file", "files", "sha256", "over", "set", "machine")}
        return [strip(v) for v in x] if isinstance(x, list) else x
    return json.dumps(strip(json.load(open(file))), sort_keys=True, indent=1).split("\n")
one, two = figures("one"), figures("two")
for x, y in zip(one, two):
    if x != y:
        print(x, y)
sys.exit(one != two or len(one) < 1000)
END
same() { # the options of `new` in $1, those of `run` after it
    # shellcheck disable=SC2086
    expect 0 new $1 --force -q -o new.yaml
    told=$1
    shift
    "$program" run new.yaml -q -n 256 --drivers 0 -f json >one
    "$program" run "$models/crm-midmarket.yaml" "$@" -q -n 256 --drivers 0 -f json >two
    python3 alike.py >differ || fail "other figures: $told ($(head -n 4 differ))"
    expect 0 check new.yaml
}
over() { printf -- '--over %s/%s.yaml ' "$models" "$1"; }

# shellcheck disable=SC2046
{
    same "--company startup --vendor hubspot --type operational --pitfall poor-data" \
        $(over company/startup) $(over vendor/hubspot) $(over type/operational) $(over pitfall/poor-data)
    same "--company enterprise --vendor jiandaoyun --type collaborative --pitfall dual-running,no-strategy" \
        $(over company/enterprise) $(over vendor/jiandaoyun) $(over type/collaborative) \
        $(over pitfall/dual-running) $(over pitfall/no-strategy)
    same "--seats 60 --vendor zoho --pitfall too-little-training" \
        $(over company/midsize) $(over vendor/zoho) $(over pitfall/too-little-training) \
        --set seats=60 --set managers=6
}
# every piece can be worked in by itself
"$program" list templates >list || fail "list templates"
has list '^vendor *hubspot'
while read -r kind name _; do
    [ "$kind" = model ] || expect 0 new "--$kind" "$name" -o "$kind-$name.yaml"
done <list
has pitfall-dual-running.yaml '# acts on: adoption, skill' # comments of the template are kept

# --- What is refused -----------------------------------------------------------------------------
echo mine >mine.yaml
expect 2 new --company startup -o mine.yaml
has err 'exists'
[ "$(cat mine.yaml)" = mine ] || fail "a file was overwritten"
ln -s nowhere link.yaml
expect 2 new --company startup -o link.yaml
expect 0 new --company startup -o mine.yaml --force
has mine.yaml '12-seat'
has err 'roicast sensitivity mine.yaml'
expect 2 new
has err '\-\-company startup'
expect 2 new --pitfall por-data
has err 'did you mean poor-data'
expect 2 new --vendor sap
expect 2 new --seats 0
expect 0 new --company startup -o -
has out '^roicast: 1'
[ -s err ] && fail "-o - says something: $(head -n 1 err)"

python3 "$here/new_talk.py" "$program" || fail "questions"
exit $((failures > 0))
