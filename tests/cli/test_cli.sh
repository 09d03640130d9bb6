#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The program as a user meets it: exit codes, streams, files, Ctrl-C.
#   tests/cli/test_cli.sh PROGRAM
# shellcheck source=tests/cli/session.sh
. "$(dirname "$0")/session.sh"

cat >model.yaml <<'END'
roicast: 1
title: A small project
currency: EUR
timeline: {years: 2}
discount_rate: 5%
hurdle: 15%
inputs:
  saved: pert(100, 200, 400)
benefits:
  savings: {value: saved, kind: saving}
costs:
  licences: {value: 300, per: once}
outputs:
  half: saved / 2
END
sed 's/pert(100, 200, 400)/pert(3, 2, 1)/' model.yaml >bad.yaml

# --- Help, version, wrong use ---------------------------------------------------------------------
expect 2
empty out
has err 'Usage: roicast'
expect 0 --version
[ "$(cat out)" = "roicast 0.1.0" ] || fail "version: $(cat out)"
expect 0 --help
has out 'Exit codes'
for command in run report sensitivity check explain fit list bench help version; do
    expect 0 "$command" --help
    has out "Usage: roicast $command"
    expect 0 help "$command"
done
expect 2 rnu
has err 'did you mean run'
expect 2 run
has err 'MODEL is missing'
expect 2 run model.yaml second.yaml
has err 'unexpected "second.yaml"'
expect 2 run model.yaml --trails 5
has err 'did you mean --trials'
expect 2 run model.yaml --trials
has err 'needs a value'
for wrong in 1x -5 0 1.5 2^99 99999999999999999999 ''; do
    expect 2 run model.yaml "--trials=$wrong"
    has err 'trials'
done
expect 2 run model.yaml --format jsn
has err 'did you mean json'
expect 2 run model.yaml --quiet=1
has err 'takes no value'
sed 's/  licences: {value: 300/  off: {value: 1, enabled: false}\n  licences: {value: 300/' model.yaml >off.yaml
expect 2 run off.yaml --outputs off
has err '`off` has `enabled: false`'
expect 2 run off.yaml --outputs offf
lacks err 'did you mean `off`'
expect 2 run model.yaml --outputs half,haalf
has err 'haalf'

# --- Models -----------------------------------------------------------------------------------------
expect 0 check model.yaml
has out 'model.yaml: ok'
expect 2 check model.yaml bad.yaml
has out 'model.yaml: ok'
has err 'bad.yaml:8'
expect 2 run bad.yaml
empty out
expect 2 run missing.yaml
has err 'missing.yaml'
expect 0 explain model.yaml
[ -s out ] || fail 'explain prints nothing'
for what in distributions functions metrics formats samplers lint commands; do
    expect 0 list "$what"
    [ -s out ] || fail "list $what prints nothing"
done
has out '^run '
expect 0 schema
has out '"$schema": "https://json-schema.org/draft/2020-12/schema"'
expect 2 list functoins
has err 'did you mean functions'
expect 0 list distributions gumbel
has out '^  gumbel(p\*, p\*)$'
has out '^  location  *most likely value$'
expect 2 list distributions gumbl
has err 'did you mean gumbel'
expect 2 list samplers sobol
has err 'unexpected "sobol"'

for what in $("$program" list distributions | sed -n 's/^\([a-z_]*\)  .*/\1/p') to; do
    expect 0 list distribution "$what"
    [ "$what" = empirical ] || has out '^ 100% '
    LC_ALL=C tr -d '\200-\277' <out | awk 'on && length > 72 { exit 1 } /^For ex/ { on = 1 }' || fail "list distribution $what is wide"
done
expect 0 list distribution 'pert(10, 20, 60)'
has out 'mean 25, sd 8.66, from 10 to 60'
expect 0 list distribution "shift(poisson(3), 1)"
has out '  mean 4, sd 1.732, from 1 up'
expect 0 list distribution '10 to 40'
expect 2 list distribution 'pert(3, 2, 1)'
has err 'mode 2 lies below minimum 3'
empty out
expect 2 list distribution prt
has err 'did you mean pert'
expect 2 list distribution
expect 2 list distribution '1 + 2'
has err 'is not one distribution'

