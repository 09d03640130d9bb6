#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Other tools' files: what comes in, what goes out, and that a round trip changes nothing.
#   tests/cli/import.sh PROGRAM
set -eu
case $1 in
/*) program=$1 ;;
*) program=$PWD/$1 ;;
esac
data=$(cd "$(dirname "$0")/../data/interop" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
die() { echo "failed: $*" >&2; exit 1; }
close_to() { awk -v a="$1" -v b="$2" -v t="$3" 'BEGIN { d = a - b; exit !((d < 0 ? -d : d) <= t) }'; }

# percentile FILE COLUMN P: of a CSV of trials, by counting
percentile() {
    awk -F, -v name="$2" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) c = i; next } { print $c }' "$1" |
        sort -g | awk -v p="$3" '{ x[NR] = $1 } END { print x[int(p * NR + 0.5)] }'
}

# --- decisionSupport: the 5 % and 95 % quantiles are those of the table, for every distribution ---
"$program" import "$data/estimates.csv" -o estimates.yaml 2>warnings
grep -q 'the median 40 is not used' warnings || die "no word about a median: $(cat warnings)"
"$program" check --quiet estimates.yaml || die "the imported table is no model"
"$program" run estimates.yaml --format csv -q -o trials.csv
# se of a sample quantile is below 0.002 of the 90 % range at 16,384 Sobol points; 4 of them
while IFS=, read -r name lower upper; do
    range=$(awk -v a="$lower" -v b="$upper" 'BEGIN { print 0.01 * (b - a) }')
    close_to "$(percentile trials.csv "$name" 0.05)" "$lower" "$range" || die "5% of $name"
    close_to "$(percentile trials.csv "$name" 0.95)" "$upper" "$range" || die "95% of $name"
done <<'END'
price,5,30
wells_cost,20000,80000
risk_of_bad_design,0.2,0.5
discount_rate,1,5
yield_per_ha,10,30
share,0.1,0.4
delay,4,6
growth,1,9
END
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "wells_cost") c = i; next } $c < 0 { exit 1 }' trials.csv ||
    die "a positive normal below 0"
grep -q 'years_:$' estimates.yaml && grep -q 'value: 5$' estimates.yaml || die "a constant is a number"
"$program" import "$data/estimates.csv" --compat -q | grep -q 'uniform(3.9, 6.1)' || die "--compat"

# its correlations are those of the normals
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) { if ($i == "price") a = i; if ($i == "cost") b = i } next }
    { x = $a; y = $b; n++; sx += x; sy += y; sxx += x * x; syy += y * y; sxy += x * y }
    END { r = (sxy - sx * sy / n) / sqrt((sxx - sx * sx / n) * (syy - sy * sy / n)); print r }' trials.csv >r
close_to "$(cat r)" 0.5 0.03 || die "correlation of two normals: $(cat r), not 0.5" # se 0.75/sqrt(16384)

# --- Mistakes: place, exit code 2, nothing written ---
sed 's/posnorm,20000/posnrom,20000/; s/norm,5,/norm,five,/' "$data/estimates.csv" >wrong.csv
if "$program" import wrong.csv -o wrong.yaml 2>err; then die "a wrong table is taken"; fi
grep -q 'wrong.csv:3:.*posnrom' err && grep -q 'did you mean `posnorm`' err || die "unknown distribution: $(cat err)"
grep -q 'wrong.csv:2:.*five' err || die "text for a number: $(cat err)"
[ ! -e wrong.yaml ] || die "a model was written"
echo 'x,y' >neither.csv
if "$program" import neither.csv 2>err; then die "anything is taken"; fi
grep -q 'neither a decisionSupport table' err || die "$(cat err)"

# --- SIPmath: the library's own trials ---
"$program" import "$data/development.json" -o library.yaml 2>warnings
[ "$(grep -c 'is left out' warnings)" = 2 ] || die "warnings: $(cat warnings)"
"$program" run library.yaml --sampler hdr --trials 299 --format csv -q -o library.trials.csv
column() { awk -F, -v name="$1" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) c = i; next } { print $c }' library.trials.csv; }
trial() { column "$1" | sed -n "$2p"; }
while read -r name number value; do
    close_to "$(trial "$name" "$number")" "$value" 5e-9 || die "trial $number of $name: $(trial "$name" "$number"), not $value"
done <<'END'
Accounts 1 5.91064824323855
Accounts 2 3.99951401423695
Accounts 3 3.61593085127843
Products 1 4.81850430027545
Products 2 16.264999616127
Products 3 9.21182344011462
Fulfillment 1 6.7522436646553
Fulfillment 2 11.4933053690752
Fulfillment 3 5.97047076730257
Marketing 1 4.97377773402723
Marketing 2 5.26303264347232
Marketing 3 11.3668582781926
Poisson 6 1
Poisson 23 2
Poisson 299 3
END
grep -q '^Demand_2021$' library.csv || die "the array is not beside the model"

# --- A round trip: out, in and out again give the same library, and the same trials ---
"$program" run library.yaml --trials 50 --format sipmath -q -o once.json
"$program" import once.json -o again.yaml -q
"$program" run again.yaml --trials 50 --format sipmath -q -o twice.json
grep -v '"provenance"' once.json >a
grep -v '"provenance"' twice.json >b
# an array is drawn by its rows: only what is generated can be the same
for name in Accounts Products Fulfillment Variable1 Marketing Poisson; do
    for file in a b; do
        awk -v name="\"$name\"," '$1 == "\"name\":" && $2 == name { on = 1 } on { print } on && /"metadata"/ { exit }' $file >"$file.$name"
    done
    [ -s "a.$name" ] || die "$name is not in the library"
    cmp "a.$name" "b.$name" || die "$name changed"
done
for key in globalVariables U01; do
    for file in a b; do
        awk -v key="\"$key\":" '$1 == key { on = 1 } on { print } on && /^ []}]/ { exit }' $file >"$file.$key"
    done
    cmp "a.$key" "b.$key" || die "$key changed"
done
"$program" run again.yaml --sampler hdr --trials 299 --format csv -q -o again.trials.csv
for name in Accounts Fulfillment Poisson; do
    awk -F, -v name="$name" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) c = i; next } { print $c }' again.trials.csv >again
    column "$name" | cmp - again || die "the trials of $name changed"
done

# A whole model goes out too: its outputs as trials.
"$program" run "$data/../../../models/w1.yaml" --format sipmath --trials 20 --outputs roi -q -o w1.SIPmath
grep -q '"function": "SIP_Array"' w1.SIPmath || die "no trials of roi"
# --- What cannot be a model is refused where it stands, and nothing is written ---
for name in impossible order one; do
    (cd "$data" && "$program" import "$name.csv" -o "$work/refused.yaml") 2>said && die "$name was taken"
    [ ! -e refused.yaml ] || die "$name left a file"
    cmp said "$data/$name.expected" || die "$name: $(cat said)"
done
: >nothing.csv
for from in decisionsupport sipmath; do
    "$program" import --from $from nothing.csv 2>said && die "nothing was taken"
    grep -q 'nothing.csv.*error: ' said || die "no word about an empty file: $(cat said)"
done
echo "decisionSupport and SIPmath come in and go out"
