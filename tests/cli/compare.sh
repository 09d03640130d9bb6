#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# roicast compare and --over as a user meets them: operands, formats, refusals, the same bytes on any
# number of threads, and a first alternative that has the figures of `run`.
#   tests/cli/compare.sh PROGRAM
# shellcheck source=tests/cli/session.sh
. "$(dirname "$0")/session.sh"

mkdir vendor
cat >base.yaml <<'EOF'
roicast: 1
currency: EUR
timeline: {years: 2}
discount_rate: 8%
inputs: {seats: 100, price: "pert(10, 20, 40)", gain: "pert(100, 300, 900)"}
benefits: {sales: {value: seats * gain, kind: saving}}
costs: {licences: seats * price * 12}
scenarios: {big: {seats: 200}}
EOF
echo 'inputs: {price: "pert(5, 10, 50)"}' >vendor/a.yaml
echo 'extends: more.yaml
costs: {setup: {value: 5k to 20k, per: once}}' >vendor/b.yaml
echo 'inputs: {gain: "pert(150, 300, 900)"}' >vendor/more.yaml
echo 'inputs: {price: "pert(5, 10, "}' >vendor/bad.yaml
few="-n 4096 -q"

expect 0 compare --base base.yaml vendor/a.yaml vendor/b.yaml base.yaml $few
has out 'a, b or base?'
has out 'How often each does better'
expect 0 compare base.yaml --scenarios big $few
has out 'base or big?'
expect 0 compare base.yaml --scenarios big $few --target roi
has out 'by Return on investment'
expect 0 compare base.yaml --scenarios big $few -o out.json
has out.json '"leader"'
expect 2 compare base.yaml
has err 'at least two alternatives'
expect 2 compare base.yaml base.yaml --target roy $few
has err 'roy'
expect 2 compare base.yaml --scenarios bug $few
has err 'did you mean `big`'
expect 2 compare --base base.yaml vendor/bad.yaml vendor/a.yaml $few
has err 'vendor/bad.yaml:1'
expect 2 compare base.yaml vendor/a.yaml --scenarios big
has err 'name one file'

# as many as there may be: tables wider than the page come in parts
many=
for i in $(seq 40); do
    echo "inputs: {seats: $((100 + i))}" >"vendor/n$i.yaml"
    many="$many vendor/n$i.yaml"
done
expect 0 compare --base base.yaml $many $few
[ "$(grep -c '^ n40 ' out)" -gt 3 ] || fail 'no table of 40 in parts'
awk '/^Redo:/ { next } { gsub(/[^ -~]/, ""); if (length($0) > 80) exit 1 }' out || fail 'lines over 80 columns'

# what is alike is said to be, and has names of its own
cp base.yaml vendor/base.yaml
expect 0 compare base.yaml vendor/base.yaml $few
has out 'base.yaml or vendor/base.yaml?'
has out 'have the same outcomes'
expect 0 compare base.yaml base.yaml $few
has out 'base.yaml (1) or base.yaml (2)?'
has out 'base.yaml (1) and base.yaml (2) never differ'
has out ' same '

# what cannot be set against each other, and what can with a word about it
sed 's/EUR/USD/' base.yaml >usd.yaml
sed '/currency/d' base.yaml >bare.yaml
sed 's/years: 2/years: 4/; s/8%/9%/' base.yaml >long.yaml
printf 'roicast: 1\ninputs: {x: "normal(0, 1)", v: "normal(0, 1)"}\noutputs: {y: x, w: sqrt(v)}\n' >plain.yaml
expect 2 compare base.yaml usd.yaml $few
has err 'base counts in EUR and usd in USD'
expect 2 compare base.yaml bare.yaml $few
has err 'bare in no currency'
expect 0 compare base.yaml usd.yaml $few --target roi
grep -q ' in EUR' out && fail 'a return in EUR'
expect 0 compare base.yaml long.yaml $few
has out 'base looks 2 years ahead, long 4'
has out 'base is discounted at 8% a year, long at 9%'
expect 2 compare base.yaml plain.yaml $few
has err 'plain: unknown output `npv`'
expect 2 compare base.yaml base.yaml --target roi.p5 $few
has err 'by an output such as roi'
expect 2 compare plain.yaml plain.yaml --target w $few
grep -q 'npv' err && fail 'npv, where there is none'
echo 'costs: {licences: 1M}' >vendor/dear.yaml
expect 2 compare --base base.yaml vendor/dear.yaml base.yaml --target payback $few
has err 'of dear has no number in 100% of trials: .*, such as npv'

