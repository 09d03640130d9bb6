#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench/compare.py: wrong answers are seen, peers that are not there are listed. No times."""

import copy
import importlib.util
import math
import os
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
sys.dont_write_bytecode = True
spec = importlib.util.spec_from_file_location("compare", os.path.join(ROOT, "bench", "compare.py"))
compare = importlib.util.module_from_spec(spec)
spec.loader.exec_module(compare)

N = 1_000_000
right = {name: {"mean": mean, "sd": sd} for name, (mean, sd, _) in compare.MEANS.items()}
right["roi"].update(negative=compare.NEGATIVE[0], percentiles=list(compare.ROI["percentiles"]))
right.update(trials=N, draw_model=1.0, statistics=0.5, wall=2.0, peak=10.0, version="1", peer="made up")


def changed(*path, by):
    line = copy.deepcopy(right)
    place = line
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] += by
    return compare.wrong_w1(line)


# Within the limits: nothing; six standard errors away: exactly that is named.
assert compare.wrong_w1(right) == []
sd = right["roi"]["sd"]
for sign in (-1, 1):
    assert changed("roi", "mean", by=sign * 3 * sd / math.sqrt(N)) == []
    found = changed("roi", "mean", by=sign * 6 * sd / math.sqrt(N))
    assert len(found) == 1 and found[0].startswith("mean roi"), found
    assert len(changed("npv", "mean", by=sign * 6 * 190.8 / math.sqrt(N))) == 1
    assert len(changed("payback_years", "mean", by=sign * 6 * 0.883 / math.sqrt(N))) == 1
    assert len(changed("roi", "negative", by=sign * 0.0025)) == 1
    assert len(changed("roi", "sd", by=sign * 6 * sd * math.sqrt(2.66 / 4 / N))) == 1
    for i in range(9):  # the least of the densities' limits, from the middle to P99
        found = changed("roi", "percentiles", i, by=sign * 0.01)
        assert len(found) == 1 and "of roi" in found[0], found
assert changed("roi", "mean", by=math.nan) != []

totals = {name: wanted for name, (wanted, _) in compare.TOTALS.items()}
assert compare.wrong_w2({"trials": 2**14, "total": totals}) == []
assert len(compare.wrong_w2({"trials": 2**14, "total": {**totals, "ceiling": 0.18}})) == 1


class Options:
    rounds, trials, threads, build, roicast = 2, N, 1, "nowhere", "nowhere/roicast"


def answers(line):
    return lambda trials, threads, seed: copy.deepcopy(line)


def breaks(trials, threads, seed):
    raise RuntimeError("no memory")


wrong = copy.deepcopy(right)
wrong["npv"]["mean"] += 10
compare.w1_rows = lambda o: [
    ("roicast, sobol points", 1, answers(right), None),
    ("half as fast", 1, answers({**right, "draw_model": 2.0, "statistics": 1.0}), None),
    ("mistaken", 1, answers(wrong), None),
    ("absent", 1, None, "no module absent"),
    ("broken", 1, breaks, None),
]
data, out = {"w1": []}, []
compare.w1_section(Options, data, out)
rows = {row["name"]: row for row in data["w1"]}
lines = {line.split(" | ")[0][2:]: line for line in out if line.startswith("| ")}
assert len(rows["half as fast"]["rounds"]) == Options.rounds
assert rows["half as fast"]["ratio"] == 2 and rows["half as fast"]["ratio_both"] == 2
assert "mean npv" in lines["mistaken"] and "rounds" not in rows["mistaken"]
assert "no module absent" in lines["absent"] and rows["absent"]["missing"] == "no module absent"
assert "no memory" in lines["broken"]
print("all well")
