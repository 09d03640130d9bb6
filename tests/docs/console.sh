#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What a page of docs/ shows is what the program prints. In a scratch folder, from the top of the
# page to its end:
#   ```yaml file=NAME     the block becomes the file NAME (any language; folders are made)
#   ```console            lines "$ command" run in sh; what follows, up to the next, is exactly what
#                         they print (both streams). A line "..." stands for any lines.
# `roicast` is the program, `models` the models of the source tree.
#   tests/docs/console.sh PROGRAM PAGE...
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
program=$1
shift
case $program in
/*) ;;
*) program=$PWD/$program ;;
esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/steps"
ln -s "$program" "$work/bin/roicast"
PATH=$work/bin:$PATH
export PATH COLUMNS=100 NO_COLOR=1
unset LANG LC_ALL LC_MESSAGES LANGUAGE || true

# A page as numbered steps: N.file (its path in line 1), or N.command with N.wanted and N.line.
split() {
    awk -v out="$work/steps/" '
        function stop() { if (name != "") close(name); name = "" }
        /^```/ && !inside {
            inside = 1
            if (match($0, /file=[^ ]+/)) {
                name = out sprintf("%04d.file", ++n)
                print substr($0, RSTART + 5, RLENGTH - 5) >name
            } else if ($0 == "```console") console = 1
            next
        }
        /^```$/ { inside = console = 0; stop(); next }
        console && /^\$ / {
            stop()
            base = out sprintf("%04d", ++n)
            print substr($0, 3) >(base ".command"); close(base ".command")
            print FNR >(base ".line"); close(base ".line")
            name = base ".wanted"
            printf "" >name
            next
        }
        inside && name != "" { print >name }' "$1"
}

# Does the output match what is wanted, where "..." stands for any lines?
matches() { # WANTED PRINTED
    awk 'FILENAME == ARGV[1] { want[++n] = $0; next } { have[++m] = $0 }
         END {
             i = j = 1; star = 0
             while (j <= m) {
                 if (i <= n && want[i] == "...") { star = i++; mark = j }
                 else if (i <= n && want[i] == have[j]) { i++; j++ }
                 else if (star) { i = star + 1; j = ++mark }
                 else exit 1
             }
             while (i <= n && want[i] == "...") i++
             exit i <= n
         }' "$1" "$2"
}

commands=0
failed=0
for page; do
    rm -rf "$work/steps" "$work/here"
    mkdir "$work/steps" "$work/here"
    ln -s "$root/models" "$work/here/models"
    split "$page"
    cd "$work/here"
    for step in "$work"/steps/*.file "$work"/steps/*.command; do
        [ -e "$step" ] && echo "$step"
    done | sort >"$work/order"
    while read -r step; do
        case $step in
        *.file)
            file=$(head -n 1 "$step")
            mkdir -p "$(dirname "$file")"
            tail -n +2 "$step" >"$file"
            ;;
        *.command)
            sh "$step" >"$work/printed" 2>&1 </dev/null || true
            commands=$((commands + 1))
            if ! matches "${step%.command}.wanted" "$work/printed"; then
                failed=$((failed + 1))
                echo "$page:$(cat "${step%.command}.line"): \$ $(cat "$step")"
                diff "${step%.command}.wanted" "$work/printed" | head -n 40 || true
            fi
            ;;
        esac
    done <"$work/order"
    cd "$root"
done
echo "$commands commands shown, $failed print something else"
[ "$failed" = 0 ]
