#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`roicast schema` held to real files by another program's validator (python3-jsonschema).

validate.py PROGRAM: the schema is a schema (draft 2020-12); every model that the program accepts in
models/, tests/data/good and tests/data/lint passes it; the files of rejected.txt do not.
"""
import json
import pathlib
import re
import subprocess
import sys

try:
    import yaml
    from jsonschema import Draft202012Validator
except ImportError as missing:
    print(f"skipped: {missing} (Debian: python3-jsonschema python3-yaml)")
    sys.exit(77)

here = pathlib.Path(__file__).resolve().parent
root = here.parents[1]


class Core(yaml.SafeLoader):
    """YAML 1.2: no dates, no `yes`, no numbers to base 60; keys are texts, as in JSON."""

    def construct_mapping(self, node, deep=False):
        return {key.value if isinstance(key.value, str) else str(key.value):
                self.construct_object(value, deep=True) for key, value in node.value}


Core.yaml_implicit_resolvers = {}
for tag, pattern, first in [
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^[-+]?[0-9]+$", list("-+0123456789")),
    ("float", r"^[-+]?(?:[.][0-9]+|[0-9]+(?:[.][0-9]*)?)(?:[eE][-+]?[0-9]+)?$", list("-+.0123456789")),
]:
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), first)
Core.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(node.value))
Core.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))


def load(path):
    return yaml.load(path.read_text(encoding="utf-8"), Core)


schema = json.loads(subprocess.run([sys.argv[1], "schema"], check=True, capture_output=True).stdout)
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema)
wrong = 0


def fail(text):
    global wrong
    wrong += 1
    print(text, file=sys.stderr)


# good/parts are pieces of models, which others extend
accepted = [*root.glob("models/*.yaml"), *root.glob("tests/data/good/*.yaml"),
            *root.glob("tests/data/lint/*.yaml")]
for path in accepted:
    for error in validator.iter_errors(load(path)):
        fail(f"{path.relative_to(root)}: {error.json_path}: {error.message[:300]}")
rejected = [line.split("#")[0].strip() for line in (here / "rejected.txt").read_text().splitlines()]
rejected = [name for name in rejected if name]
for name in rejected:
    if validator.is_valid(load(root / "tests/data/bad" / name)):
        fail(f"tests/data/bad/{name}: the schema accepts it")
if len(sys.argv) > 2:  # --list: what the schema can tell of all bad files
    for path in sorted(root.glob("tests/data/bad/*.yaml")):
        try:
            if not validator.is_valid(load(path)):
                print(path.name)
        except (yaml.YAMLError, UnicodeDecodeError, ValueError):
            pass
if len(accepted) < 60 or len(rejected) < 60:
    fail(f"only {len(accepted)} accepted and {len(rejected)} rejected files")
print(f"{len(accepted)} files pass, {len(rejected)} do not" if wrong == 0 else f"{wrong} wrong")
sys.exit(wrong > 0)
