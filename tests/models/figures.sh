#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What a run of a model in models/ gives, as kept in models/NAME.expected.json: the JSON result at
# 65,536 trials without what differs between machines ("machine") and releases ("roicast").
#   tests/models/figures.sh PROGRAM MODEL.yaml     (in the folder of the model)
set -eu
json=$("$1" run "$2" --trials 65536 --format json --quiet)
printf '%s\n' "$json" | awk '
    /^ "roicast":/ { next }
    /^ "machine":/ { sub(/,$/, "", last); found = 1; print last; print "}"; exit }
    last != "" { print last }
    { last = $0 }
    END { if (!found) { print "figures.sh: no \"machine\" in the result"; exit 1 } }'
