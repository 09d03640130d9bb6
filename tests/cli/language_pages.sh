#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Pages of rankings (every method), goals and alternatives in Chinese: no English is left where all
# names of the model are Chinese, and columns stay below each other.   language_pages.sh PROGRAM
# shellcheck source=tests/cli/session.sh
. "$(dirname "$0")/session.sh"
unset LANG LC_ALL LC_MESSAGES LANGUAGE
cat >试验.yaml <<'EOF'
roicast: 1
title: 试验
currency: CNY
timeline: {years: 2}
discount_rate: 10%
factors: {质量: {value: "uniform(0.2, 1)", group: 人}}
inputs:
  甲: {value: "lognormal(median=100, sigma=0.3)", group: 双}
  乙: {value: "normal(1, 0.2)", group: 人}
  丙: {value: "normal(0, 1)", group: 双}
series: {丁: "each(uniform(0.9, 1.1))"}
benefits: {收入: {value: 甲 * 质量 * 丁 + 丙 * 1e-9, kind: saving}}
costs: {费用: {value: 60 * 乙, per: once}, 运维: 30 to 60}
risks: {火灾: {probability: 20%, impact: 20 to 80}}
outputs: {比: 甲 / 乙}
correlations: [[质量, 乙, 0.3]]
scenarios: {好: {质量: "uniform(0.5, 1)"}, 坏: {质量: "uniform(0.1, 0.6)"}}
EOF
sed 's/CNY/TWD/' 试验.yaml >twd.yaml
cat >columns.py <<'EOF'
# where columns end: by the heads of rank and input, all bars of a table start in one column
import sys
import unicodedata

def width(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)

bars = 0
start = None
for line in open(sys.argv[1], encoding="utf-8"):
    line = line.rstrip("\n")
    if width(line) > 80:
        sys.exit("wider than 80 columns: " + line)
    if line.startswith("  名次"):
        start = None
    first = min((line.find(c) for c in "█░" if c in line), default=-1)
    if first < 0 or line.startswith(("·", "  ·")) or "%" not in line:
        continue
    at = width(line[:first])
    bars += 1
    if start is not None and at != start:
        sys.exit("a bar starts in column %d, not %d: %s" % (at, start, line))
    start = at
if bars < 10:
    sys.exit("only %d bars" % bars)
EOF
methods=$("$program" list methods | awk '{ print $1 }' | paste -sd ,)
few='-q -t 1 -n 1024 --color never'
for lang in zh-CN zh-TW; do
    {
        "$program" sensitivity 试验.yaml $few --lang $lang --top 3 -m "$methods" --base 256 \
            --trajectories 32 --pairs 丁:火灾
        "$program" sensitivity 试验.yaml $few --lang $lang --given '质量 > 0.4'
        "$program" sensitivity 试验.yaml $few --lang $lang --target 'below_zero(比)' --top 99
        "$program" goal 试验.yaml $few --lang $lang --find 质量 --target 'npv.mean >= 0'
        "$program" goal 试验.yaml $few --lang $lang --find 质量 --target 'below_zero(npv) <= 0%'
        "$program" goal 试验.yaml $few --lang $lang --find 质量 --target 'npv.mean >= -1000'
        "$program" compare 试验.yaml $few --lang $lang --scenarios 好,坏
    } >page 2>err || fail "$lang: $(head -n 1 err)"
    [ ! -s err ] || fail "$lang: $(cat err)"
    # the command that redoes it, names of outputs and methods, and what is written in Latin letters in Chinese too
    sed '/roicast /d; s/below_zero\|[a-z]*\.mean\|roi\|npv\|irr\|[Ss]obol\|Shapley\|Morris\|PAWN\|Delta\|--or-nothing//g
        s/Crystal Ball\|\bP[0-9][0-9]*\b\|CVaR\|NPV\|R²//g' page | grep '[A-Za-z]' >left
    [ ! -s left ] || fail "$lang: $(cat left)"
    [ "$(grep -c '^（' page)" -ge 20 ] || fail "$lang: methods are missing"
    # a currency with a long sign stands beside the tables, not in their narrow columns
    "$program" sensitivity twd.yaml $few --lang $lang -m oat,evppi,tornado --target npv >page
    grep -q '新台币。$\|新臺幣。$' page || fail "$lang: no currency"
    ! grep '^ .*NT\$' page || fail "$lang: NT\$ in a table"
    "$program" sensitivity 试验.yaml $few --lang $lang -m rank,first_order,loss,variance,evppi >page
    python3 columns.py page || fail "$lang: columns"
done
# Lists: every line has words of the language, but forms of distributions, formulas and names
plain='x / (x + half)\|1 / (1 + e^\|HubSpot\|Microsoft Dynamics\|Salesforce\|Zoho CRM\|^  [a-z_]*(.*)$'
for lang in zh-CN zh-TW; do
    {
        "$program" list --lang $lang
        for what in distributions functions metrics formats samplers methods lint templates commands; do
            "$program" list $what --lang $lang
        done
        for name in $("$program" list distributions | sed -n 's/^\([a-z_]\{3,\}\) .*/\1/p') to; do
            "$program" list distribution "$name" --lang $lang | sed '/^[^ ]* [a-z_]*(.*)$/,/^      ─*$/d'
        done
    } | grep '[a-z][a-z]' | grep -v "$plain\|^ *p1  *p5\|^ *p5 " | LC_ALL=C grep -v "$(printf '[\200-\377]')" >left
    [ ! -s left ] || fail "$lang: lists: $(cat left)"
done
"$program" check 试验.yaml --lang zh-TW | grep -q '正確（.*個不確定輸入.*情境：好, 坏）' || fail 'check'
# the scan does find English
"$program" sensitivity 试验.yaml $few -m rank | grep -q '[a-z][a-z] [a-z]' || fail 'no English in English'
[ "$failures" = 0 ]
