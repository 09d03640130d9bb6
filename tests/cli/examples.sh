#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The examples that --help shows can be pasted: each runs, on files of the names that it uses.
# Runs are short: --trials is added behind. `bench` is for machines at rest and left out.
#   examples.sh ROICAST
set -u
case $1 in
/*) program=$1 ;;
*) program=$PWD/$1 ;;
esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failures=0

cat >model.yaml <<'END'
roicast: 1
title: A small project
timeline: {years: 2}
discount_rate: 8%
inputs:
  seats: pert(10, 20, 40)
  churn: beta(2, 8)
  training: uniform(0, 1)
benefits:
  savings: {value: seats * 12 * (1 - churn) * (0.8 + training / 2), kind: saving}
costs:
  licences: {value: seats * 5, per: year}
  start: {value: 100, per: once}
scenarios:
  growth: {seats: "pert(20, 30, 60)"}
  heavy training: {training: "uniform(0.8, 1)"}
END
sed 's/{value: 100, per: once}/{value: 60, per: once}/' model.yaml >other.yaml
cp model.yaml one.yaml
cp model.yaml plan.yaml
mkdir models company vendor
cp model.yaml models/
cp model.yaml crm.yaml
printf 'inputs: {seats: 14}\n' >company/startup.yaml
printf 'inputs: {churn: 5%%}\n' >vendor/a.yaml
printf 'inputs: {churn: 15%%}\n' >vendor/b.yaml
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do
    echo "$((i * i * 7 % 23)).5" >>data.values
    echo "$((i * i % 11))" >>tickets.values
    echo "0.$((i * 53 % 89 + 10))" >>share.values
done
{ echo hours,person; awk '{ print $0 "," NR }' data.values; } >survey.csv
{ echo hours; cat data.values; } >data.csv
{ echo tickets; cat tickets.values; } >tickets.csv
{ echo share; cat share.values; } >share.csv
printf 'variable,distribution,lower,median,upper\na,norm,1,,3\nb,const,2,,2\n' >estimates.csv
"$program" run model.yaml -n 1024 -q --outputs npv -f sipmath -o library.json

roicast() {
    case $1 in
    run | report | sensitivity | compare | goal) "$program" "$@" --trials 4096 ;;
    fit) "$program" "$@" --bootstrap 20 ;;
    new) "$program" "$@" --force </dev/null ;;
    *) "$program" "$@" ;;
    esac
}
jq() { cat >/dev/null; }
man() { cat >/dev/null; }
set -o pipefail

shown=0
for command in '' $("$program" list commands | cut -d ' ' -f 1); do
    [ "$command" != bench ] || continue
    cp models/model.yaml model.yaml # an example writes it
    # shellcheck disable=SC2086
    "$program" help $command | sed -n '/^Examples:/,$s/^  //p' >examples
    while IFS= read -r example; do
        case $example in
        'roicast new' | 'roicast new -o model.yaml') continue ;; # they ask, on a terminal
        esac
        shown=$((shown + 1))
        if ! eval "$example" >out 2>err </dev/null; then
            echo "failed: $example" >&2
            head -n 3 err >&2
            failures=$((failures + 1))
        fi
    done <examples
done
[ "$shown" -ge 30 ] || { echo "only $shown examples" >&2; exit 1; }
[ "$failures" = 0 ] && echo "$shown examples run"
exit "$((failures > 0))"
