#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# roicast sensitivity as a user meets it: formats, targets, refusals, and the same bytes on any number
# of threads and every instruction set, with AVX2 and FMA hidden from the C library too.
#   tests/cli/sensitivity.sh PROGRAM
# shellcheck source=tests/cli/session.sh
. "$(dirname "$0")/session.sh"

w1=$models/w1.yaml
few="-n 8192 -q"
expect 0 sensitivity "$w1" $few
has out 'What drives roi?'
has out 'What that means'
[ "$(awk '{ gsub(/[\200-\277]/, ""); if (length > 80) n++ } END { print n + 0 }' out)" = 0 ] ||
    fail 'lines wider than 80 columns'
for target in npv roi.mean 'below_zero(roi)' training_quality event1 line1; do
    expect 0 sensitivity "$w1" $few --target "$target"
    [ "$target" = roi.mean ] || has out "What drives $target"
done
expect 0 sensitivity "$w1" $few --target roi.p5
has out 'Tornado'
expect 2 sensitivity "$w1" $few --target rio
has err 'did you mean `roi`'
expect 2 sensitivity "$w1" $few --target roi.p0
has err 'as in roi.p5'
expect 2 sensitivity "$w1" $few --target 'below_zero('
has err 'write below_zero(roi)'
expect 2 sensitivity "$w1" $few --method rnak
has err 'did you mean `rank`'
expect 2 sensitivity "$w1" $few --target irr --method rank,first_order
has err 'npv'
expect 2 sensitivity "$w1" $few --target roi.p5 --method rank
has err 'tornado'
expect 0 sensitivity "$w1" $few --given 'training_quality < 0.7 and npv > 0'
has out 'given training_quality < 0.7 and npv > 0: [0-9,]* of them'
expect 2 sensitivity "$w1" $few --given 'training_qualty < 0.7'
has err 'did you mean `training_quality`'
expect 2 sensitivity "$w1" $few --given 'training_quality'
has err 'a condition is NAME < NUMBER'
expect 2 sensitivity "$w1" $few --given 'training_quality < 0.1'
has err 'too few'
printf 'roicast: 1\ninputs: {a: 2}\noutputs: {y: a * 3}\n' >certain.yaml
expect 2 sensitivity certain.yaml $few
has err 'no input of the model varies'

# methods that run the model at points of their own: no cases, no noise
cat >plain.yaml <<'END'
roicast: 1
timeline: {years: 3}
discount_rate: 10%
inputs:
  gain: {value: "lognormal(median=100, sigma=0.3)", group: both}
  share: {value: "uniform(0.2, 0.8)", group: both}
benefits: {sales: {value: gain * share, kind: saving}}
costs: {fees: {value: "normal(10, 2)"}, start: {value: 60, per: once}}
risks:
  fire: {probability: 4%, impact: 50 to 200, at: anytime}
END
expect 0 sensitivity plain.yaml --method oat -f json
base=$(sed -n '/"base_case"/,/}/s/.*"value": \([^,]*\).*/\1/p' out)
"$program" run plain.yaml -q -n 1 --set gain=100 --set share=0.5 --set fees=10 \
    --set fire.probability=0% --outputs roi -f json >certain.json || fail 'run at medians'
certain=$(sed -n '/"mean"/,/}/s/.*"value": \([^,]*\).*/\1/p' certain.json | head -n 1)
awk -v a="$base" -v b="$certain" 'BEGIN { d = a - b; exit !(a > 0 && d < 1e-9 && d > -1e-9) }' ||
    fail "base case $base, model at medians $certain"
expect 0 sensitivity plain.yaml --method oat --low 5% --high 95 --target npv
has out 'P95'
has out 'Base case'
! grep -q cases out || fail 'cases were drawn'
expect 0 sensitivity plain.yaml --method oat,rank
has out '65,536 cases'
expect 2 sensitivity plain.yaml --method oat --given 'gain > 90' -q
has err '--given'
expect 2 sensitivity plain.yaml --method oat --target roi.p5 -q
has err '--target roi'
expect 2 sensitivity plain.yaml --method oat --low 60 -q
has err 'below 50'
expect 2 sensitivity plain.yaml --method oat --high 100 -q
has err 'below 100'

expect 0 sensitivity plain.yaml --method spider,morris --target npv --trajectories 40 --levels 6 -q
has out 'mu_star'
has out 'P25'
expect 2 sensitivity plain.yaml --method morris --levels 5 -q
has err 'must be even'
expect 2 sensitivity plain.yaml --method morris --target payback -q
has err '--target npv'

methods=rank,first_order,tornado,loss,evppi,regression,variance,oat,spider,morris
expect 0 sensitivity "$w1" $few --method "$methods" -f csv
[ "$(grep -c ',$' out)" = $((10 * 24)) ] || fail "$(grep -c ',$' out) rows of CSV"
[ "$(grep -c '^roi,oat,.*,at_high$' out)" = 24 ] || fail 'ends of bars in CSV'
[ "$(grep -c '^roi,spider,.*,p[0-9]*$' out)" = $((19 * 24)) ] || fail 'lines in CSV'
expect 0 sensitivity "$w1" $few -o ranks.json
has ranks.json '"rank_probability"'
has ranks.json '"evpi"'

same() { # NAME OPTIONS...
    name=$1
    shift
    "$program" sensitivity "$model" -n 8192 -q -m "$methods" -f json "$@" >"$name" 2>err || {
        grep -q 'has no' err || fail "$name: $(head -n 1 err)"
        return
    }
    cmp base "$name" || fail "$name differs"
}
for model in "$w1" "$models/crm-midmarket.yaml"; do
    "$program" sensitivity "$model" -n 8192 -q -m "$methods" -f json -t 1 >base || fail base
    same threads-2 -t 2
    same threads-7 -t 7
    for isa in sse2 avx2 avx512; do
        same "$isa" --isa "$isa"
    done
    GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX2_Usable,-FMA_Usable
    export GLIBC_TUNABLES
    same hidden
    unset GLIBC_TUNABLES
    ! cmp -s base /dev/null || fail 'nothing was compared'
done
[ "$failures" = 0 ] && echo 'all well'
exit "$((failures > 0))"
