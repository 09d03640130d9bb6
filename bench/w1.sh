#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The reference model W1 (models/w1.yaml) through the program: outputs roi, npv and payback, one
# thread, each instruction set that the machine has. Two times, medians of several runs in turn:
#   text      the whole program, start to end, with its text report (percentiles and intervals)
#   simulate  what the run itself reports in JSON: drawing, model and collecting, without reading
#             the model and without finishing; JSON always has the cash table, 24 columns more
#
#     bench/w1.sh ROICAST [TRIALS] [ROUNDS]
set -eu
roicast=${1:?usage: w1.sh ROICAST [TRIALS] [ROUNDS]}
trials=${2:-4194304}
rounds=${3:-7}
model=$(dirname "$0")/../models/w1.yaml
times=$(mktemp)
trap 'rm -f "$times"' EXIT

run() { # ISA FORMAT
    "$roicast" run "$model" --outputs roi,npv,payback --threads 1 --trials "$trials" --quiet \
        --isa "$1" --format "$2"
}

round=0
while [ "$round" -lt "$rounds" ]; do
    for isa in sse2 avx2 avx512; do
        start=$(date +%s.%N)
        run "$isa" text >/dev/null 2>&1 || continue # this machine does not have it
        echo "$isa text $start $(date +%s.%N)" | awk '{print $1, $2, $4 - $3}' >>"$times"
        run "$isa" json | sed -n "s/.*\"simulate_seconds\": *\\([0-9.e+-]*\\).*/$isa simulate \\1/p" \
            >>"$times"
    done
    round=$((round + 1))
done
grep -m1 'model name' /proc/cpuinfo 2>/dev/null | sed 's/.*: */Processor: /' || true
echo "Trials: $trials, rounds: $rounds"
echo
echo "| instruction set | time | s | ns a trial | million trials/s |"
echo "|---|---|---|---|---|"
for isa in sse2 avx2 avx512; do
    for what in text simulate; do
        grep "^$isa $what " "$times" | sort -k3 -g | awk -v name="$isa | $what" -v n="$trials" '
            {t[NR] = $3}
            END {if (NR) {m = t[int((NR + 1) / 2)]
                          printf "| %s | %.3f | %.1f | %.2f |\n", name, m, 1e9 * m / n, n / m / 1e6}}'
    done
done
