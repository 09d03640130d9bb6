#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The HTML report in a real browser: charts, keys, screen readers, paper, hostile texts.
#   tests/browser/run.sh PROGRAM WORK     exit code 77: there is no browser to test with
set -eu
here=$(cd "$(dirname "$0")" && pwd)
program=$1
work=$2
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
for tool in node npm pdfinfo pdftotext; do
    command -v "$tool" >/dev/null || browser=
done
if [ -z "$browser" ]; then
    echo "NOT TESTED: chromium, node, npm or poppler-utils are missing (./dev test installs them)" >&2
    exit 77
fi
mkdir -p "$work"
cp "$here/package.json" "$here/package-lock.json" "$here/report.mjs" "$work/"
cd "$work"
if ! cmp -s package-lock.json node_modules/.lock; then
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
    cp package-lock.json node_modules/.lock
fi
for model in hostile certain lost numbers; do
    "$program" report "$here/$model.yaml" --trials 4096 --quiet -o "$model.html"
done
"$program" report "$here/../../models/crm-midmarket.yaml" --trials 16384 --quiet -o crm.html
BROWSER="$browser" exec node report.mjs
