#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The CRM template in Chinese: with models/lang/CODE.yaml every name that a report shows has a label in that
language, nothing else changes, and a report has no English word and no character of the other script left.
  tests/models/languages.py PROGRAM
"""
import glob
import json
import os
import re
import subprocess
import sys

root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
program = os.path.abspath(sys.argv[1])
base = "models/crm-midmarket.yaml"
# Names that stay as they are, and how a run is repeated.
kept = {"CRM", "Sobol", "roicast"}
# Characters of the template's labels that are written otherwise in Taiwan.
simplified = "训质户体验视层员软业务价销节约传营专门时间单实现软迁误报费总额选择续涨离职干换余线现记录复购报张设备变级当获转荐响应订处积库标议场无软贴"
failures = 0


def fail(text):
    global failures
    failures += 1
    print("failed:", text, file=sys.stderr)


def roicast(*arguments):
    out = subprocess.run([program, *arguments], cwd=root, capture_output=True, text=True,
                         env={**os.environ, "COLUMNS": "200"})
    if out.returncode != 0:
        sys.exit(f"failed: {arguments}: {out.stderr.strip()}")
    return out.stdout


def over(*files):
    return [a for f in files for a in ("--over", f)]


def check_only_words(file):
    with open(f"{root}/{file}", encoding="utf-8") as f:
        for line in f:
            words = r"label: \{[^{}]*\}|unit: [^{},]+"
            if not re.fullmatch(rf"(#.*|title: \{{[^{{}}]*\}}|\w+:|  \w+: \{{({words})(, ({words}))?\}})\n", line):
                fail(f"{file} has more than labels, units and a title: {line.strip()}")


def check_labels(result, key, what):
    own = [x for part in ("inputs", "lines", "risks", "outputs") for x in result[part].items()]
    own += [(a["name"], a) for a in result["assumptions"] if a["section"] not in ("settings", "evidence")]
    if len(own) < 190:
        fail(f"{what}: only {len(own)} names")
    for name, entry in own:
        labels = entry.get("labels") or {}
        if key not in labels and not {"zh-CN", "zh-TW"} <= set(labels):
            fail(f"{what}: {name} has no label in {key}")


def check_page(page, code, what):
    # without the lines that name files and the model's hash, whose letters are no words
    body = "\n".join(line for line in page.split("\n") if ".yaml" not in line and "SHA-256" not in line)
    english = {w for w in re.findall(r"[A-Za-z]{3,}", body)} - kept
    if english:
        fail(f"{what} says in English: {sorted(english)}")
    if code == "zh-TW" and set(body) & set(simplified):
        fail(f"{what} has simplified characters: {sorted(set(body) & set(simplified))}")


langs = {code: f"models/lang/{code}.yaml" for code in ("zh-CN", "zh-TW")}
plain = json.loads(roicast("run", base, "-q", "-f", "json", "-n", "1024"))
for vendor in [None, *sorted(glob.glob(f"{root}/models/vendor/*.yaml"))]:
    pieces = over(*([os.path.relpath(vendor, root)] if vendor else []), *langs.values())
    result = json.loads(roicast("run", base, "-q", "-f", "json", "-n", "1024", *pieces))
    for key in ("zh", "zh-TW"):
        check_labels(result, key, " ".join(pieces))
    if vendor is None and any(result["outputs"][k]["mean"] != x["mean"] for k, x in plain["outputs"].items()):
        fail("labels change figures")
for code, lang in langs.items():
    check_only_words(lang)
    roicast("check", "--strict", base, *over(lang))
    check_page(roicast("run", base, "-q", "-n", "1024", "--drivers", "300", "--lang", code,
                       *over("models/vendor/jiandaoyun.yaml", lang)), code, f"{code}: the report")
sys.exit(failures > 0)
