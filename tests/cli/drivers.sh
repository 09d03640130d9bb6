#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What drives a run, as a user meets it: shown by default, left out when asked, no error where there is
# nothing to say, and the figures of `roicast sensitivity`, whatever the number of trials and threads.
#   tests/cli/drivers.sh PROGRAM
# shellcheck source=tests/cli/session.sh
. "$(dirname "$0")/session.sh"
# a run that ends well says nothing on stderr
expect() { # CODE OPTIONS...
    wanted=$1
    shift
    "$program" "$@" -q >out 2>err </dev/null
    code=$?
    [ "$code" = "$wanted" ] || fail "exit code $code, not $wanted: $* ($(head -n 1 err))"
    [ "$wanted" != 0 ] || [ ! -s err ] || fail "said on stderr: $(head -n 1 err)"
}

w1=$models/w1.yaml
expect 0 run "$w1" -n 8192
has out '^What drives it · Return on investment'
has out '^5  '
lacks out '^6  '
[ "$(awk '/^What drives/ { on = 1 } /^Results/ { on = 0 }
    on { gsub(/[\200-\277]/, ""); if (length > 80) n++ } END { print n + 0 }' out)" = 0 ] ||
    fail 'lines wider than 80 columns'
expect 0 run "$w1" -n 8192 --drivers 2
has out '^2  '
lacks out '^3  '
expect 0 run "$w1" -n 8192 --drivers 0
lacks out 'What drives'
expect 0 run "$w1" -n 8192 --drivers 0 -f json
has out '"drivers": null'
expect 0 run "$w1" -n 8192 --outputs npv
lacks out 'What drives'
expect 0 run "$w1" -n 8192 --outputs npv --drivers 3
has out '^What drives it · Net present value'
expect 0 run "$w1" -n 100 --sampler random
expect 0 run "$w1" -n 3 --sampler random
lacks out 'What drives'
expect 0 run "$w1" -n 4096 -f csv
lacks out 'drives'
expect 2 run "$w1" --drivers few

# nothing varies; nothing has a value; a target with a value in some trials
printf 'roicast: 1\ninputs: {a: 2}\noutputs: {y: a * 3}\n' >certain.yaml
expect 0 run certain.yaml
lacks out 'What drives'
printf 'roicast: 1\ninputs: {a: "normal(0, 1)"}\noutputs: {y: "log(-1 - a^2)", z: a}\n' >nowhere.yaml
expect 0 run nowhere.yaml -n 4096
lacks out 'What drives'
printf 'roicast: 1\ninputs: {a: "normal(0, 1)", b: "normal(0, 1)"}\noutputs: {y: sqrt(a) + b}\n' >half.yaml
expect 0 run half.yaml -n 4096
has out '^What drives it · y'
lacks out 'knowing it'
expect 0 run half.yaml -n 4096 -f json
has out '"undefined": 0.5'

# the same figures as `sensitivity`, and the same for a larger and a growing run
part() { sed -n '/"sensitivity": {/,/"meaning": {/p' "$1" | sed 's/^ *//'; }
expect 0 sensitivity "$w1" -f json
part out >ranks
[ "$(wc -l <ranks)" -gt 100 ] || fail 'no rankings'
expect 0 run "$w1" -n 2^17 -f json -t 1
part out >of_run
cmp ranks of_run || fail 'run and sensitivity differ'
expect 0 run "$w1" --outputs roi --drivers 5 --precision 3% -f json -t 2
part out >of_grown
cmp ranks of_grown || fail 'a growing run has other drivers'
[ "$failures" = 0 ] && echo 'all well'
exit "$((failures > 0))"
