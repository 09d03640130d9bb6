#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draw docs/pictures/METHOD.svg, one picture a method of sensitivity analysis, from a real run of the
model that docs/sensitivity.md shows.

    docs/pictures/make.py PROGRAM [--check]

--check writes nothing: it tells which pictures are not what would be drawn (exit code 1). The program
prints the same bytes everywhere, and coordinates are rounded, so pictures differ only when the program
does."""
import json
import math
import os
import re
import subprocess
import sys
import tempfile
from xml.sax.saxutils import escape

HERE = os.path.dirname(os.path.abspath(__file__))
PAGE = os.path.join(HERE, "..", "sensitivity.md")
WIDTH, LEFT, RIGHT, TOP, ROW, BOTTOM = 640, 190, 24, 44, 28, 40
BLUE, LIGHT, ORANGE, GREY, INK = "#2a6f97", "#a9cbe0", "#e07a3f", "#9aa5ad", "#22282c"
PALETTE = [BLUE, ORANGE, "#3f8f5b", "#8a5aa8", "#b33a4a", "#6d6d6d"]


def share(x):
    return f"{100 * x:.0f}%"


def plain(x):
    return f"{x:g}"


def dollars(x):
    return f"${x / 1000:g}k" if x else "$0"


# How a method's scores are written, and what its axis says.
AXES = {
    "rank": (plain, "rank correlation with ROI"),
    "grade": (plain, "grade correlation with ROI"),
    "first_order": (share, "share of the variance of ROI"),
    "tornado": (share, "mean ROI, from the lowest to the highest tenth"),
    "loss": (share, "change of the chance of a loss, from P25 to P75"),
    "evppi": (dollars, "worth of knowing it before deciding"),
    "break_even": (plain, "nearness of the break-even: 1 at the median, 0 at an end"),
    "scenario": (plain, "how far its median is off in the worst tenth, in standard deviations"),
    "pawn": (plain, "median distance of conditional distributions"),
    "delta": (plain, "Borgonovo's delta"),
    "regression": (plain, "coefficient of ranks"),
    "variance": (share, "squared rank correlation, share of their sum"),
    "oat": (share, "ROI, with all others as in the base case"),
    "spider": (share, "ROI, with all others as in the base case"),
    "morris": (share, "mu*: mean size of an effect on ROI"),
    "sobol": (share, "share of the variance of ROI"),
    "shapley": (share, "share of the variance of ROI; all make 100%"),
}


class Svg:
    """Shapes as text; numbers with one decimal."""

    def __init__(self, width, height, title):
        self.parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            f'width="{width}" height="{height}" font-family="sans-serif" font-size="13">',
            f"<title>{escape(title)}</title>",
            f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        ]

    def add(self, name, **attributes):
        text = attributes.pop("text", None)
        said = "".join(
            f' {k.replace("_", "-")}="{f"{v:.1f}" if isinstance(v, float) else escape(str(v))}"'
            for k, v in attributes.items()
        )
        self.parts.append(f"<{name}{said}/>" if text is None else f"<{name}{said}>{escape(text)}</{name}>")

    def text(self, x, y, text, anchor="start", fill=INK, **more):
        self.add("text", x=float(x), y=float(y), text_anchor=anchor, fill=fill, text=text, **more)

    def line(self, x1, y1, x2, y2, stroke=GREY, **more):
        self.add("line", x1=float(x1), y1=float(y1), x2=float(x2), y2=float(y2), stroke=stroke, **more)

    def box(self, x1, x2, y, height, fill):
        self.add("rect", x=float(min(x1, x2)), y=float(y), width=float(abs(x2 - x1)),
                 height=float(height), fill=fill)

    def end(self):
        return "\n".join(self.parts + ["</svg>", ""])


class Axis:
    """Values to pixels, with round ticks."""

    def __init__(self, low, high, start, end):
        room = 0.04 * (high - low)
        self.low, self.high, self.start, self.end = low - room * (low < 0), high + room, start, end
        raw = (high - low) / 6
        power = 10.0 ** math.floor(math.log10(raw))
        self.step = next(m * power for m in (1, 2, 5, 10) if m * power >= raw)

    def at(self, x):
        return self.start + (x - self.low) / (self.high - self.low) * (self.end - self.start)

    def ticks(self):
        k = math.ceil(self.low / self.step - 1e-9)
        while k * self.step <= self.high:
            yield round(k * self.step, 12)
            k += 1


def frame(svg, axis, bottom, write, caption):
    for x in axis.ticks():
        svg.line(axis.at(x), TOP, axis.at(x), bottom, stroke="#e3e7ea")
        svg.text(axis.at(x), bottom + 16, write(x), "middle", "#5b666d")
    svg.text((axis.start + axis.end) / 2, bottom + 33, caption, "middle", "#5b666d")


def picture_size(rows):
    bottom = TOP + ROW * len(rows) + 4
    return bottom, bottom + BOTTOM


def names(svg, rows, labels):
    for i, (name, _) in enumerate(rows):
        svg.text(LEFT - 10, TOP + ROW * i + 19, labels[name], "end")


def bars(title, rows, labels, write, caption):
    """A bar a row from 0, with its interval."""
    bottom, height = picture_size(rows)
    svg = Svg(WIDTH, height, title)
    lows = [r["low"] for _, r in rows] + [0]
    highs = [r["high"] for _, r in rows] + [0]
    axis = Axis(min(lows), max(highs), LEFT, WIDTH - RIGHT)
    svg.text(12, 24, title, font_weight="bold")
    frame(svg, axis, bottom, write, caption)
    names(svg, rows, labels)
    for i, (_, r) in enumerate(rows):
        y = TOP + ROW * i + 6
        svg.box(axis.at(0), axis.at(r["value"]), y, 16, BLUE if r["value"] >= 0 else ORANGE)
        svg.line(axis.at(r["low"]), y + 8, axis.at(r["high"]), y + 8, stroke=INK, stroke_width=1.5)
    svg.line(axis.at(0), TOP, axis.at(0), bottom, stroke=INK)
    return svg.end()


def pairs(title, rows, labels, write, caption):
    """Total, and within it what an input does alone."""
    bottom, height = picture_size(rows)
    svg = Svg(WIDTH, height, title)
    axis = Axis(0, max(r["total"]["high"] for _, r in rows), LEFT, WIDTH - RIGHT)
    svg.text(12, 24, title, font_weight="bold")
    for x, colour, word in ((400, BLUE, "first: alone"), (500, LIGHT, "total")):
        svg.box(x, x + 10, 15, 10, colour)
        svg.text(x + 14, 24, word, fill="#5b666d", font_size=11)
    frame(svg, axis, bottom, write, caption)
    names(svg, rows, labels)
    for i, (_, r) in enumerate(rows):
        y, total = TOP + ROW * i + 6, r["total"]
        svg.box(axis.at(0), axis.at(total["value"]), y, 16, LIGHT)
        svg.box(axis.at(0), axis.at(max(r["first"]["value"], 0)), y, 16, BLUE)
        svg.line(axis.at(total["low"]), y + 8, axis.at(total["high"]), y + 8, stroke=INK, stroke_width=1.5)
    svg.line(axis.at(0), TOP, axis.at(0), bottom, stroke=INK)
    return svg.end()


def two_sided(title, rows, labels, write, caption, base):
    """From the base case to both ends."""
    bottom, height = picture_size(rows)
    svg = Svg(WIDTH, height, title)
    values = [r[end]["value"] for _, r in rows for end in ("at_low", "at_high")] + [base]
    axis = Axis(min(values), max(values), LEFT, WIDTH - RIGHT)
    svg.text(12, 24, f"{title}: base case {write(base)}", font_weight="bold")
    for x, colour, word in ((400, ORANGE, "P10, or without it"), (525, BLUE, "P90, with it")):
        svg.box(x, x + 10, 15, 10, colour)
        svg.text(x + 14, 24, word, fill="#5b666d", font_size=11)
    frame(svg, axis, bottom, write, caption)
    names(svg, rows, labels)
    for i, (_, r) in enumerate(rows):
        ends = [(r["at_low"]["value"], ORANGE), (r["at_high"]["value"], BLUE)]
        for value, colour in sorted(ends, key=lambda e: -abs(e[0] - base)):  # the shorter on top
            svg.box(axis.at(base), axis.at(value), TOP + ROW * i + 6, 16, colour)
    svg.line(axis.at(base), TOP, axis.at(base), bottom, stroke=INK)
    return svg.end()


def curves(title, rows, labels, write, caption):
    """A line a row over percentiles."""
    bottom, height, left, right = 300, 340, 64, 200
    svg = Svg(WIDTH, height, title)
    steps = [(s["percentile"], s["output"]) for _, r in rows for s in r["series"]]
    across = Axis(min(p for p, _ in steps), max(p for p, _ in steps), left, WIDTH - right)
    down = Axis(min(y for _, y in steps), max(y for _, y in steps), bottom, TOP)
    svg.text(12, 24, title, font_weight="bold")
    for p in (5, 25, 50, 75, 95):
        svg.line(across.at(p), TOP, across.at(p), bottom, stroke="#e3e7ea")
        svg.text(across.at(p), bottom + 16, f"P{p}", "middle", "#5b666d")
    for y in down.ticks():
        svg.line(left, down.at(y), WIDTH - right, down.at(y), stroke="#e3e7ea")
        svg.text(left - 6, down.at(y) + 4, write(y), "end", "#5b666d")
    svg.text((left + WIDTH - right) / 2, bottom + 33, "percentile of the input; " + caption, "middle",
             "#5b666d", font_size=11)
    taken = []
    for i, (name, r) in enumerate(rows):
        colour = PALETTE[i % len(PALETTE)]
        points = " ".join(f'{across.at(s["percentile"]):.1f},{down.at(s["output"]):.1f}' for s in r["series"])
        svg.add("polyline", points=points, fill="none", stroke=colour, stroke_width=2)
        y = down.at(r["series"][-1]["output"]) + 4
        while any(abs(y - t) < 14 for t in taken):
            y += 1
        taken.append(y)
        svg.text(WIDTH - right + 8, y, labels[name], fill=colour)
    return svg.end()


def scatter(title, rows, labels, write, caption):
    """mu* and sigma."""
    bottom, height, left = 300, 340, 64
    svg = Svg(WIDTH, height, title)
    across = Axis(0, max(r["high"] for _, r in rows) * 1.4, left, WIDTH - RIGHT)
    down = Axis(0, max(r["sigma"]["value"] for _, r in rows), bottom, TOP)
    svg.text(12, 24, title + ": sigma over mu*", font_weight="bold")
    frame(svg, across, bottom, write, caption)
    for y in down.ticks():
        svg.line(left, down.at(y), WIDTH - RIGHT, down.at(y), stroke="#e3e7ea")
        svg.text(left - 6, down.at(y) + 4, write(y), "end", "#5b666d")
    taken = []  # right of each interval, lower where that place is taken
    for name, r in sorted(rows, key=lambda row: -row[1]["sigma"]["value"]):
        x, y, end = across.at(r["value"]), down.at(r["sigma"]["value"]), across.at(r["high"])
        svg.line(across.at(r["low"]), y, end, y, stroke=GREY)
        svg.add("circle", cx=float(x), cy=float(y), r=4, fill=BLUE)
        spot = y + 4
        while any(abs(spot - t) < 14 and abs(end - u) < 150 for u, t in taken):
            spot += 1
        taken.append((end, spot))
        svg.text(end + 6, spot, labels[name])
    return svg.end()


def draw(method, rows, labels, about):
    write, caption = AXES.get(method, (plain, ""))
    rows = rows[:8]
    title = method
    if method == "oat":
        return two_sided(title, rows, labels, write, caption, about["base_case"]["value"])
    if method == "spider":
        return curves(title, rows, labels, write, caption)
    if method == "morris":
        return scatter(title, rows, labels, write, caption)
    if "total" in rows[0][1]:
        return pairs(title, rows, labels, write, caption)
    return bars(title, rows, labels, write, caption)


def rank_of(row):
    return row["rank"] if "rank" in row else row["total"]["rank"]


def model():
    with open(PAGE, encoding="utf-8") as page:
        return re.search(r"^```yaml file=crm\.yaml\n(.*?)^```$", page.read(), re.S | re.M).group(1)


def run(program):
    methods = [line.split()[0] for line in
               subprocess.run([program, "list", "methods"], check=True, capture_output=True,
                              text=True).stdout.splitlines()]
    with tempfile.TemporaryDirectory() as work:
        file = os.path.join(work, "crm.yaml")
        with open(file, "w", encoding="utf-8") as out:
            out.write(model())
        said = subprocess.run([program, "sensitivity", file, "-q", "-f", "json", "-m", ",".join(methods)],
                              check=True, capture_output=True, text=True).stdout
    return methods, json.loads(said)


def main():
    program, check = sys.argv[1], "--check" in sys.argv[2:]
    methods, result = run(program)
    labels = {name: bar["label"] for name, bar in result["bars"].items()}
    wrong = 0
    for method in methods:
        about = next((a for a in result["sensitivity"].values() if method in a), None)
        if about is None:
            continue
        told = [(name, row) for name, row in about[method].items() if row.get("value", 0) is not None]
        rows = sorted(told, key=lambda r: rank_of(r[1]))
        text = draw(method, rows, labels, about)
        file = os.path.join(HERE, method + ".svg")
        if not check:
            with open(file, "w", encoding="utf-8") as out:
                out.write(text)
        elif os.path.exists(file):
            with open(file, encoding="utf-8") as have:
                if have.read() != text:
                    print(f"{file} is not what would be drawn: docs/pictures/make.py PROGRAM")
                    wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
