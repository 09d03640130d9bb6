/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Groups of uncertain entries: `groups: {name: [entries]}` at the top, and `group: name` of an
 * entry. Both say the same thing; an entry is in one group at most. On an output `group` is a
 * heading of reports instead, and so may be a group without members. */
#include "model/check.h"

#include <string.h>

static const char example[] = "groups: {people: [training_quality, adoption]}";

/* ---- Reading ---- */

static const rc_yaml *read_one(rc_check *c, rc_group *group, const rc_yaml *key, const rc_yaml *y) {
    group->name = key->text;
    group->mark = key->mark;
    const rc_node *taken = rc_check_find(c, key->text);
    if (taken != NULL)
        rc_check_error(c, key->mark, "choose another name",
                       "the group `%s` has the name of %s, line %u", key->text,
                       rc_section_keys[taken->entry->section].title, taken->entry->mark.line);
    const rc_yaml *members = y;
    if (y->kind == RC_YAML_MAP) {
        c->object = group;
        rc_check_keys(c, NULL, y, &rc_group_keys, NULL);
        members = rc_yaml_get(y, "members");
        if (members == NULL)
            return y; /* no more than a label, if an entry names it */
    }
    if (members != NULL && members->kind == RC_YAML_LIST && members->n > 0)
        return members;
    rc_check_error(c, members->mark, example, "the group `%s` needs a list of entries", key->text);
    return NULL;
}

void rc_groups_read(rc_check *c, const rc_yaml *map) {
    if (map->kind != RC_YAML_MAP) {
        rc_check_error(c, map->mark, example, "`groups` must be a mapping from names to entries");
        return;
    }
    c->groups = RC_NEW(c->arena, rc_group, map->n);
    c->group_members = RC_NEW(c->arena, const rc_yaml *, map->n);
    c->n_groups = map->n;
    for (size_t i = 0; i < map->n; i++)
        c->group_members[i] = read_one(c, &c->groups[i], map->keys[i], map->items[i]);
}

/* ---- Members ---- */

/* May it be ranked with a group? What an output draws is its own affair. */
static bool is_uncertain(const rc_node *node) {
    if (node->entry->section == RC_OUTPUTS)
        return false;
    for (size_t i = 0; i < node->n_fields; i++)
        if (node->fields[i].n_draws > 0)
            return true;
    return node->risk != NULL;
}

/* The entry that an item of a list of members names, when it may be one. */
static rc_node *find_member(rc_check *c, const rc_group *group, const rc_yaml *y) {
    if (y->kind != RC_YAML_SCALAR || y->null) {
        rc_check_error(c, y->mark, example, "the group `%s` takes names of entries", group->name);
        return NULL;
    }
    double value;
    rc_node *node = rc_check_find(c, y->text);
    if (node == NULL)
        rc_check_error(c, y->mark, rc_check_nearest(c, y->text, false, NULL),
                       "the group `%s` names `%.60s`, which does not exist", group->name, y->text);
    else if (!node->bad && node->entry->section == RC_OUTPUTS)
        rc_check_error(c, y->mark, "a group takes what is drawn: distributions and risks",
                       "`%s` is an output: its own `group` says where reports show it", y->text);
    else if (!node->bad && !is_uncertain(node) && rc_is_constant(node->entry->value, &value))
        rc_diag_note(c->diags, y->mark, NULL,
                     "`%s` is the constant %.10g here: the group `%s` goes without it", y->text,
                     value, group->name);
    else if (!node->bad && !is_uncertain(node))
        rc_check_error(c, y->mark, "a group takes what is drawn: distributions and risks",
                       "`%s` is %s without a distribution of its own", y->text,
                       rc_section_keys[node->entry->section].title);
    return node != NULL && is_uncertain(node) ? node : NULL;
}

static void join(rc_check *c, rc_group *group, const rc_yaml *y, rc_node **member_of) {
    rc_node *node = find_member(c, group, y);
    if (node == NULL)
        return;
    rc_entry *entry = node->entry;
    size_t index = (size_t)(node - c->nodes);
    if (member_of[index] != NULL)
        rc_check_error(c, y->mark, "an entry is in one group at most", "`%s` is in `%s` already",
                       entry->name, entry->group);
    else if (entry->group != NULL && strcmp(entry->group, group->name) != 0)
        rc_check_error(c, y->mark, "an entry is in one group at most",
                       "`%s` says `group: %s` itself, in line %u", entry->name, entry->group,
                       (unsigned)entry->mark.line);
    entry->group = group->name;
    member_of[index] = node;
}

static rc_group *find_group(rc_group *groups, size_t n, const char *name) {
    for (size_t i = 0; i < n; i++)
        if (strcmp(groups[i].name, name) == 0)
            return &groups[i];
    return NULL;
}

static void collect_members(rc_check *c, rc_group *group) {
    size_t n = 0;
    const rc_entry **members = RC_NEW(c->arena, const rc_entry *, c->n_entries);
    for (size_t i = 0; i < c->n_entries; i++) {
        const rc_entry *entry = c->nodes[i].entry;
        if (entry->group != NULL && strcmp(entry->group, group->name) == 0 &&
            is_uncertain(&c->nodes[i]))
            members[n++] = entry;
    }
    group->members = members;
    group->n_members = n;
}

/* A group without a list of members is a label for the entries that name it. */
static void need_mention(rc_check *c, const rc_group *group) {
    for (size_t i = 0; i < c->n_entries; i++) {
        const char *named = c->nodes[i].entry->group;
        if (named != NULL && strcmp(named, group->name) == 0)
            return;
    }
    rc_check_error(c, group->mark, example,
                   "the group `%s` has no `members`, and no entry says `group: %s`", group->name,
                   group->name);
}

/* Groups that entries name: those of the top, and new ones. */
static void add_from_entries(rc_check *c) {
    size_t n = c->n_groups, room = n;
    for (size_t i = 0; i < c->n_entries; i++)
        room += c->nodes[i].entry->group != NULL;
    rc_group *groups = RC_NEW(c->arena, rc_group, room);
    if (n > 0)
        memcpy(groups, c->groups, n * sizeof *groups);
    for (size_t i = 0; i < c->n_entries; i++) {
        const rc_entry *entry = c->nodes[i].entry;
        if (entry->group != NULL && is_uncertain(&c->nodes[i]) &&
            find_group(groups, n, entry->group) == NULL)
            groups[n++] = (rc_group){.name = entry->group, .mark = entry->mark};
    }
    c->groups = groups;
    c->n_groups = n;
}

void rc_groups_finish(rc_check *c) {
    rc_node **member_of = RC_NEW(c->arena, rc_node *, c->n_nodes);
    for (size_t i = 0; i < c->n_groups; i++) {
        const rc_yaml *list = c->group_members[i];
        if (list != NULL && list->kind == RC_YAML_MAP)
            need_mention(c, &c->groups[i]);
        else
            for (size_t k = 0; list != NULL && k < list->n; k++)
                join(c, &c->groups[i], list->items[k], member_of);
    }
    add_from_entries(c);
    for (size_t i = 0; i < c->n_groups; i++)
        collect_members(c, &c->groups[i]);
}
