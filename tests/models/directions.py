#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which way factors and overlays of the CRM models act, on common random numbers.

Better scores never lower the median return nor raise the chance of a loss; every pitfall does both; every
overlay passes `check --strict`. --table prints the table of models/README.md, --write puts it there.
  tests/models/directions.py PROGRAM [--table | --write]
"""
import glob
import json
import os
import subprocess
import sys

root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
base = "models/crm-midmarket.yaml"
program = os.path.abspath(sys.argv[1])
mode = sys.argv[2] if len(sys.argv) > 2 else "test"
trials = "4096" if mode == "test" else "2^18"

factors = """training_quality data_quality process_fit software_capability ease_of_use management_support
requirement_clarity customer_focus realistic_expectations vendor_support in_house_skills""".split()

failures = 0


def fail(text):
    global failures
    failures += 1
    print("failed:", text, file=sys.stderr)


def run(*options):
    out = subprocess.run([program, "run", base, "-q", "-f", "json", "--outputs", "roi,npv", "-n", trials, *options],
                         cwd=root, capture_output=True, text=True)
    if out.returncode != 0:
        fail(f"{options}: {out.stderr.strip()}")
        sys.exit(1)
    x = json.loads(out.stdout)["outputs"]
    return {"median": x["roi"]["percentiles"]["50"]["value"], "loss": x["roi"]["below_zero"]["value"],
            "npv": x["npv"]["mean"]["value"]}


def overlays(folder):
    return sorted(os.path.relpath(f, root) for f in glob.glob(f"{root}/models/{folder}/*.yaml"))


def check_factors():
    for name in factors:
        low, high = run("--set", f"{name}=0.3"), run("--set", f"{name}=0.7")
        if not high["median"] >= low["median"]:
            fail(f"better {name} lowers the median return: {low['median']} -> {high['median']}")
        if not high["loss"] <= low["loss"]:
            fail(f"better {name} raises the chance of a loss: {low['loss']} -> {high['loss']}")


def check_pitfalls(plain):
    for file in overlays("pitfall"):
        x = run("--over", file)
        if not (x["median"] < plain["median"] and x["loss"] > plain["loss"] and x["npv"] < plain["npv"]):
            fail(f"{file} does no harm: {plain} -> {x}")


def check_lint():
    for folder in ("company", "vendor", "type", "pitfall"):
        for file in overlays(folder):
            out = subprocess.run([program, "check", "--strict", base, "--over", file], cwd=root,
                                 capture_output=True, text=True)
            if out.returncode != 0:
                fail(f"{file}: {out.stderr.strip()}")


def percent(x):
    return f"{100 * x:+.0f} %".replace("-", "−") if x is not None else "–"


def table(plain):
    rows = ["| laid over the template | median return | chance of a loss |", "|---|---|---|",
            f"| nothing | {percent(plain['median'])} | {100 * plain['loss']:.0f} % |"]
    for folder in ("company", "vendor", "type", "pitfall"):
        for file in overlays(folder):
            x = run("--over", file)
            rows.append(f"| `{file[len('models/'):]}` | {percent(x['median'])} | {100 * x['loss']:.0f} % |")
    return "\n".join(rows) + "\n"


plain = run()
if mode == "test":
    check_factors()
    check_pitfalls(plain)
    check_lint()
elif mode == "--table":
    print(table(plain), end="")
else:
    path = f"{root}/models/README.md"
    text = open(path, encoding="utf-8").read()
    begin, end = "<!-- overlays -->\n", "<!-- end -->"
    head, rest = text.split(begin)
    text = head + begin + table(plain) + end + rest.split(end, 1)[1]
    open(path, "w", encoding="utf-8").write(text)
sys.exit(failures > 0)
