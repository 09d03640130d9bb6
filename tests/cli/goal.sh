#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# roicast goal as a user meets it. P(normal(m, 1) < 0) = 10% at m = 1.2815515655.
#   tests/cli/goal.sh PROGRAM
# shellcheck source=tests/cli/session.sh
. "$(dirname "$0")/session.sh"

cat >m.yaml <<'EOF'
roicast: 1
inputs:
  m: {value: "uniform(0, 3)", label: Middle}
  noise: normal(0, 1)
  fixed: 5
levers: {push: {range: [0, 3], start: 0}}
outputs: {y: m + noise + push}
EOF
expect 0 goal m.yaml --find m --target 'below_zero(y) <= 10%' -q
has out 'is met where Middle is at least 1.28'
expect 0 goal m.yaml --find m --target 'below_zero(y) <= 10%' -q -f json -n 2^18
python3 - <<'EOF' || fail 'the place is not within its interval of 1.2816'
import json
x = json.load(open("out"))["x"]
half = (x["high"] - x["low"]) / 2
assert abs(x["value"] - 1.2815515655446005) <= 4 / 2.13 * half, x
EOF
"$program" goal m.yaml --find m --target 'y.p5 >= 0' -q -f json -n 4096 -t 1 >one
"$program" goal - --find m --target 'y.p5 >= 0' -q -f json -n 4096 -t 7 --isa sse2 <m.yaml |
    sed 's/<stdin>/m.yaml/' >seven
cmp -s one seven || fail 'threads, sets or standard input change the bytes'
expect 0 goal m.yaml --find push --target 'y.mean >= 2' -q
has out 'push is at least 0.5'
expect 2 goal m.yaml --find push --target 'y.mean >= 2' -q --set push.step=0.5
has err 'takes some values only'
expect 0 goal m.yaml --find m --target 'below_zero(y) <= 0.0001%' -q
has out 'Not reachable'
expect 0 goal m.yaml --find m --target 'y.mean >= -1' -q
has out 'is met for every Middle'
expect 2 goal m.yaml --find n --target 'y.mean >= 0'
has err 'did you mean `m`'
expect 2 goal m.yaml --find m --target 'y.mean'
has err 'a goal is WHAT <= NUMBER'
expect 2 goal m.yaml --find m --target 'y.p7 >= 0'
has err 'of percentiles p1'
expect 2 goal m.yaml --find m --target 'z >= 0'
has err 'z'
expect 2 goal m.yaml --find fixed --target 'y >= 0'
has err '--from'
expect 2 goal m.yaml --find m --target 'y >= 0' --from 3 --to 1
has err 'must lie below'
expect 0 goal m.yaml --find m --target 'y.mean >= 10' --from 0 --to 20 -q
has out 'at least 10'

# what is never paid back: a percentile may be "never", a mean is none
cat >pay.yaml <<'EOF'
roicast: 1
currency: USD
timeline: {years: 3}
inputs: {gain: "pert(10k, 30k, 90k)", price: "pert(5k, 60k, 140k)"}
benefits: {sales: {value: gain, kind: saving}}
costs: {project: {value: price, per: once}}
EOF
expect 0 goal pay.yaml --find gain --target 'payback.p90 <= 2.5' -q -n 4096
has out 'is met where gain is at least 39,'
has out 'never  *no'
expect 0 goal pay.yaml --find gain --target 'payback.p90 <= 2.5' -q -n 4096 --to 10k --from 1k
has out 'for every gain from 1,000 to'
expect 2 goal pay.yaml --find gain --target 'payback <= 2.5' -q -n 4096
has err 'ask for a percentile, such as payback.p50'
[ "$failures" = 0 ] || exit 1
