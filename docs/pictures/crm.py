#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draw docs/pictures/crm-*.svg, the shapes in models/crm-midmarket.yaml that docs/crm-model.md explains: from runs of the
model, and the tail of overruns and the power of data from their formulas.

    docs/pictures/crm.py PROGRAM [--check]

--check writes nothing: it tells which pictures are not what would be drawn (exit code 1); it leaves out the one of swings,
which takes 44 runs (tests/models/kpis.py holds the swings to their bound)."""
import concurrent.futures
import json
import math
import os
import subprocess
import sys

from make import BLUE, GREY, HERE, INK, LIGHT, ORANGE, Svg

sys.dont_write_bytecode = True
GREEN, SOFT = "#3f8f5b", "#5b666d"
MODEL = os.path.join(HERE, "..", "..", "models", "crm-midmarket.yaml")
PROGRAM = os.path.abspath(sys.argv[1])
FACTORS = """training_quality management_support ease_of_use vendor_support data_quality realistic_expectations
customer_focus software_capability process_fit requirement_clarity in_house_skills""".split()


def run(job):
    outputs, sets = job
    options = [a for s in sets for a in ("--set", s)]
    said = subprocess.run([PROGRAM, "run", MODEL, "-q", "-f", "json", "-n", "4096", "--outputs", outputs, *options],
                          check=True, capture_output=True, text=True).stdout
    x = json.loads(said)
    return {**x["outputs"], **x["inputs"]}


def runs(jobs):
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return list(pool.map(run, jobs))


def percentile(x, p):
    return x["percentiles"][str(p)]["value"]


class Panel:
    """Axes with given ticks: a tick is (value, text)."""

    def __init__(self, svg, left, right, title, across, down, caption, top=56, bottom=260, log=False):
        self.svg, self.left, self.right, self.top, self.bottom, self.log = svg, left, right, top, bottom, log
        self.x = (across[0][0], across[-1][0])
        self.y = (down[0][0], down[-1][0])
        svg.text(left, top - 14, title, font_weight="bold")
        for v, word in across:
            svg.line(self.across(v), top, self.across(v), bottom, stroke="#e3e7ea")
            svg.text(self.across(v), bottom + 16, word, "middle", SOFT)
        for v, word in down:
            svg.line(left, self.down(v), right, self.down(v), stroke="#e3e7ea")
            svg.text(left - 6, self.down(v) + 4, word, "end", SOFT)
        svg.text((left + right) / 2, bottom + 34, caption, "middle", SOFT)

    def across(self, x):
        return self.left + (x - self.x[0]) / (self.x[1] - self.x[0]) * (self.right - self.left)

    def down(self, y):
        scale = math.log if self.log else float
        low, high = scale(self.y[0]), scale(self.y[1])
        return self.bottom - (scale(y) - low) / (high - low) * (self.bottom - self.top)

    def points(self, pairs):
        return " ".join(f"{self.across(x):.1f},{self.down(y):.1f}" for x, y in pairs)

    def curve(self, pairs, colour, **more):
        self.svg.add("polyline", points=self.points(pairs), fill="none", stroke=colour, stroke_width=2, **more)

    def band(self, low, high, colour=LIGHT):
        self.svg.add("polygon", points=self.points(low + high[::-1]), fill=colour, fill_opacity="0.5")

    def text(self, x, y, text, fill=INK, anchor="start"):
        self.svg.text(self.across(x), self.down(y), text, anchor, fill, font_size=12)


def ticks(low, high, n, write):
    return [(low + (high - low) * i / n, write(low + (high - low) * i / n)) for i in range(n + 1)]


def percent(x):
    return f"{round(100 * x)}%".replace("-", "−")


def plain(x):
    return f"{x:.1f}"


def tight(x):
    return f"{x:g}"


def fan(panel, xs, results, name):
    lines = [[(x, percentile(r[name], p)) for x, r in zip(xs, results)] for p in (1, 50, 99)]
    panel.band(lines[0], lines[2])
    panel.curve(lines[1], BLUE)


def training():
    """Two effects of one score and both together, each with the uncertainty of its curve alone."""
    scores = [0, 0.01, 0.03, 0.06, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 1]
    fixed = ["management_support=0.5", "ease_of_use=0.5", "vendor_support=0.5", "adoption_luck=0", "adoption_worst=30%",
             "adoption_best=94%", "outputs.both=ceiling * skill / best",
             "inputs.best=30% + 64% * (0.25 + 0.75 * sqrt(0.5))^2"]
    got = runs([("ceiling,skill,both", [f"training_quality={s}", *fixed]) for s in scores])
    svg = Svg(760, 304, "Training: adoption that is reached, what a user gets out of the system, and both together")
    a = Panel(svg, 44, 246, "Users who take it up", ticks(0, 1, 4, tight), ticks(0, 1, 4, percent),
              "score of training (others at 0.5)")
    fan(a, scores, got, "ceiling")
    b = Panel(svg, 300, 502, "What each gets out of it", ticks(0, 1, 4, tight), ticks(-0.25, 1, 5, percent),
              "score of training")
    c = Panel(svg, 556, 758, "Both, against the best", ticks(0, 1, 4, tight), ticks(-0.25, 1, 5, percent),
              "score of training")
    for panel, name in ((b, "skill"), (c, "both")):
        fan(panel, scores, got, name)
        svg.line(panel.left, panel.down(0), panel.right, panel.down(0), stroke=ORANGE, stroke_width=1.5)
    b.text(0.98, -0.13, "below 0: use does harm", ORANGE, "end")
    a.text(0.98, 0.06, "band: curve, P1 to P99", SOFT, "end")
    return svg.end()


def speed():
    """How fast it is taken up."""
    times = [i / 4 for i in range(13)]
    outs = [f"outputs.a{i}=at(adoption, {t})" for i, t in enumerate(times)]
    names = ",".join(f"a{i}" for i in range(len(times)))
    eases = (0.2, 0.5, 0.8)
    got = runs([(names, [f"ease_of_use={e}", "go_live=0.4", "ceiling=0.7", *outs]) for e in eases])
    svg = Svg(760, 304, "Adoption over time, for three scores of ease of use")
    p = Panel(svg, 56, 560, "Users who work with it", ticks(0, 3, 6, plain), ticks(0, 0.8, 4, percent),
              "years from the decision; go-live at 0.4, ceiling at 70%")
    middle = got[1]
    p.band(*[[(t, percentile(middle[f"a{i}"], q)) for i, t in enumerate(times)] for q in (5, 95)])
    for e, r, colour in zip(eases, got, (ORANGE, BLUE, GREEN)):
        p.curve([(t, percentile(r[f"a{i}"], 50)) for i, t in enumerate(times)], colour)
    for i, (e, colour) in enumerate(zip(reversed(eases), (GREEN, BLUE, ORANGE))):
        svg.text(576, 90 + 20 * i, f"ease of use {e}", fill=colour)
    svg.text(576, 160, "band: score 0.5, the", fill=SOFT, font_size=12)
    svg.text(576, 176, "curve uncertain (P5 to P95)", fill=SOFT, font_size=12)
    return svg.end()


def data():
    """A power of the share of right records, and what becomes of that share."""
    svg = Svg(760, 304, "Data: how results depend on them, and how they go stale")
    a = Panel(svg, 56, 366, "Share of the effect that is left", ticks(0, 1, 5, percent), ticks(0, 1, 5, percent),
              "share of records that are right")
    for g, colour in ((0.5, GREEN), (0.8, BLUE), (1.5, ORANGE)):
        a.curve([(i / 50, (i / 50) ** g) for i in range(51)], colour)
    for y, g, colour in ((0.20, 0.5, GREEN), (0.13, 0.8, BLUE), (0.06, 1.5, ORANGE)):
        a.text(0.98, y, f"data_matters {g}", colour, "end")
    times = [i / 4 for i in range(21)]
    outs = [f"outputs.d{i}=at(data, {t})" for i, t in enumerate(times)]
    names = ",".join(f"d{i}" for i in range(len(times)))
    b = Panel(svg, 436, 746, "Records that are right", ticks(0, 5, 5, lambda x: f"{x:.0f}"), ticks(0, 0.8, 4, percent),
              "years; 45% at the start, 25% a year go stale")
    jobs = [(0.5, GREEN, "half of the bad repaired a year"), (0.25, BLUE, "a quarter"), (0, ORANGE, "none")]
    got = runs([(names, [f"hygiene={h}", "data_quality=0.45", "decay=25%", "new_records=30%", *outs]) for h, _, _ in jobs])
    for (h, colour, word), r in zip(jobs, got):
        b.curve([(t, r[f"d{i}"]["mean"]["value"]) for i, t in enumerate(times)], colour)
        b.text(4.95, r["d20"]["mean"]["value"] + 0.025, word, colour, "end")
    return svg.end()


def exceeds(x, p, cap=5.0, scale=1.5, shape=1.38, sigma=0.15):
    """P(services cost more than x times the estimate): an ordinary error, times a capped Pareto in p of the cases. The
    two multiply in the model, so this is a mean over the ordinary error (midpoints of 400 slices)."""
    def normal(z):
        return 0.5 * (1 + math.erf(z / math.sqrt(2)))

    def tail(y):
        if y <= scale:
            return 1.0
        return 0.0 if y >= cap else ((scale / y) ** shape - (scale / cap) ** shape) / (1 - (scale / cap) ** shape)

    low, high, n, sum_, weight = 0.5, 1.5, 400, 0.0, 0.0
    for i in range(n):
        a, b = low + (high - low) * i / n, low + (high - low) * (i + 1) / n
        w = normal(math.log(b) / sigma) - normal(math.log(a) / sigma)
        e = (a + b) / 2
        sum_ += w * ((1 - p) * (e > x) + p * tail(x / e))
        weight += w
    return sum_ / weight


def overrun():
    """A body and a capped heavy tail."""
    text = open(MODEL, encoding="utf-8").read()
    assert "pareto(1.5, 1.38, cap=5)" in text and "truncate(lognormal(median=1, sigma=0.15), upper=1.5)" in text
    svg = Svg(760, 304, "Chance that services cost more than so many times the estimate")
    p = Panel(svg, 64, 560, "Chance that services cost more than this", [(0.5 + 0.5 * i, f"{0.5 + 0.5 * i:g}×") for i in range(14)],
              [(0.001, "0.1%"), (0.01, "1%"), (0.1, "10%"), (1, "100%")], "actual cost as a multiple of the estimate", log=True)
    for odds, colour in ((0.18, ORANGE), (0.10, BLUE), (0.05, GREEN)):
        steps = [(0.5 + i / 40, exceeds(0.5 + i / 40, odds)) for i in range(261)]
        p.curve([(x, y) for x, y in steps if y >= 0.001], colour)
    for i, (word, colour) in enumerate((("18%: large firms", ORANGE), ("10%: this template", BLUE), ("5%", GREEN))):
        svg.text(576, 90 + 20 * i, word, fill=colour)
    svg.text(576, 160, "odds of a heavy overrun;", fill=SOFT, font_size=12)
    svg.text(576, 176, "tail exponent 1.38,", fill=SOFT, font_size=12)
    svg.text(576, 192, "cut at five times", fill=SOFT, font_size=12)
    return svg.end()


def realised():
    """How much of the plan comes true."""
    levels = (1, 5, 10, 25, 50, 75, 90, 95, 99)
    scores = ((0.15, ORANGE), (0.5, BLUE), (0.85, GREEN))
    got = runs([("plan_realised", [f"realistic_expectations={s}"]) for s, _ in scores])
    svg = Svg(760, 304, "Share of the planned benefits that comes true")
    p = Panel(svg, 56, 560, "Chance that less than this comes true", ticks(0, 2, 8, percent), ticks(0, 1, 4, percent),
              "share of the plan, before adoption and data")
    for (s, colour), r in zip(scores, got):
        p.curve([(percentile(r["plan_realised"], q), q / 100) for q in levels], colour)
    for i, (s, colour) in enumerate(scores):
        svg.text(576, 90 + 20 * i, f"expectations {s}", fill=colour)
    for x, y in ((1 / 3, 0.20), (1, 0.58)):
        svg.add("circle", cx=p.across(x), cy=p.down(y), r=5, fill="none", stroke=INK, stroke_width=1.5)
    svg.text(576, 160, "○ 40 change programmes,", fill=SOFT, font_size=12)
    svg.text(576, 176, "all causes together", fill=SOFT, font_size=12)
    return svg.end()


def swings():
    """Mean benefits over mean costs at one score against those at another, all else left uncertain."""
    own = run((",".join(FACTORS), []))
    ends = {f: (0, percentile(own[f], 5), percentile(own[f], 95), 1) for f in FACTORS}
    jobs = [(f, s) for f in FACTORS for s in ends[f]]
    got = runs([("benefits_pv,costs_pv", [f"{f}={s}"]) for f, s in jobs])
    gross = {job: r["benefits_pv"]["mean"]["value"] / r["costs_pv"]["mean"]["value"] for job, r in zip(jobs, got)}
    height = 56 + 26 * len(FACTORS) + 44
    svg = Svg(760, height, "How far one factor swings the return")
    p = Panel(svg, 190, 600, "Benefits for each dollar spent, better score against worse",
              [(i / 2, f"{i / 2:g}×") for i in range(2, 8)], [(0, ""), (1, "")], "mean of benefits over mean of costs, present values",
              bottom=height - 44)
    widest = {f: gross[f, 1] / gross[f, 0] for f in FACTORS}
    if max(widest.values()) > 3:
        sys.exit("a factor swings the return more than three times")
    svg.line(p.across(3), p.top, p.across(3), p.bottom, stroke=ORANGE, stroke_width=1.5)
    for i, f in enumerate(sorted(FACTORS, key=lambda f: -widest[f])):
        y = p.top + 26 * i + 4
        near = gross[f, ends[f][2]] / gross[f, ends[f][1]]
        svg.text(182, y + 13, f.replace("_", " "), "end")
        svg.box(p.across(1), p.across(widest[f]), y, 18, LIGHT)
        svg.box(p.across(1), p.across(near), y + 4, 10, BLUE)
        svg.text(672, y + 13, f"{near:.2f}×", "end", font_size=12)
        svg.text(740, y + 13, f"{widest[f]:.2f}×", "end", SOFT, font_size=12)
    for colour, word in ((BLUE, "from P5 to P95 of its range"), (LIGHT, "from 0 to 1: at most 3×")):
        y = p.bottom - (60 if colour == BLUE else 40)
        svg.box(340, 350, y, 10, colour)
        svg.text(356, y + 9, word, font_size=12)
    svg.text(672, p.top - 2, "P5 to P95", "end", font_size=11)
    svg.text(740, p.top - 2, "0 to 1", "end", SOFT, font_size=11)
    return svg.end()


def main():
    check, wrong = "--check" in sys.argv[2:], 0
    for draw in (training, speed, data, overrun, realised, swings):
        if check and draw is swings:
            continue
        text, file = draw(), os.path.join(HERE, f"crm-{draw.__name__}.svg")
        if not check:
            with open(file, "w", encoding="utf-8") as out:
                out.write(text)
        elif not os.path.exists(file) or open(file, encoding="utf-8").read() != text:
            print(f"{file} is not what would be drawn: docs/pictures/crm.py PROGRAM")
            wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
