# SPDX-License-Identifier: GPL-3.0-or-later
# Shared by the tests of the program, which read this with PROGRAM as their first argument: an empty
# folder to work in, and what a run must have given.
set -u
case $1 in
/*) program=$1 ;;
*) program=$PWD/$1 ;;
esac
here=$(cd "$(dirname "$0")" && pwd)
models=$(cd "$here/../../models" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
failures=0

fail() {
    echo "failed: $*" >&2
    failures=$((failures + 1))
}

# expect CODE ARGS...: run, keep stdout in out and stderr in err
expect() {
    wanted=$1
    shift
    "$program" "$@" >out 2>err </dev/null
    code=$?
    [ "$code" = "$wanted" ] || fail "exit code $code, not $wanted: roicast $* ($(head -n 1 err))"
}
has() { grep -q -e "$2" "$1" || fail "no \"$2\" in $1: $(head -n 3 "$1")"; }
lacks() { ! grep -q -e "$2" "$1" || fail "\"$2\" in $1"; }
empty() { [ ! -s "$1" ] || fail "$1 is not empty: $(head -n 3 "$1")"; }
