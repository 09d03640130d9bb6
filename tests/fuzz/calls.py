#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random calls of every distribution: each gets a clear error (exit code 2, the place, no nan in
the words) or a model that runs, with finite numbers; the percentiles that a call gives are those of
the run, the inverse that `list distribution` prints agrees, and a `p*` form comes out in any order.

    calls.py ROICAST [COUNT [SEED]]"""
import json
import math
import random
import re
import subprocess
import sys
import tempfile
import os

program = sys.argv[1]
count = int(sys.argv[2]) if len(sys.argv) > 2 else 300
seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
rng = random.Random(seed)
TRIALS = 4096


def forms():
    said = subprocess.run([program, "list", "distributions"], capture_output=True, text=True,
                          check=True).stdout
    found = re.findall(r"^  (\w+)\((.*)\)$", said, re.M)
    return [(n, a) for n, a in found if n not in ("empirical", "mixture", "truncate", "shift",
                                                  "scale", "discrete", "histogram", "cumulative")]


def number():
    kind = rng.random()
    if kind < 0.45:
        return rng.choice([0.1, 0.25, 0.5, 0.9, 1, 2, 3, 5, 10, 20, 100])
    if kind < 0.75:
        return round(math.exp(rng.gauss(0, 2)), rng.randint(1, 6))
    if kind < 0.85:
        return -round(math.exp(rng.gauss(0, 2)), 3)
    if kind < 0.93:
        return float("%.3g" % 10 ** rng.uniform(-12, 12))
    return rng.choice([0, 1, -1, 1e300, -1e300, 1e-300, 1e15, 1e-15, 1e308, 5e-324, 0.999999])


def text(x):
    if x != 0 and (abs(x) < 1e-4 or abs(x) > 1e6):
        return "%.17g" % x if rng.random() < 0.5 else "%g" % x
    return "%.12g" % x


def call(name, pattern):
    parts = [p.strip() for p in pattern.split(",")] if pattern else []
    values = sorted(number() for _ in range(6))
    if rng.random() < 0.1:
        rng.shuffle(values)
    percents = sorted(rng.sample([1, 2, 5, 10, 20, 25, 30, 50, 60, 75, 80, 90, 95, 99], 3))
    given, written, k = {}, [], 0
    for part in parts:
        if part.endswith("=") and rng.random() < 0.6:
            continue
        if "=" in part and not part.endswith("=") and rng.random() < 0.6:
            continue
        key = part.split("=")[0]
        if key == "a":
            written.append("a=[%s]" % ", ".join(text(number()) for _ in range(rng.randint(2, 5))))
            continue
        value = values[k]
        if key in ("p", "mean") and rng.random() < 0.5:
            value = rng.random()
        if key in ("n", "draws", "successes", "population", "failures") and rng.random() < 0.8:
            value = float(int(abs(value)))
        k += 1
        if key == "p*":
            p = percents.pop(0)
            key = "p%d" % p
            given[p] = text(value)
            written.append("%s=%s" % (key, given[p]))
            continue
        written.append("%s=%s" % (key, text(value)))
    rng.shuffle(written)
    return "%s(%s)" % (name, ", ".join(written)), given


def wrapped(inner):
    """A shape around the call, or a mixture of it; the percentiles no longer hold then."""
    kind = rng.randrange(5)
    if kind == 0:
        return "shift(%s, %s)" % (inner, text(number()))
    if kind == 1:
        return "scale(%s, %s)" % (inner, text(number()))
    if kind == 2:
        a, b = sorted((number(), number()))
        return "truncate(%s, lower=%s, upper=%s)" % (inner, text(a), text(b))
    if kind == 3:
        other, _ = call(*rng.choice(every))
        return "mixture([%s, %s], [1, %s])" % (inner, other, text(abs(number())))
    return "truncate(%s, upper=%s)" % (inner, text(number()))


def complain(formula, why):
    global failures
    failures += 1
    print("%s\n    %s" % (formula, why))


def run(path, *more):
    return subprocess.run([program, "run", path, "--format", "json", "--quiet", "--trials",
                           str(TRIALS), *more], capture_output=True, text=True, timeout=60)


every = forms()
failures, ran, refused = 0, 0, 0
work = tempfile.mkdtemp()
path = os.path.join(work, "m.yaml")
for i in range(count):
    formula, given = call(*every[i % len(every)])
    if rng.random() < 0.25:
        formula, given = wrapped(formula), {}
        if rng.random() < 0.3:
            formula = wrapped(formula)
    with open(path, "w") as f:
        f.write("roicast: 1\ninputs:\n  x: %s\n" % formula)
    try:
        said = run(path)
    except subprocess.TimeoutExpired:
        complain(formula, "takes more than a minute")
        continue
    if said.returncode == 2:
        refused += 1
        words = said.stderr
        if not re.search(r"m\.yaml:3:\d+: error: ", words):
            complain(formula, "no place: " + words.strip())
        elif re.search(r"\b-?(nan|inf)\b", words.split("\n")[0]):
            complain(formula, words.split("\n")[0])
        continue
    if said.returncode != 0:
        complain(formula, "exit code %d %s" % (said.returncode, said.stderr))
        continue
    ran += 1
    said = json.loads(said.stdout)
    if "x" not in said["inputs"]:
        complain(formula, "the result has no x")
        continue
    x = said["inputs"]["x"]
    got = {int(p): v["value"] for p, v in x["percentiles"].items()}
    if any(v is None or not math.isfinite(v) for v in got.values()):
        complain(formula, "percentiles %s" % got)
        continue
    if sorted(got.values()) != [got[p] for p in sorted(got)]:
        complain(formula, "percentiles fall: %s" % got)
    # the percentiles that were given: the place of the value among the run's trials, by a second
    # model that counts how many lie at or below it; Sobol points of 16 replicates leave under 1/256
    if given:
        with open(path, "w") as f:
            f.write("roicast: 1\ninputs:\n  x: %s\noutputs:\n" % formula)
            for p, v in given.items():
                f.write("  at%d: x <= %s\n" % (p, v))
        out = json.loads(run(path).stdout)["outputs"]
        for p in given:
            share = out["at%d" % p]["mean"]["value"]
            if abs(share - p / 100) > 1 / 128:
                complain(formula, "p%d holds %.4f of the trials" % (p, share))
os.unlink(path)
os.rmdir(work)
print("%d calls: %d ran, %d refused, %d wrong" % (count, ran, refused, failures))
sys.exit(1 if failures else 0)