# --- Overlays -----------------------------------------------------------------------------------------
{ cat model.yaml; printf 'scenarios:\n  good: {saved: 400}\n  dear: {licences: 500}\n'; } >scenes.yaml
expect 0 check scenes.yaml
has out 'scenarios: good, dear'
expect 0 run scenes.yaml -n 4096 --scenario good --scenario=dear --set hurdle=20% --set licences.value=400
has out 'scenario good, dear · with hurdle=20%, licences.value=400'
has out "Redo: roicast run scenes.yaml --scenario good --scenario dear --set hurdle=20% --set licences.value=400"
expect 0 run scenes.yaml -n 4096 --scenario good,dear --outputs half -f json
has out '"good",'
has out '"value": 200.0'
expect 2 run scenes.yaml --scenario godo
has err 'did you mean `good`'
empty out
expect 2 explain scenes.yaml --set saved
has err 'has no `=`'
expect 0 explain scenes.yaml --merged --set saved=7
has out '  saved: 7  # --set'
mv out merged.yaml
expect 0 run merged.yaml -n 4096 --outputs half
expect 0 list scenarios scenes.yaml
[ "$(cat out)" = "good
dear" ] || fail "list scenarios: $(cat out)"
expect 2 list scenarios
has err 'MODEL is missing'
expect 2 list metrics scenes.yaml
has err 'unexpected "scenes.yaml"'
mkdir -p below
printf 'extends: ../model.yaml\nhurdle: 30%%\n' >below/up.yaml
expect 2 check below/up.yaml
has err '--allow-outside'
expect 0 run below/up.yaml --allow-outside -n 4096 --outputs half
has out 'Redo: roicast run below/up.yaml --allow-outside'
(cd below && "$program" check - --allow-outside <up.yaml >/dev/null) || fail 'extends from standard input'
sed 's/400}/pert(2; 1)}/' scenes.yaml >wrong.yaml
expect 2 check wrong.yaml
has err '(scenario good)'
expect 0 run wrong.yaml -n 4096 --scenario dear --quiet
empty err

# --- Runs ---------------------------------------------------------------------------------------------
expect 0 run model.yaml --trials 4096
has out 'A small project'
has out 'Nine times in ten'
lacks out "$(printf '\033')"
empty err
expect 0 run model.yaml --trials 5k
has err '5,000 trials were asked for; the sobol sampler rounds up to 8,192'
expect 0 run model.yaml --trials 5k --quiet
empty err
expect 0 run model.yaml --trials 5_000 --sampler random
empty err
has out '5,000 simulated cases'
expect 0 run model.yaml --trials 4096 --cash
has out 'Money by year'
expect 0 run model.yaml --trials 4096 --color always
has out "$(printf '\033')"
"$program" run - --trials 4096 <model.yaml >out 2>err || fail 'a model from standard input'
has out 'A small project'
expect 0 run --trials=2^12 --seed 7 --format json --threads 1 -- model.yaml
mv out one.json
expect 0 run model.yaml -n 4096 -s 7 -f json -t 2 --outputs roi,half
has out '"half"'
lacks out '"npv": {'
has out '"cash": null'
expect 0 run model.yaml -n 4096 -f json --outputs roi --cash
lacks out '"cash": null'
expect 0 run model.yaml -n4096 -s7 -fjson -t2
sed '/"machine"/,$d' one.json >one
sed '/"machine"/,$d' out >two
cmp -s one two || fail 'threads change the result'
expect 0 run model.yaml -n 4096 -s 8 -f json
sed '/"machine"/,$d' out >two
! cmp -s one two || fail 'the seed changes nothing'
if command -v python3 >/dev/null 2>&1; then
    python3 -c 'import json; json.load(open("one.json"))' || fail 'JSON that Python cannot read'
fi

# --- Fits ---------------------------------------------------------------------------------------------
printf 'id,hours\n' >data.csv
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    echo "$i,$((i * i * 7 % 23)).5" >>data.csv
done
expect 0 fit data.csv --column hours --bootstrap 40
has out '^data.csv column hours: 20 values'
has out ' family .* KS .* AD'
has out '95 % intervals'
value=$(tail -n 1 out)
case $value in
'value: '*'   # fitted to data.csv column hours, n = 20') ;;
*) fail "last line: $value" ;;
esac
printf 'roicast: 1\ninputs:\n  x:\n    %s\noutputs:\n  y: x\n' "$value" >fitted.yaml
expect 0 check fitted.yaml
expect 0 fit data.csv --column hours --bootstrap 40
cp out first
expect 0 fit data.csv -c hours --bootstrap 40 --threads 3
cmp -s out first || fail 'fit: threads change the output'
expect 0 fit data.csv -c hours --bootstrap 40 --seed 2
! cmp -s out first || fail 'fit: the seed changes nothing'
cut -d , -f 2 data.csv >column.csv
"$program" fit - -b 0 <column.csv >out 2>err || fail "fit from standard input: $(cat err)"
has out '^<stdin> column hours'
expect 0 fit data.csv -c id -b 0
has out '20 counts'
expect 0 fit data.csv -c id --kind continuous --only normal,weibull,metalog -b 0 --by bic --top 2
has out 'and [1-9] more'
expect 0 fit data.csv -c hours -b 0 --family gamma --low 0
has out 'value: gamma('
expect 0 fit data.csv -c hours -b 0 -o fit.json
has fit.json '"families"'
for family in $(sed -n 's/.*"value": "\(.*\)",/\1/p' fit.json | tr ' ' '~'); do
    printf 'roicast: 1\ninputs:\n  x: %s\noutputs:\n  y: x\n' "$(echo "$family" | tr '~' ' ')" >fitted.yaml
    grep -q '(' fitted.yaml || fail "no call in $family"
    expect 0 check fitted.yaml
