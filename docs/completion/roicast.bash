# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of roicast for bash. It asks the program itself, so it is never out of date.
_roicast_scenarios() { # of the first model on the line; names may hold blanks
    local file name
    for file in "${COMP_WORDS[@]:2}"; do
        if [ -f "$file" ] && [ -r "$file" ]; then
            while IFS= read -r name; do
                case $name in
                "$2"*) COMPREPLY+=("$(printf %q "$name")") ;;
                esac
            done < <("$1" list scenarios "$file" 2>/dev/null)
            return
        fi
    done
}
_roicast() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    local program=${COMP_WORDS[0]} command=${COMP_WORDS[1]}
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        local commands
        commands=$("$program" list commands 2>/dev/null | cut -d ' ' -f 1)
        mapfile -t COMPREPLY < <(compgen -W "$commands --help --version" -- "$word")
        return
    fi
    local choices=
    case $before in
    --format | -f) choices=$("$program" list formats 2>/dev/null | cut -d ' ' -f 1) ;;
    --sampler) choices=$("$program" list samplers 2>/dev/null | cut -d ' ' -f 1) ;;
    --kind) choices="auto counts continuous" ;;
    --by) choices="aic bic ks ad" ;;
    --color) choices="auto always never" ;;
    --scenario)
        _roicast_scenarios "$program" "$word"
        return
        ;;
    list) choices=$("$program" list 2>/dev/null | cut -d ' ' -f 1) ;;
    help) choices=$("$program" list commands 2>/dev/null | cut -d ' ' -f 1) ;;
    esac
    case $word in
    -*) choices=$("$program" "$command" --help 2>/dev/null | grep -oE '^ +(-., )?--[a-z-]+' |
        grep -oE -e '--[a-z-]+') ;;
    esac
    if [ -n "$choices" ]; then
        mapfile -t COMPREPLY < <(compgen -W "$choices" -- "$word")
    else
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
    fi
}
complete -o filenames -F _roicast roicast
