/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Completion of commands, options and their values for shells, from the tables that --help is made
 * of: roicast help --completion bash. Names that a model has are asked for when they are needed. */
#include "cli/completion.h"

#include "cli/command.h"

#include <string.h>

typedef struct visitor {
    void (*option)(const rc_command_type *c, const rc_option *o, rc_text *out);
} visitor;

static void each_option(const rc_command_type *c, const visitor *v, rc_text *out) {
    const rc_option *tables[] = {c->options, rc_model_options, rc_common_options};
    size_t sizes[] = {c->n_options, c->reads_models ? rc_model_option_count : 0,
                      rc_common_option_count};
    for (size_t t = 0; t < 3; t++)
        for (size_t i = 0; i < sizes[t]; i++)
            if (!tables[t][i].hidden)
                v->option(c, &tables[t][i], out);
}

static void add_choices(const rc_option *o, const char *before, rc_text *out) {
    for (size_t i = 0; o->choices != NULL && o->choices(i) != NULL; i++)
        rc_text_addf(out, "%s%s", i > 0 ? " " : before, o->choices(i));
}

static bool takes_file(const rc_option *o) {
    return o->unit != NULL && strcmp(o->unit, "FILE") == 0;
}

/** For the shells' single quotes: without them and without what _arguments reads as its own. */
static void add_plain(rc_text *out, const char *s, const char *escaped) {
    for (; *s != '\0'; s++)
        if (*s == '\'')
            rc_text_add(out, "’");
        else
            rc_text_addf(out, "%s%c", strchr(escaped, *s) != NULL ? "\\" : "", *s);
}

/* ---- bash ---- */

static void bash_name(const rc_command_type *c, const rc_option *o, rc_text *out) {
    (void)c;
    rc_text_addf(out, " --%s", o->name);
}

static void bash_values(const rc_command_type *c, const rc_option *o, rc_text *out) {
    bool scenarios = strcmp(o->name, "scenario") == 0;
    if (o->choices == NULL && !scenarios)
        return;
    rc_text_addf(out, "    '%s --%s'", c->name, o->name);
    if (o->letter != 0)
        rc_text_addf(out, " | '%s -%c'", c->name, o->letter);
    if (scenarios)
        rc_text_add(out, ") _roicast_scenarios \"$word\" ;;\n");
    else {
        add_choices(o, ") words='", out);
        rc_text_add(out, "' ;;\n");
    }
}

static void bash_free(const rc_command_type *c, const rc_option *o, rc_text *out) {
    if (o->type == RC_OPTION_FLAG || o->choices != NULL || takes_file(o) ||
        strcmp(o->name, "scenario") == 0)
        return;
    rc_text_addf(out, "    '%s --%s'", c->name, o->name);
    if (o->letter != 0)
        rc_text_addf(out, " | '%s -%c'", c->name, o->letter);
    rc_text_add(out, ") return ;;\n"); /* a number, a name: nothing to offer */
}

static void bash_commands(const visitor *v, rc_text *out) {
    for (size_t i = 0; i < rc_command_count(); i++)
        each_option(rc_command_at(i), v, out);
}

static void bash(rc_text *out) {
    static const visitor names = {bash_name}, values = {bash_values}, nothing = {bash_free};
    rc_text_add(out,
                "# Completion of roicast for bash, made by `roicast help --completion bash`.\n"
                "_roicast_scenarios() { # of the first model on the line; names may hold blanks\n"
                "    local file name\n"
                "    for file in \"${COMP_WORDS[@]:2}\"; do\n"
                "        [ -f \"$file\" ] || continue\n"
                "        while IFS= read -r name; do\n"
                "            case $name in \"$1\"*) COMPREPLY+=(\"$(printf %q \"$name\")\") ;; "
                "esac\n"
                "        done < <(\"${COMP_WORDS[0]}\" list scenarios \"$file\" 2>/dev/null)\n"
                "        return\n"
                "    done\n"
                "}\n"
                "_roicast() {\n"
                "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}\n"
                "    local command=${COMP_WORDS[1]} words=\n"
                "    COMPREPLY=()\n"
                "    [ \"$COMP_CWORD\" -gt 1 ] || command=\n"
                "    case \"$command $before\" in\n");
    bash_commands(&values, out);
    bash_commands(&nothing, out);
    rc_text_add(out, "    *) case \"$command:$word\" in\n        :*) words='");
    for (size_t i = 0; i < rc_command_count(); i++)
        rc_text_addf(out, "%s ", rc_command_at(i)->name);
    rc_text_add(out, "--help --version' ;;\n");
    for (size_t i = 0; i < rc_command_count(); i++) {
        rc_text_addf(out, "        %s:-*) words='", rc_command_at(i)->name);
        each_option(rc_command_at(i), &names, out);
        rc_text_add(out, "' ;;\n");
    }
    rc_text_add(
        out, "        list:*) words=$(\"${COMP_WORDS[0]}\" list 2>/dev/null | cut -d ' ' -f 1) ;;\n"
             "        help:*) words=$(\"${COMP_WORDS[0]}\" list commands 2>/dev/null | cut -d ' ' "
             "-f 1) ;;\n"
             "        esac ;;\n"
             "    esac\n"
             "    if [ -n \"$words\" ]; then\n"
             "        mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n"
             "    elif [ ${#COMPREPLY[@]} -eq 0 ]; then\n"
             "        mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
             "    fi\n"
             "}\n"
             "complete -o filenames -F _roicast roicast\n");
}