done
expect 2 fit data.csv
has err 'data.csv:1:1: error: `data.csv` has 2 columns'
has err 'as --column "id"; it has `id`, `hours`'
expect 2 fit data.csv -c hour
has err 'did you mean `hours`'
expect 2 fit data.csv -c hours --only nromal
has err 'did you mean normal'
expect 2 fit data.csv -c hours --low 9
has err 'lies below --low 9'
expect 2 fit data.csv -c hours --low x
has err 'must be a number'
expect 2 fit data.csv -c hours -b 0 --family poisson
has err 'not among those shown'
expect 2 fit missing.csv
has err 'no such file'
expect 2 fit .
has err 'it is a folder'
printf 'x\n1\n2\nthree\n' >broken.csv
expect 2 fit broken.csv
has err 'broken.csv:4:1: error: text `three` in column x'
printf 'x\n4\n4\n4\n4\n4\n' >broken.csv
expect 2 fit broken.csv
has err 'broken.csv:1:1: error: all 5 values are 4'
: >broken.csv
expect 2 fit broken.csv
has err 'is empty'

# --- Files --------------------------------------------------------------------------------------------
expect 0 run model.yaml -n 4096 -o result.json
empty out
has result.json '"roicast"'
echo before >kept.txt
chmod 600 kept.txt
ln -s kept.txt link.txt
expect 0 run model.yaml -n 4096 -o link.txt
has kept.txt 'A small project'
[ -L link.txt ] || fail 'a link was replaced'
[ "$(stat -c %a kept.txt 2>/dev/null || stat -f %Lp kept.txt)" = 600 ] || fail 'the mode changed'
echo before >kept.txt
expect 2 run bad.yaml -o kept.txt
[ "$(cat kept.txt)" = before ] || fail 'a failed run touched its output'
expect 2 run model.yaml -n 4096 -o no/such/folder/x
has err 'cannot write'
expect 2 run model.yaml -n 4096 -o .
has err 'directory'
if [ -e /dev/full ]; then
    expect 2 run model.yaml -n 4096 -o /dev/full
    has err 'No space left'
    "$program" run model.yaml -n 4096 >/dev/full 2>err
    [ $? = 2 ] || fail 'a full disk goes unnoticed'
    has err 'No space left'
fi
"$program" run model.yaml -n 4096 2>err | head -n 1 >out
empty err
[ -z "$(ls -A | grep roicast-)" ] || fail 'a temporary file was left behind'

# --- Runs that find their own number of trials ----------------------------------------------------------
expect 0 run model.yaml --precision 2% --outputs npv --quiet
has out 'As asked: means, percentiles and CVaR to ±2% of the range'
n=$(sed -n 's/.*--trials \([0-9]*\) .*/\1/p' out)
"$program" run model.yaml --trials "$n" --outputs npv --quiet >plain 2>&1
sed '/^Precision/,/cases\.$/d' out | cmp - plain || fail 'a grown run is not the run of its size'
for wrong in 0 0% -1% -5k 100% 150% much inf nan 1%%; do
    expect 2 run model.yaml "--precision=$wrong"
    has err 'must be a share of the range from P5 to P95'
    empty out
done
for wrong in 0 0s -1s soon 5d '' 1e9; do
    expect 2 run model.yaml "--time-limit=$wrong"
    has err 'must be a time such as'
done
expect 2 run model.yaml --precision 1% --format csv
has err 'csv holds every trial'
expect 2 run model.yaml --time-limit 5s -o all.csv
has err 'csv holds every trial'
[ ! -e all.csv ] || fail 'a refused run wrote its output'
expect 2 run model.yaml --precision 0.1 --outputs roi,payback
has err 'in which unit?'
expect 0 run model.yaml --precision 0.001% --trials 2^15 --format json --quiet
has out '"ended": "trials"'
expect 0 run model.yaml --precision 0.00001% --time-limit 0.3s --outputs npv --quiet
has out 'Not as asked in the time allowed'
expect 0 run model.yaml --time-limit 0.01min --outputs npv --quiet
has out 'the least precise: the P'
sed 's/^inputs:/inputs:\n  idle: uniform(0, 1)/' model.yaml >warned.yaml
expect 1 run warned.yaml --precision 2% --strict
empty out

