#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines by year against sums worked out here, case by case, from the draws that --keep-samples writes: means,
and percentiles of the sorted sums (type 7).   line_years.py PROGRAM"""
import json
import math
import subprocess
import sys
import tempfile
from pathlib import Path

MODEL = """roicast: 1
timeline: {years: 2.5, step: quarter}
discount_rate: 8%
inputs:
  size: uniform(50, 90)
  start: uniform(0, 1.4)
  price: lognormal(mean=6, sd=2)
  fails: bernoulli(0.3)
benefits:
  sales: {value: size * price * t, from: start, kind: saving, growth: 10%}
costs:
  licence: {value: 3 * size, per: quarter, initial: price * 2}
  project: {value: size * price, per: once, at: start}
risks:
  rework: {when: fails > 0.5, at: 1, impact: 5 * size}
"""
PERIODS, YEARS, RATE = 10, 3, 1.08


def amounts(x):
    """Of one case: by line the money of now and each quarter."""
    start, lines = x["start"], {n: [0.0] * (PERIODS + 1) for n in ("sales", "licence", "project", "rework")}
    lines["licence"][0] = 2 * x["price"]
    lines["project"][max(0, math.ceil(start * 4 - 1e-9))] += x["size"] * x["price"]
    for k in range(1, PERIODS + 1):
        t, begin = k / 4, max((k - 1) / 4, start)
        whole = math.floor(begin - start + 1e-9)
        later = max(0.0, t - max(begin, start + whole + 1))
        cover = max(0.0, t - begin) + 0.1 * later
        lines["sales"][k] = x["size"] * x["price"] * t * cover * 1.1 ** whole if t > begin else 0.0
        lines["licence"][k] = 3 * x["size"]
    if x["fails"] > 0.5:
        lines["rework"][4] = 5 * x["size"]
    return lines


def columns(money):
    years = [money[0]] + [sum(money[4 * y + 1:4 * y + 5]) for y in range(YEARS)]
    return years + [sum(money), sum(m / RATE ** (k / 4) for k, m in enumerate(money))]


def percentile(values, p):
    at = p * (len(values) - 1)
    k, part = at // 100, at % 100 / 100
    above = values[k + 1] if part > 0 else values[k]
    return values[k] + part * (above - values[k])


def main():
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder, "model.yaml")
        model.write_text(MODEL)
        done = subprocess.run([sys.argv[1], "run", str(model), "--quiet", "--format", "json", "--keep-samples", "--cash",
                               "--trials", "4096", "--outputs", "size,start,price,fails"], capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    result = json.loads(done.stdout)
    draws = result["samples"]
    cases = [{n: columns(m) for n, m in amounts({k: v[i] for k, v in draws.items()}).items()} for i in range(4096)]
    assert list(result["cash_lines"]) == ["sales", "licence", "project", "rework"]
    n = 0
    for name, line in result["cash_lines"].items():
        assert line["side"] == ("benefits" if name == "sales" else "costs")
        for c in range(YEARS + 3):
            values = sorted(case[name][c] for case in cases)
            scale = max(abs(values[0]), abs(values[-1]))
            told = [(line["mean"][c], math.fsum(values) / len(values))]
            told += [(line["percentiles"][p][c], percentile(values, int(p))) for p in ("5", "50", "95")]
            for got, want in told:
                assert abs(got - want) <= 1e-12 * scale, (name, c, got, want)
                n += 1
    print(f"{n} numbers")


main()