/* ---- zsh ---- */

static void zsh_option(const rc_command_type *c, const rc_option *o, rc_text *out) {
    (void)c;
    const char *special = "[]:\\";
    rc_text_addf(out, "            '%s", o->repeats ? "*" : "");
    if (o->letter != 0 && !o->repeats)
        rc_text_addf(out, "(-%c --%s)'{-%c,--%s}'", o->letter, o->name, o->letter, o->name);
    else
        rc_text_addf(out, "--%s", o->name);
    rc_text_add(out, "[");
    add_plain(out, o->help, special);
    rc_text_add(out, "]");
    if (o->unit != NULL) {
        rc_text_add(out, ":");
        add_plain(out, o->unit, special);
        rc_text_add(out, ":");
        if (o->choices != NULL) {
            add_choices(o, "(", out);
            rc_text_add(out, ")");
        } else if (takes_file(o)) {
            rc_text_add(out, "_files");
        }
    }
    rc_text_add(out, "' \\\n");
}

static void zsh(rc_text *out) {
    static const visitor options = {zsh_option};
    rc_text_add(out, "#compdef roicast\n"
                     "# Completion of roicast for zsh, made by `roicast help --completion zsh`.\n"
                     "_roicast() {\n"
                     "    if (( CURRENT == 2 )); then\n"
                     "        local -a commands=(\n");
    for (size_t i = 0; i < rc_command_count(); i++) {
        rc_text_addf(out, "            '%s:", rc_command_at(i)->name);
        add_plain(out, rc_command_at(i)->summary, ":\\");
        rc_text_add(out, "'\n");
    }
    rc_text_add(out, "        )\n"
                     "        _describe command commands\n"
                     "        return\n"
                     "    fi\n"
                     "    local command=$words[2]\n"
                     "    shift words\n"
                     "    (( CURRENT-- ))\n"
                     "    case $command in\n");
    for (size_t i = 0; i < rc_command_count(); i++) {
        rc_text_addf(out, "    %s)\n        _arguments -s -S \\\n", rc_command_at(i)->name);
        each_option(rc_command_at(i), &options, out);
        rc_text_add(out, "            '*:file:_files' ;;\n");
    }
    rc_text_add(out, "    esac\n"
                     "}\n"
                     "if [ \"$funcstack[1]\" = _roicast ]; then _roicast \"$@\"; else compdef "
                     "_roicast roicast; fi\n");
}

/* ---- fish ---- */

static void fish_option(const rc_command_type *c, const rc_option *o, rc_text *out) {
    rc_text_addf(out, "complete -c roicast -n '__fish_seen_subcommand_from %s' -l %s", c->name,
                 o->name);
    if (o->letter != 0)
        rc_text_addf(out, " -s %c", o->letter);
    if (o->choices != NULL) {
        rc_text_add(out, " -x -a '");
        add_choices(o, "", out);
        rc_text_add(out, "'");
    } else if (o->unit != NULL) {
        rc_text_add(out, takes_file(o) ? " -r -F" : " -x");
    }
    rc_text_add(out, " -d '");
    add_plain(out, o->help, "\\");
    rc_text_add(out, "'\n");
}

static void fish(rc_text *out) {
    static const visitor options = {fish_option};
    rc_text_add(out,
                "# Completion of roicast for fish, made by `roicast help --completion fish`.\n");
    for (size_t i = 0; i < rc_command_count(); i++) {
        rc_text_addf(out, "complete -c roicast -n __fish_use_subcommand -f -a %s -d '",
                     rc_command_at(i)->name);
        add_plain(out, rc_command_at(i)->summary, "\\");
        rc_text_add(out, "'\n");
        each_option(rc_command_at(i), &options, out);
    }
}

static const struct {
    const char *name;
    void (*write)(rc_text *out);
} shells[] = {{"bash", bash}, {"zsh", zsh}, {"fish", fish}};

const char *rc_shell_choice(size_t i) {
    return i < sizeof shells / sizeof *shells ? shells[i].name : NULL;
}

void rc_shell_completion(const char *shell, rc_text *out) {
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
        if (strcmp(shells[i].name, shell) == 0)
            shells[i].write(out);
}
