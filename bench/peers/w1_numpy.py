# SPDX-License-Identifier: GPL-3.0-or-later
"""W1 with numpy, one array an input. See README.md for what is timed."""

import json
import sys
import time

import numpy as np

LEVELS = [1, 5, 10, 25, 50, 75, 90, 95, 99]


def simulate(n, rng):
    def pert(low, mode, high):
        a = 1 + 4 * (mode - low) / (high - low)
        b = 1 + 4 * (high - mode) / (high - low)
        return low + (high - low) * rng.beta(a, b, n)

    def cut(mean, sd):
        return np.maximum(rng.normal(mean, sd, n), 0)

    def lognormal(median, sigma):
        return rng.lognormal(np.log(median), sigma, n)

    def risk(p, median, sigma):
        return np.where(rng.random(n) < p, lognormal(median, sigma), 0)

    base = [pert(*p) for p in ((80, 120, 200), (60, 100, 150), (40, 70, 130), (30, 50, 110), (20, 45, 90))]
    driver = [
        rng.triangular(*p, n)
        for p in ((0.6, 1, 1.3), (0.5, 1, 1.4), (0.7, 0.95, 1.2), (0.4, 0.9, 1.5), (0.6, 1, 1.2))
    ]
    up = [lognormal(*p) for p in ((120, 0.25), (90, 0.30), (60, 0.35), (40, 0.40), (30, 0.20))]
    training, data = pert(0.4, 0.75, 1), rng.triangular(0.5, 0.8, 1, n)
    midpoint = lognormal(1.5, 0.25)
    growth, steepness, ceiling, admin = cut(0.04, 0.02), cut(1.6, 0.3), cut(0.85, 0.08), cut(60, 12)
    events = {1: risk(0.2, 100, 0.5), 3: risk(0.1, 150, 0.6)}

    gain = sum(b * d for b, d in zip(base, driver)) * training**0.6 * data**0.4 * ceiling
    up_front = sum(up)
    running = sum(s * u for s, u in zip((0.20, 0.15, 0.10, 0.10, 0.05), up)) + admin
    benefits, costs, cumulative = 0, up_front.copy(), -up_front
    payback = np.full(n, 6.0)
    for t in range(1, 6):
        benefit = gain / (1 + np.exp(-steepness * (t - midpoint)))
        cost = running * (1 + growth) ** (t - 1) + events.get(t, 0)
        benefits = benefits + benefit / 1.1**t
        costs += cost / 1.1**t
        cumulative += benefit - cost
        payback = np.where((cumulative >= 0) & (payback == 6), t, payback)
    return {"roi": (benefits - costs) / costs, "npv": benefits - costs, "payback_years": payback}


def summarise(x):
    return {
        "mean": x.mean(),
        "sd": x.std(ddof=1),
        "negative": (x < 0).mean(),
        "percentiles": np.percentile(x, LEVELS).tolist(),
    }


def main():
    n, threads, seed = (int(word) for word in sys.argv[1:4])
    start = time.perf_counter()
    values = simulate(n, np.random.default_rng(seed))
    simulated = time.perf_counter()
    line = {name: summarise(x) for name, x in values.items()}
    end = time.perf_counter()
    line.update(peer="numpy", version=np.__version__, trials=n, threads=threads)
    line.update(draw_model=simulated - start, statistics=end - simulated)
    print(json.dumps(line))


main()
