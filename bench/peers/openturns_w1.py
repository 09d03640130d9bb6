# SPDX-License-Identifier: GPL-3.0-or-later
"""W1 for OpenTURNS: its joint distribution and its outputs as symbolic functions."""

import math

import openturns as ot

TRIANGULAR = {
    "d1": (0.6, 1, 1.3), "d2": (0.5, 1, 1.4), "d3": (0.7, 0.95, 1.2), "d4": (0.4, 0.9, 1.5),
    "d5": (0.6, 1, 1.2), "data": (0.5, 0.8, 1),
}  # fmt: skip
PERT = {
    "b1": (80, 120, 200), "b2": (60, 100, 150), "b3": (40, 70, 130), "b4": (30, 50, 110),
    "b5": (20, 45, 90), "training": (0.4, 0.75, 1),
}  # fmt: skip
LOGNORMAL = {
    "u1": (120, 0.25), "u2": (90, 0.30), "u3": (60, 0.35), "u4": (40, 0.40), "u5": (30, 0.20),
    "midpoint": (1.5, 0.25), "x1": (100, 0.5), "x3": (150, 0.6),
}  # fmt: skip
NORMAL = {"growth": (0.04, 0.02), "steepness": (1.6, 0.3), "ceiling": (0.85, 0.08), "admin": (60, 12)}
EVENT = {"e1": 0.2, "e3": 0.1}

NAMES = [*PERT, *TRIANGULAR, *LOGNORMAL, *NORMAL, *EVENT]


def distribution(uniform_events=False):
    """uniform_events: the two events as uniform numbers, for methods that want densities."""

    def pert(low, mode, high):
        a = 1 + 4 * (mode - low) / (high - low)
        return ot.Beta(a, 6 - a, low, high)

    marginals = [pert(*p) for p in PERT.values()]
    marginals += [ot.Triangular(*p) for p in TRIANGULAR.values()]
    marginals += [ot.LogNormal(math.log(m), s, 0) for m, s in LOGNORMAL.values()]
    marginals += [ot.Normal(*p) for p in NORMAL.values()]
    marginals += [ot.Uniform(0, 1) if uniform_events else ot.Bernoulli(p) for p in EVENT.values()]
    return ot.ComposedDistribution(marginals)


def function(outputs, uniform_events=False):
    lines = [
        "var gain := (b1*d1 + b2*d2 + b3*d3 + b4*d4 + b5*d5) * training^0.6 * data^0.4 * max(ceiling, 0)",
        "var g := 1 + max(growth, 0)",
        "var s := max(steepness, 0)",
        "var run := 0.20*u1 + 0.15*u2 + 0.10*u3 + 0.10*u4 + 0.05*u5 + max(admin, 0)",
        "var up := u1 + u2 + u3 + u4 + u5",
        "var risk1 := " + ("(e1 < 0.2) * x1" if uniform_events else "e1 * x1"),
        "var risk3 := " + ("(e3 < 0.1) * x3" if uniform_events else "e3 * x3"),
    ]
    for t in range(1, 6):
        risk = {1: " + risk1", 3: " + risk3"}.get(t, "")
        lines.append(f"var c{t} := run{risk}")
        lines.append(f"var n{t} := gain / (1 + exp(-s * ({t} - midpoint)))")
        lines.append("run := run * g")
    lines.append("var costs := up + " + " + ".join(f"c{t} / {1.1**t!r}" for t in range(1, 6)))
    lines.append("var gains := " + " + ".join(f"n{t} / {1.1**t!r}" for t in range(1, 6)))
    lines.append("var f1 := n1 - c1 - up")
    lines += [f"var f{t} := f{t - 1} + n{t} - c{t}" for t in range(2, 6)]
    results = {
        "roi": "roi := (gains - costs) / costs",
        "npv": "npv := gains - costs",
        "payback_years": "payback_years := "
        + "".join(f"if(f{t} >= 0, {t}, " for t in range(1, 6)) + "6" + ")" * 5,
    }  # fmt: skip
    lines += [results[name] for name in outputs]
    return ot.SymbolicFunction(NAMES, list(outputs), ";\n".join(lines) + ";")