# nothing is left to chance
printf 'roicast: 1\ncurrency: USD\ntimeline: {years: 3}\nbenefits: {b: {value: 3k, kind: saving}}\ncosts: {c: {value: 4k, per: once}}\n' >sure.yaml
printf 'costs: {c: 5k}\n' >more.yaml
expect 0 compare --base sure.yaml sure.yaml more.yaml $few
has out 'sure: its mean is \$1,000 more'
has out 'Nothing: sure is the best choice'
expect 0 compare sure.yaml sure.yaml $few -f html

# nothing as a choice: what is known before investing is worth what `evppi` says
expect 0 compare base.yaml --or-nothing $few -f json -o nothing.json
"$program" sensitivity base.yaml --method evppi $few -f json >worth.json
python3 - <<'EOF' || fail 'the choice between one and nothing is not that of evppi'
import json
one, other = json.load(open("nothing.json")), json.load(open("worth.json"))
names = [a["name"] for a in one["alternatives"]]
worth = other["sensitivity"]["npv"]
assert names == ["base", "doing nothing"] and one["alternatives"][1]["file"] is None, names
assert abs(one["knowing"]["value"] - worth["evpi"]["value"]) <= 1e-9 * abs(one["knowing"]["value"]) + 1e-9
for name, row in one["factors"]["evppi"].items():
    assert abs(row["value"] - worth["evppi"][name]["value"]) <= 1e-9 * abs(row["value"]) + 1e-9, name
EOF
expect 2 compare base.yaml --or-nothing $few --target roi
has err 'it earns 0'
expect 0 compare --base base.yaml vendor/dear.yaml base.yaml --or-nothing $few -f html --lang zh-TW
has out '什麼都不做'
has out '--or-nothing --trials'
echo 'costs: {licences: 2M}' >vendor/dearer.yaml
expect 0 compare --base base.yaml vendor/dear.yaml vendor/dearer.yaml $few
has out 'Even dear loses on average'

# the same bytes, and the first one as it is alone
"$program" compare --base base.yaml base.yaml vendor/b.yaml $few -f json -t 1 >one
"$program" compare --base base.yaml base.yaml vendor/b.yaml $few -f json -t 7 >seven
cmp -s one seven || fail 'threads change the bytes'
"$program" compare --base base.yaml base.yaml vendor/b.yaml $few -f json --isa sse2 >sse2
cmp -s one sse2 || fail 'the instruction set changes the bytes'
alone=$("$program" run base.yaml $few -f json | python3 -c 'import json, sys
print(json.load(sys.stdin)["outputs"]["npv"]["mean"]["value"])')
first=$(python3 -c 'import json
print(json.load(open("one"))["alternatives"][0]["measure"]["mean"]["value"])')
[ "$alone" = "$first" ] || fail "alone $alone, compared $first"

# --over: where files may stand, and what the report says of it
expect 0 run base.yaml --over vendor/a.yaml --over vendor/b.yaml --scenario big $few
has out 'Redo: roicast run base.yaml --over vendor/a.yaml --over vendor/b.yaml --scenario big'
for file in base.yaml vendor/a.yaml vendor/b.yaml; do # which of them they are: the hash of each
    tr '\n' ' ' <out | grep -qF "$(sha256sum $file | cut -c 1-16) $file" || fail "hash of $file"
done
(cd vendor && "$program" check ../base.yaml --over a.yaml >../out 2>&1) || fail 'over in another folder'
(cd / && "$program" check "$work/base.yaml" --over "$work/vendor/b.yaml" >/dev/null 2>&1) || fail 'absolute paths'
expect 2 check base.yaml --over base.yaml
has err 'part of the model already'
expect 2 check base.yaml --over vendor/none.yaml
has err 'vendor/none.yaml'
[ "$failures" = 0 ] || exit 1
