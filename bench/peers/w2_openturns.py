# SPDX-License-Identifier: GPL-3.0-or-later
"""W2 with OpenTURNS: Sobol's first and total order of the ROI of W1. See README.md."""

import json
import sys
import time

import openturns as ot

from openturns_w1 import NAMES, distribution, function


def main():
    n, threads, seed = (int(word) for word in sys.argv[1:4])
    ot.RandomGenerator.SetSeed(seed)
    ot.TBB.SetThreadsNumber(threads)
    inputs, model = distribution(uniform_events=True), function(["roi"], uniform_events=True)
    start = time.perf_counter()
    design = ot.SobolIndicesExperiment(inputs, n, False).generate()
    algorithm = ot.SaltelliSensitivityAlgorithm(design, model(design), n)
    first, total = algorithm.getFirstOrderIndices(), algorithm.getTotalOrderIndices()
    seconds = time.perf_counter() - start
    at = {name: NAMES.index(peer) for name, peer in
          (("midpoint", "midpoint"), ("ceiling", "ceiling"), ("training_quality", "training"), ("up1", "u1"))}
    line = {"peer": "OpenTURNS", "version": ot.__version__, "trials": n, "threads": threads, "seconds": seconds}
    line["total"] = {name: total[i] for name, i in at.items()}
    line["first"] = {"midpoint": first[at["midpoint"]]}
    print(json.dumps(line))


main()
