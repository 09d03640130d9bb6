#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Help, manual pages and completion say the same, fit into 80 columns, and are clean to those that
# read them (mandoc, man, zsh and fish where they are there).
#   pages.sh ROICAST
set -u
case $1 in
/*) program=$1 ;;
*) program=$PWD/$1 ;;
esac
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
fail() {
    echo "failed: $*" >&2
    failures=$((failures + 1))
}
have() { command -v "$1" >/dev/null 2>&1; }
options() { grep -oE '^ +(-., )?--[a-z-]+' | grep -oE -e '--[a-z-]+' | sort; }

commands=$("$program" list commands | cut -d ' ' -f 1)
for shell in bash zsh fish; do
    "$program" help --completion $shell >"$work/complete.$shell" || fail "no completion for $shell"
done
have zsh && { zsh -n "$work/complete.zsh" || fail 'zsh does not read its completion'; }
have fish && { fish -n "$work/complete.fish" || fail 'fish does not read its completion'; }
# shellcheck source=/dev/null
. "$work/complete.bash" || fail 'bash does not read its completion'

# complete WORDS...: what bash offers for the last of them
complete_words() {
    COMP_WORDS=("$program" "$@")
    COMP_CWORD=$#
    _roicast
    printf '%s\n' "${COMPREPLY[@]}" | sort
}

page() { # NAME [COMMAND]: one manual page and its help
    name=$1
    shift
    "$program" help "$@" >"$work/help" || fail "no help $*"
    "$program" help --man "$@" >"$work/$name.1" || fail "no manual page $name"
    long=$(awk 'length > 80' "$work/help")
    [ -z "$long" ] || fail "wider than 80 columns: $long"
    for section in NAME SYNOPSIS DESCRIPTION OPTIONS 'EXIT STATUS' 'SEE ALSO'; do
        grep -q "^.Sh $section\$" "$work/$name.1" || fail "$name(1) has no $section"
    done
    if have man && have groff; then
        said=$(man -l --warnings "$work/$name.1" 2>&1 >/dev/null)
        [ -z "$said" ] || fail "$name(1): $said"
    fi
}

page roicast
[ "$(complete_words '')" = "$({ echo "$commands"; echo --help; echo --version; } | sort)" ] ||
    fail 'completion of commands'
for command in $commands; do
    page "roicast-$command" "$command"
    "$program" "$command" --help | options >"$work/help.options"
    grep '^\.It .*Fl \\-' "$work/roicast-$command.1" | sed 's/.*Fl \\-\([a-z-]*\).*/--\1/' |
        sort >"$work/man.options"
    cmp -s "$work/help.options" "$work/man.options" || fail "options of roicast-$command(1)"
    complete_words "$command" -- | cmp -s - "$work/help.options" || fail "bash: options of $command"
    for option in $(cat "$work/help.options"); do
        grep -qE "__fish_seen_subcommand_from $command' -l ${option#--} " "$work/complete.fish" ||
            fail "fish: $command $option"
    done
    grep -q "Xr roicast-$command 1" "$work/roicast.1" || fail "roicast(1) names no roicast-$command"
done
if have mandoc; then # which looks for the pages that others name here
    said=$(cd "$work" && mandoc -T lint ./*.1)
    [ -z "$said" ] || fail "$said"
fi
[ "$(complete_words sensitivity model.yaml --method torn)" = tornado ] || fail 'bash: a method'
[ "$(complete_words report -f ht)" = html ] || fail 'bash: a format'
printf 'roicast: 1\ninputs: {a: 1}\noutputs: {b: a}\nscenarios: {"far out": {a: 2}}\n' >"$work/m.yaml"
[ "$(complete_words run "$work/m.yaml" --scenario fa)" = 'far\ out' ] || fail 'bash: a scenario'

[ "$failures" = 0 ] && echo 'all well'
exit "$((failures > 0))"
