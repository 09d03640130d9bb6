#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Write models/NAME.expected.json anew for every model (or those named), after a change that is meant
# to change figures. Look at the difference before committing it.
#   tests/models/update.sh [PROGRAM [MODEL.yaml ...]]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
program=${1:-$here/../../build/release/roicast}
case $program in
/*) ;;
*) program=$PWD/$program ;;
esac
[ $# -gt 0 ] && shift
cd "$here/../../models"
[ $# -gt 0 ] || set -- *.yaml
for model in "$@"; do
    model=$(basename "$model")
    sh "$here/figures.sh" "$program" "$model" >"${model%.yaml}.expected.new"
    mv "${model%.yaml}.expected.new" "${model%.yaml}.expected.json"
    echo "${model%.yaml}.expected.json"
done
