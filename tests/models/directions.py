#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which way factors and overlays of the CRM models act, and by how much, on common random numbers.

Better scores never lower the median return nor raise the chance of a loss; every pitfall does both; every
overlay passes `check --strict` and says what it changes; the tables of README.md and models/README.md are what
the runs give. --write puts them there.
  tests/models/directions.py PROGRAM [--write]
"""
import concurrent.futures
import glob
import json
import os
import re
import subprocess
import sys

root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
base = "models/crm-midmarket.yaml"
program = os.path.abspath(sys.argv[1])
write = sys.argv[2:] == ["--write"]

with open(f"{root}/{base}", encoding="utf-8") as template:
    section = template.read().split("\nfactors:\n")[1].split("\ninputs:\n")[0]
factors = re.findall(r"^  (\w+):", section, re.M)  # every one of them
kinds = ["company", "vendor", "type", "pitfall"]
profiles = ["startup", "midsize", "enterprise"]
failures = 0


def fail(text):
    global failures
    failures += 1
    print("failed:", text, file=sys.stderr)


def roicast(*arguments):
    return subprocess.run([program, *arguments], cwd=root, capture_output=True, text=True)


def run(options, shown=()):
    out = roicast("run", base, "-q", "-f", "json", "--outputs", ",".join(["roi", "npv", *shown]), "-n", "2^14", *options)
    if out.returncode != 0:
        sys.exit(f"failed: {options}: {out.stderr.strip()}")
    x = json.loads(out.stdout)
    roi = x["outputs"]["roi"]
    return {"median": roi["percentiles"]["50"]["value"], "mean": roi["mean"]["value"],
            "loss": roi["below_zero"]["value"], "npv": x["outputs"]["npv"]["mean"]["value"], "inputs": x["inputs"]}


def runs(wanted):
    """{key: options} to {key: result}."""
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return dict(zip(wanted, pool.map(run, wanted.values())))


def over(*files):
    return [a for f in files for a in ("--over", f"models/{f}.yaml")]


def ends(plain, name):
    """Where one time in ten the score is lower, and where it is higher."""
    return [round(plain["inputs"][name]["percentiles"][p]["value"], 2) for p in ("10", "90")]


def check_factors(got):
    for name in factors:
        low, high = got[name, 0], got[name, 1]
        if not high["median"] >= low["median"]:
            fail(f"better {name} lowers the median return: {low['median']} -> {high['median']}")
        if not high["loss"] <= low["loss"]:
            fail(f"better {name} raises the chance of a loss: {low['loss']} -> {high['loss']}")


def check_pitfalls(got, plain):
    for file in overlays["pitfall"]:
        x = got[file]
        if not (x["median"] < plain["median"] and x["loss"] > plain["loss"] and x["npv"] < plain["npv"]):
            fail(f"{file} does no harm: {plain} -> {x}")


def check_lint(file):
    out = roicast("check", "--strict", base, *over(file))
    if out.returncode != 0:
        fail(f"{file}: {out.stderr.strip()}")


def changes(file):
    """What an overlay changes, in its own words."""
    head = []
    with open(f"{root}/models/{file}.yaml", encoding="utf-8") as f:
        for line in f:
            if not line.startswith("#"):
                break
            if not line.startswith("# zh-"):
                head.append(line[1:].strip())
    text = " ".join(head)
    if "Changes: " not in text:
        fail(f"{file} does not say what it changes")
    return text.split("Changes: ")[-1].rstrip(".")


def percent(x, digits=0):
    return f"{100 * x:+.{digits}f} %".replace("-", "−")


def odds(x):
    return f"{100 * x['loss']:.0f} %"


def overlay_rows(got, plain):
    rows = ["| laid over the template | what it changes | median return | chance of a loss |", "|---|---|---|---|",
            f"| nothing | | {percent(plain['median'])} | {odds(plain)} |"]
    rows += [f"| `{f}.yaml` | {changes(f)} | {percent(got[f]['median'])} | {odds(got[f])} |"
             for kind in kinds for f in overlays[kind]]
    return rows


def vendor_rows(got):
    rows = ["| median return, chance of a loss | start-up (12 seats) | mid-sized (120) | enterprise (1,500) |", "|---|---|---|---|"]
    for vendor in [None, *overlays["vendor"]]:
        cells = [got[(f"company/{p}", vendor)] for p in profiles]
        rows.append(f"| {'the profile alone' if vendor is None else f'`{vendor}.yaml`'} | "
                    + " | ".join(f"{percent(x['median'])}, {odds(x)}" for x in cells) + " |")
    return rows


def factor_rows(got, plain):
    rows = ["| factor | from, to | mean return | chance of a loss |", "|---|---|---|---|"]
    for name in sorted(factors, key=lambda f: got[f, 0]["mean"] - got[f, 1]["mean"]):
        low, high = got[name, 0], got[name, 1]
        a, b = ends(plain, name)
        rows.append(f"| {name.replace('_', ' ')} | {a:.2f}, {b:.2f} | {percent(low['mean'], 1)} to {percent(high['mean'], 1)} | "
                    f"{odds(low)} to {odds(high)} |")
    return rows


def hold(page, name, rows):
    """What stands in a page between <!-- name --> and <!-- end -->, or put it there."""
    path = f"{root}/{page}"
    with open(path, encoding="utf-8") as f:
        head, rest = f.read().split(f"<!-- {name} -->\n")
    stands, tail = rest.split("<!-- end -->", 1)
    text = "\n".join(rows) + "\n"
    if write:
        with open(path, "w", encoding="utf-8") as f:
            f.write(f"{head}<!-- {name} -->\n{text}<!-- end -->{tail}")
    elif stands != text:
        old = stands.split("\n")
        first = next((r for r in text.split("\n") if r not in old), "a row too many")
        fail(f"the table `{name}` of {page} is not what the models give (tests/models/directions.py PROGRAM --write): {first}")


overlays = {kind: sorted(os.path.relpath(f, f"{root}/models")[:-5] for f in glob.glob(f"{root}/models/{kind}/*.yaml"))
            for kind in kinds}
plain = run([], factors)
wanted = {f: over(f) for kind in kinds for f in overlays[kind]}
wanted.update({(f"company/{p}", v): over(*filter(None, (f"company/{p}", v))) for p in profiles
               for v in [None, *overlays["vendor"]]})
wanted.update({(f, i): ["--set", f"{f}={ends(plain, f)[i]}"] for f in factors for i in (0, 1)})
got = runs(wanted)
if len(factors) < 11 or len(overlays["pitfall"]) < 8 or len(overlays["vendor"]) < 5:
    fail(f"{len(factors)} factors, {overlays}")
check_factors(got)
check_pitfalls(got, plain)
hold("README.md", "overlays", overlay_rows(got, plain))
hold("README.md", "vendors", vendor_rows(got))
hold("models/README.md", "factors", factor_rows(got, plain))
if not write:
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        list(pool.map(check_lint, [f for kind in kinds for f in overlays[kind]]))
sys.exit(failures > 0)
