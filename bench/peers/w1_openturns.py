# SPDX-License-Identifier: GPL-3.0-or-later
"""W1 with OpenTURNS. See README.md for what is timed."""

import json
import sys
import time

import openturns as ot

from openturns_w1 import distribution, function

LEVELS = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99]
OUTPUTS = ["roi", "npv", "payback_years"]


def main():
    n, threads, seed = (int(word) for word in sys.argv[1:4])
    ot.RandomGenerator.SetSeed(seed)
    ot.TBB.SetThreadsNumber(threads)
    inputs, model = distribution(), function(OUTPUTS)
    start = time.perf_counter()
    values = model(inputs.getSample(n))
    simulated = time.perf_counter()
    mean, sd = values.computeMean(), values.computeStandardDeviation()
    quantiles = values.computeQuantilePerComponent(LEVELS)
    line = {}
    for i, name in enumerate(OUTPUTS):
        column = values.getMarginal(i)
        line[name] = {
            "mean": mean[i],
            "sd": sd[i],
            "negative": column.computeEmpiricalCDF([0.0]),
            "percentiles": [quantiles[k, i] for k in range(len(LEVELS))],
        }
    end = time.perf_counter()
    line.update(peer="OpenTURNS", version=ot.__version__, trials=n, threads=threads)
    line.update(draw_model=simulated - start, statistics=end - simulated)
    print(json.dumps(line))


main()
