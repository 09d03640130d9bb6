#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# --lang and the languages of the environment; Chinese pages of a real model.
#   tests/cli/language.sh PROGRAM MODEL
# shellcheck source=tests/cli/session.sh
. "$(dirname "$0")/session.sh"
unset LANG LC_ALL LC_MESSAGES LANGUAGE
model=$2

# speaks WORD ENV... : with these variables the help has the word, and nothing is said on standard error
speaks() {
    word=$1
    shift
    env "$@" "$program" version --help >out 2>err || fail "$* ($(cat err))"
    [ ! -s err ] || fail "noise with $*: $(cat err)"
    grep -q "$word" out || fail "no $word with $*: $(sed -n 3p out)"
}
english=Options: simplified=选项： traditional=選項：
speaks $english LANG=
speaks $english LANG=C
speaks $english LANG=C.UTF-8
speaks $english LANG=POSIX
speaks $english LANG=de_DE.UTF-8
speaks $english LANG=xx
speaks $english LANG=zhx_CN.UTF-8
speaks $simplified LANG=zh_CN.UTF-8
speaks $simplified LANG=zh_CN.GB18030
speaks $simplified LANG=zh_SG
speaks $simplified LANG=zh
speaks $simplified LANG=zh_Hans_HK.UTF-8
speaks $traditional LANG=zh_TW.UTF-8
speaks $traditional LANG=zh_HK.UTF-8
speaks $traditional LANG=zh_MO
speaks $traditional LANG=zh_Hant_CN.UTF-8
speaks $traditional LANG=zh_TW@hant
speaks $traditional LANG=en_US.UTF-8 LC_MESSAGES=zh_TW.UTF-8
speaks $simplified LANG=zh_TW.UTF-8 LC_MESSAGES=zh_TW.UTF-8 LC_ALL=zh_CN.UTF-8
speaks $traditional LANG=zh_TW.UTF-8 LC_ALL= LC_MESSAGES=
speaks $english LANG=zh_TW.UTF-8 LC_ALL=C
speaks $english LANG=zh_TW.UTF-8 LC_CTYPE=zh_TW.UTF-8 LC_MESSAGES=C
speaks $english LANG=en_US.UTF-8 LC_CTYPE=zh_TW.UTF-8 LC_NUMERIC=zh_CN.UTF-8
# LANGUAGE comes first, unless nobody chose a language
speaks $traditional LANG=en_US.UTF-8 LANGUAGE=fr:zh_TW:zh_CN
speaks $english LANG=C LANGUAGE=zh_TW
speaks $english LANG=C.UTF-8 LANGUAGE=zh_TW
speaks $english LANGUAGE=zh_TW
speaks $simplified LANG=zh_CN.UTF-8 LANGUAGE=fr
speaks $simplified LANG=zh_CN.UTF-8 LANGUAGE=
speaks $english LANG=zh_CN.UTF-8 LANGUAGE=en_GB:zh_TW
speaks $traditional LANG=zh_CN.UTF-8 LANGUAGE=::zh_HK

# --lang is stronger than the environment, and takes names as locales have them
said() { LANG=zh_TW.UTF-8 LANGUAGE=zh_TW "$program" version --help --lang "$1" 2>&1; }
for lang in zh-CN zh_CN zh zh-Hans ZH-cn zh_SG.UTF-8; do
    said $lang | grep -q $simplified || fail "--lang $lang"
done
said zh-HK | grep -q $traditional || fail "--lang zh-HK"
said en | grep -q $english || fail "--lang en"
for lang in tlh C '' zhx; do
    if said "$lang" >out; then fail "--lang '$lang' was taken"; fi
    grep -q 'must be one of en (English), zh-CN (简体中文), zh-TW (繁體中文)' out || fail "$(cat out)"
done

# JSON is the same in every language
said_json() { "$program" run "$model" -n 1k -q --format json --lang "$1" | sed '/"machine"/,$d'; }
[ "$(said_json en)" = "$(said_json zh-TW)" ] || fail "JSON differs by language"

# No English in the page of a real model, but names that are the same in Chinese
for lang in zh-CN zh-TW; do
    "$program" run "$model" -n 4k -q --cash --lang $lang | sed '/--trials/,$d' |
        sed 's/CRM\|USD\|CVaR\|\bP5\b\|\bP50\b\|\bP95\b//g' | grep '[A-Za-z]' >left
    [ ! -s left ] || fail "$lang: $(cat left)"
done

# Help: every line about an option and every command has words of the language
for lang in zh-CN zh-TW; do
    for command in run report check explain fit import list schema bench help version; do
        "$program" "$command" --help --lang $lang >out || fail "$command --help"
        grep -q '^用法：roicast' out || fail "$lang: no usage in $command --help"
        # what is left between the options and the examples is ASCII only where a line goes on
        LC_ALL=C grep '^  *--*[a-z]' out | LC_ALL=C grep -v "$(printf '[\200-\377]')" >left
        [ ! -s left ] || fail "$lang: $command --help: $(cat left)"
    done
done
LANG=zh_TW.UTF-8 "$program" 2>&1 | grep -q 指令 || fail "help without a command"
"$program" run --help | grep -q 'Usage: roicast run \[options\] MODEL' || fail "English help"
[ "$failures" = 0 ]