# --- Ctrl-C: a long run is over at once, and writes nothing ----------------------------------------------
cat >long.yaml <<'END'
roicast: 1
timeline: {years: 40, step: month}
series:
  noise: each(gamma(2.5, 1)) + each(normal(0, 1))
outputs:
  total: sum(noise)
END
"$program" run long.yaml --trials 2^23 --threads 1 -o never.txt >out 2>err &
job=$!
sleep 1
kill -INT "$job" || fail 'the long run was not long enough'
wait "$job"
code=$?
[ "$code" = 130 ] || fail "Ctrl-C: exit code $code ($(head -n 1 err))"
has err 'interrupted; nothing was written'
[ ! -e never.txt ] || fail 'an interrupted run wrote its output'

# --- bench ----------------------------------------------------------------------------------------
small='--rounds 1 --trials 64 --threads 3 --quiet'
# shellcheck disable=SC2086
{
    expect 0 bench $small
    empty err
    has out 'Reference workload W1'
    has out '^By threads'
    has out '^By instruction set'
    has out '█'
    expect 0 bench $small --format json
    has out '"processors": '
    has out '"isa": '
    has out '"instruction_sets": '
    [ "$(grep -c '"efficiency"' out)" = 3 ] || fail "threads 1, 2 and 3: $(grep efficiency out)"
    expect 0 bench model.yaml $small -o bench.json
    empty out
    has bench.json '"file": "model.yaml"'
    has bench.json '"outputs": "all"'
    expect 0 bench model.yaml $small --outputs half
    has out 'outputs: half'
    expect 2 bench bad.yaml $small
    has err 'mode 2 lies below'
    expect 2 bench missing.yaml $small
    expect 2 bench $small --outputs nothing
    empty out
    expect 2 bench $small --set growth=nothing
    has err 'unknown name'
}
expect 2 bench --rounds 0
has err 'must lie between 1 and'
expect 2 bench --format html
expect 2 bench --quick --trials 64 --rounds 1 --quiet -o no/such/folder/x.json

"$program" run long.yaml --precision 0.001% --threads 1 -o never.txt >out 2>err &
job=$!
sleep 2
kill -INT "$job" || fail 'the growing run was not long enough'
wait "$job"
code=$?
[ "$code" = 130 ] || fail "Ctrl-C while growing: exit code $code ($(head -n 1 err))"
has err 'interrupted; nothing was written'
[ ! -e never.txt ] || fail 'an interrupted growing run wrote its output'

# columns of one file with one tag come from the same row: b is twice a in every trial, or is not
printf 'a,b\n1,2\n5,10\n7,14\n' >pairs.csv
for rows in ', rows="row"' ''; do
    cat >pairs.yaml <<END
roicast: 1
inputs:
  a: empirical(file="pairs.csv", column="a"$rows)
  b: empirical(file="pairs.csv", column="b"$rows)
outputs:
  gap: abs(b - 2 * a)
END
    expect 0 run pairs.yaml --format json --trials 4096 --quiet
    largest=$(sed -n '/"max"/,/}/s/.*"value": *\([0-9.]*\).*/\1/p' out)
    case "$rows:$largest" in
    ,*:0.0 | :12.0) ;;
    *) fail "largest gap \"$largest\" with rows \"$rows\"" ;;
    esac
done

# --- The report -----------------------------------------------------------------------------------
mkdir sub
cp model.yaml sub/
expect 0 report sub/model.yaml --trials 4096
empty out
has err 'wrote model.html ('
[ -f model.html ] || fail 'no model.html'
has model.html '<!DOCTYPE html>'
expect 0 report sub/model.yaml --trials 4096 -o page.txt --quiet
empty err
has page.txt '^Losing money'
expect 0 report sub/model.yaml --trials 4096 -o - --quiet
grep -v '"seconds"\|"simulate_seconds"' out >first
expect 0 run sub/model.yaml --trials 4096 --format html --quiet
grep -v '"seconds"\|"simulate_seconds"' out >second
cmp -s first second || fail 'run --format html and report differ'
expect 2 report bad.yaml
"$program" report - --trials 4096 --quiet <model.yaml || fail 'report of standard input'
[ -f report.html ] || fail 'no report.html'

[ "$failures" = 0 ] && echo "all well"
exit "$((failures > 0))"
