#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What README.md shows is what the program prints: every line of its blocks without a language stands
# in the output of the commands of the tour.
#   tests/docs/readme.sh PROGRAM
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
case $1 in
/*) program=$1 ;;
*) program=$PWD/$1 ;;
esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
awk '/^```yaml complete$/ { on = 1; next } /^```$/ { on = 0 } on' "$root/README.md" >my.yaml
sed 's/hourly_rate \*/hourly_rat */' my.yaml >wrong.yaml
{
    "$program" run "$root/models/crm-midmarket.yaml" --quiet --color never
    "$program" check wrong.yaml --color never 2>&1 | sed 's/^wrong\.yaml/my.yaml/'
    "$program" run my.yaml --quiet --color never
    "$program" explain my.yaml
    "$program" run my.yaml --quiet --format json --outputs roi
} >printed
awk '/^```/ { inside = !inside; plain = inside && $0 == "```"; next } plain && !/^\$/ && NF' \
    "$root/README.md" >shown
[ "$(wc -l <shown)" -ge 30 ] || { echo "README.md shows too little: $(wc -l <shown) lines" >&2; exit 1; }
grep -vxFf printed shown >missing || true
if [ -s missing ]; then
    echo "README.md shows lines that the program does not print (take them from its output):" >&2
    cat missing >&2
    exit 1
fi
echo "$(wc -l <shown) lines of README.md are what the program prints"
