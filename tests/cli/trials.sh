#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# --format csv: one row a trial, inputs first, the same values that the summaries are made of.
#   tests/cli/trials.sh PROGRAM
set -eu
case $1 in
/*) program=$1 ;;
*) program=$PWD/$1 ;;
esac
models=$(cd "$(dirname "$0")/../../models" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
die() { echo "failed: $*" >&2; exit 1; }

# The mean of each column is that of the JSON result, up to the rounding of sums in another order.
"$program" run "$models/w1.yaml" --format csv --trials 20000 --quiet -o w1.csv
"$program" run "$models/w1.yaml" --format json --trials 20000 --quiet -o w1.json
[ "$(wc -l <w1.csv)" = 32769 ] || die "rows: $(wc -l <w1.csv)"
for name in roi npv benefits_pv line1 quality; do
    from_csv=$(awk -F, -v name="$name" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) c = i; next }
        { sum += $c } END { printf "%.12g", sum / (NR - 1) }' w1.csv)
    if [ "$name" = quality ]; then
        "$program" run "$models/w1.yaml" --format json --trials 20000 --quiet --outputs quality -o w1.json
    fi
    from_json=$(awk -v name="\"$name\":" '$1 == name { at = 1 } at && $1 == "\"mean\":" { at = 2 }
        at == 2 && $1 == "\"value\":" { sub(",", "", $2); print $2; exit }' w1.json)
    awk -v a="$from_csv" -v b="$from_json" 'BEGIN { d = a - b; if (d < 0) d = -d; m = b < 0 ? -b : b
        exit !(m > 0 && d <= 1e-10 * m) }' || die "mean of $name: $from_csv in CSV, $from_json in JSON"
done
head -n 1 w1.csv | grep -q '^trial,training_quality,.*,roi,' || die "inputs come first: $(head -n 1 w1.csv)"

# Trials do not depend on threads, and growing a run under random points keeps the earlier ones.
"$program" run "$models/w1.yaml" --format csv --trials 20000 --quiet --threads 1 -o one.csv
cmp w1.csv one.csv || die "threads change the trials"
"$program" run "$models/w1.yaml" --format csv --trials 1000 --sampler random --quiet -o short.csv
"$program" run "$models/w1.yaml" --format csv --trials 3000 --sampler random --quiet | head -n 1001 | cmp - short.csv ||
    die "growing a run changes its first trials"

# Only what was asked for; an unreached payback is Inf, what has no value is empty.
[ "$("$program" run "$models/w1.yaml" -f csv --outputs roi,ceiling -n 16 -q | head -n 1)" = trial,ceiling,roi ] ||
    die "--outputs chooses the columns"
"$program" run "$models/w1.yaml" -f csv --outputs payback -n 1000 -q | grep -q ',Inf$' || die "no Inf"

# What keeping every value takes is said before the run starts, and refused where it does not fit.
if "$program" run "$models/w1.yaml" -f csv -n 2^40 -o none.csv 2>said; then die "8 TB were kept"; fi
grep -q 'all values of .* outputs in .* trials take .* GB, above the limit of' said || die "refusal: $(cat said)"
[ ! -e none.csv ] || die "a refused run left a file"
"$program" run "$models/w1.yaml" -f csv -n 2^20 -o big.csv 2>said &
run=$! waited=0
until grep -q 'all values of .* outputs in 1,048,576 trials take 0.4 GB' said || [ $waited = 600 ]; do
    kill -0 $run 2>/dev/null || break
    sleep 0.05
    waited=$((waited + 1))
done
grep -q 'take 0.4 GB' said || die "what it will take: $(cat said)"
kill -TERM $run 2>/dev/null && wait $run 2>/dev/null && die "the run ended before its notice was seen"

# --keep-samples: the same values in JSON, said beforehand; nothing where there is no place or no room.
"$program" run "$models/w1.yaml" --keep-samples -f json --outputs roi,npv -n 256 -o kept.json 2>said || die "kept: $(cat said)"
grep -q 'keep-samples: all values of 2 outputs in 256 trials take' said || die "what is kept: $(cat said)"
"$program" run "$models/w1.yaml" -f csv --outputs roi,npv -n 256 -q -o kept.csv
python3 - <<'END' || die "JSON's samples are not CSV's"
import csv, json
kept = json.load(open("kept.json"))["samples"]
rows = list(csv.DictReader(open("kept.csv")))
assert len(rows) == 256
for name in ("roi", "npv"):
    assert [float(row[name]) for row in rows] == kept[name], name
END
if "$program" run "$models/w1.yaml" --keep-samples 2>said; then die "text kept samples"; fi
if "$program" run "$models/w1.yaml" --keep-samples -f json -n 2^33 -o none.json 2>said; then die "1.6 TB were kept"; fi
grep -q 'above the limit of' said || die "refusal: $(cat said)"
[ ! -e none.json ] || die "a refused run left JSON"

# Other tools' trials: the first three of the SIPmath schema's library.
cat >sip.yaml <<'END'
roicast: 1
inputs:
  Accounts:
    value: metalog([9.872717622, 1.678242357, 2.54967822, 3.535388319, -13.40905029])
    hdr: [9039920, 4]
  Products:
    value: metalog([10.28359942, 1.433048092, 1.737463084, 3.927285373, -13.45782811])
    hdr: [9039920, 5, 0, 0]
END
"$program" run sip.yaml --sampler hdr --trials 3 --format csv --quiet |
    awk -F, 'NR > 1 { printf "%.8f %.8f\n", $2, $3 }' >printed
cat >wanted <<'END'
5.91064824 4.81850430
3.99951401 16.26499962
3.61593085 9.21182344
END
cmp wanted printed || die "SIPmath's trials: $(cat printed)"
# --- Only what is asked for: an input that is named does not bring the others along ---
cat >two.yaml <<'END'
roicast: 1
inputs:
  a: normal(0, 1)
  b: normal(0, 1)
outputs:
  y: a + b
END
for names in a y a,y b,a; do
    header=$("$program" run two.yaml --format csv --trials 16 --quiet --outputs $names | head -n 1)
    [ "$header" = "trial,$([ $names = b,a ] && echo a,b || echo $names)" ] || die "--outputs $names gives $header"
done
echo "trials as CSV are right"
