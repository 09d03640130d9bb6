#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# roicast new: a starting model gives, to the last digit, what the template gives with the same pieces
# laid over it; files are left alone; questions on a terminal (new_talk.py).
#   tests/cli/new.sh PROGRAM MODELS
# shellcheck source=tests/cli/session.sh
. "$(dirname "$0")/session.sh"
models=$2
# All figures alike, without what names files and titles.
cat >alike.py <<'END'
import json, sys
def figures(file):
    def strip(x):
        if isinstance(x, dict):
            return {k: strip(v) for k, v in x.items()
                    if k not in ("title", "titles", "file", "files", "sha256", "over", "set", "machine")}
        if isinstance(x, str): # scaled amounts say so behind their source
            return x.split("; scaled from 120 seats")[0]
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
    same "--seats 120 --vendor zoho --pitfall too-little-training" \
        $(over company/midsize) $(over vendor/zoho) $(over pitfall/too-little-training)
}
# Amounts that go with size are scaled: volumes halved, the work of the project by 0.5^0.8 = 0.574; what goes
# by seats in a piece (strategic's process_redesign) is left. Worked out by hand.
same "--seats 60 --type strategic" $(over company/midsize) $(over type/strategic) --set seats=60 --set managers=6 \
    --set "new_customers.value=pert(50, 90, 140)" --set "marketing_spend.value=300k to 550k" --set "mailing_spend.value=6k to 20k" \
    --set "hardware.value=pert(2.5k, 6k, 15k)" --set "data_hygiene.value=pert(9k, 14k, 25k) * hygiene / 25%" \
    --set "selection.value=6.9k to 23k" --set "consultants.value=pert(5.7, 14.4, 34) * pert(900, 1200, 1800) * 2^(0.5 - in_house_skills)" \
    --set "project_team.value=pert(0.86, 1.72, 2.9) * pert(80k, 100k, 130k) * 1.6^(0.5 - in_house_skills)" \
    --set "administration.value=pert(0.57, 0.86, 1.26) * pert(43k, 49k, 55k) * pert(1.2, 1.3, 1.45) * 1.4^(0.5 - vendor_support)" \
    --set "migration_failed.impact=(17.2k to 144k) * (1 - happened(cancelled))" \
    --set "wrong_system.impact=(23k to 115k) * (1 - happened(cancelled))"
expect 0 new --seats 60 -o - # what was scaled is said, also when the file goes to standard output
has err 'from 120 seats to 60'
has out '# scaled to 60 seats'
expect 0 new --seats 120 -o -
[ -s err ] && fail "120 seats are those of the company: $(cat err)"
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
