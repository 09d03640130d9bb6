#!/bin/sh
# Same model, seed and trials: the same JSON but for "machine", on any number of threads, on every
# instruction set that this processor has, and with AVX2 and FMA hidden from the C library.
#   identity.sh ROICAST MODEL [TRIALS]
set -eu
program=$1
model=$2
trials=${3:-32768}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# run NAME OPTIONS...: the result without "machine", which stands last
run() {
    name=$1
    shift
    "$program" run "$model" --format json --quiet --trials "$trials" "$@" >"$work/$name.json" || return 1
    grep -q '"machine"' "$work/$name.json"
    sed '/"machine"/,$d' "$work/$name.json" >"$work/$name"
}

same() {
    cmp "$work/base" "$work/$1" || { echo "$1: the bytes differ" >&2; exit 1; }
    echo "$1: the same"
}

for sampler in sobol random hdr; do
    run base --sampler "$sampler" --threads 1
    for threads in 2 7; do
        run "threads-$threads" --sampler "$sampler" --threads "$threads"
        same "threads-$threads"
    done
    for isa in sse2 avx2 avx512; do
        if run "$isa" --sampler "$sampler" --isa "$isa" 2>"$work/said"; then
            same "$isa"
        else
            grep -q "has no $isa" "$work/said" || { cat "$work/said" >&2; exit 1; }
            echo "$isa: not on this processor"
        fi
    done
    GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX2_Usable,-FMA_Usable
    export GLIBC_TUNABLES
    run tunables --sampler "$sampler"
    unset GLIBC_TUNABLES
    same tunables
done
# a difference is seen: another seed is not the same
run base --seed 1
run seed --seed 2
if cmp -s "$work/base" "$work/seed"; then
    echo "another seed gave the same bytes: the comparison is blind" >&2
    exit 1
fi
