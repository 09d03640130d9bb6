#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Workbooks read back with a reader of our own (zip and XML): every part is well formed, every number
is the JSON result's to the 16 digits that a workbook has, names and charts point at cells that are
there, and the bytes do not depend on threads or instruction sets.   xlsx.py PROGRAM"""
import io
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

PROGRAM = sys.argv[1]
ROOT = Path(__file__).resolve().parents[2]
NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def run(model, *options):
    done = subprocess.run([PROGRAM, "run", str(model), "--quiet", *options], capture_output=True)
    assert done.returncode == 0, (model, options, done.stderr.decode())
    return done.stdout


def column(letters):
    n = 0
    for c in letters:
        n = 26 * n + ord(c) - 64
    return n - 1


class Book:
    def __init__(self, data):
        self.zip = zipfile.ZipFile(io.BytesIO(data))
        assert self.zip.testzip() is None
        self.parts = {n: self.zip.read(n) for n in self.zip.namelist()}
        for part in self.parts.values():
            ET.fromstring(part)
        strings = ET.fromstring(self.parts["xl/sharedStrings.xml"])
        self.strings = ["".join(t.text or "" for t in si.iter(f"{{{NS['m']}}}t")) for si in strings]
        for text in self.strings:
            assert not re.search(r"(?i)(?<![a-z])(nan|inf|infinity)(?![a-z])", text), text
            assert not re.search(r"[\x00-\x1f\x7f]", text), text
        book = ET.fromstring(self.parts["xl/workbook.xml"])
        files = {r.get("Id"): r.get("Target") for r in ET.fromstring(self.parts["xl/_rels/workbook.xml.rels"])}
        self.sheets = {}
        for sheet in book.find("m:sheets", NS):
            self.sheets[sheet.get("name")] = self.cells(self.parts["xl/" + files[sheet.get(REL)]])
        names = book.find("m:definedNames", NS)
        self.names = {n.get("name"): n.text for n in names if not n.get("name").startswith("_xlnm")}

    def cells(self, part):
        cells = {}
        for c in ET.fromstring(part).iter(f"{{{NS['m']}}}c"):
            letters, row = re.fullmatch(r"([A-Z]+)(\d+)", c.get("r")).groups()
            v = c.find("m:v", NS)
            if v is None:
                continue
            if c.get("t") == "s":
                value = self.strings[int(v.text)]
            else:
                assert c.get("t") in (None, "n"), c.get("t")
                value = float(v.text)
                assert value - value == 0, v.text
            cells[int(row) - 1, column(letters)] = value
        return cells

    def at(self, reference):
        sheet, letters, row = re.fullmatch(r"'?(.*?)'?!\$([A-Z]+)\$(\d+)", reference).groups()
        return self.sheets[sheet].get((int(row) - 1, column(letters)))

    def table(self, sheet, head=3):
        """Rows below the row `head` as dictionaries by heading."""
        cells = self.sheets[sheet]
        heads = {c: v for (r, c), v in cells.items() if r == head}
        rows = {}
        for (r, c), v in cells.items():
            if r > head and c in heads:
                rows.setdefault(r, {})[heads[c]] = v
        return [rows[r] for r in sorted(rows)]


def near(a, b, what):
    assert (a is None) == (b is None), (what, a, b)
    assert a is None or abs(a - b) <= 1e-15 * abs(b), (what, a, b)


def outputs_of(result):
    for home, names in (("outputs", ("Result", "Output of the model")), ("lines", ("Benefit", "Cost")),
                        ("risks", ("Risk",)), ("not_counted", ("Benefit not counted", "Cost not counted")),
                        ("inputs", ("Input",))):
        for name, o in result[home].items():
            yield name, names, o


TITLES = {"Mean": "mean", "Standard deviation": "sd", "Skewness": "skewness", "Kurtosis": "kurtosis",
          "Smallest": "min", "Largest": "max", "Chance below zero": "below_zero",
          "Chance to reach the hurdle": "at_least_hurdle", "Mean of the worst 5%": "cvar_5"}


def estimate(o, title):
    if re.fullmatch(r"P\d+", title):
        return o["percentiles"][title[1:]]
    return o[TITLES[title]]


def check_outputs(book, result):
    rows = {(r["Name"], r["What"]): r for r in book.table("Percentiles")}
    intervals = {(r["Name"], r["What"], r["Number"]): r for r in book.table("Intervals")}
    n = 0
    for name, whats, o in outputs_of(result):
        what = next(w for w in whats if (name, w) in rows)
        row = rows[name, what]
        for title in [t for t in TITLES] + ["P1", "P5", "P10", "P25", "P50", "P75", "P90", "P95", "P99"]:
            e = estimate(o, title)
            if e is None:
                assert (name, what, title) not in intervals
                continue
            near(row.get(title), e["value"], (name, title))
            listed = intervals[name, what, title]
            near(listed.get("Value"), e["value"], (name, title))
            near(listed.get("From"), e["low"], (name, title, "low"))
            near(listed.get("To"), e["high"], (name, title, "high"))
            n += 1
        near(row["Share without a value"], o["undefined"], name)
        near(row["Share that is never reached"], o["infinite"], name)
    assert len(rows) == len(list(outputs_of(result)))
    return n


def check_groups(book, result):
    """On the first sheet an output stands below the heading of its group, with no other in between."""
    members = {n: o for n, o in result["outputs"].items() if o.get("group")}
    rows = {}
    for (row, c), text in sorted(book.sheets["Summary"].items()):
        if c == 0:
            rows[text] = row
    headings = sorted((rows[o["group_label"]], o["group_label"]) for o in members.values())
    for name, o in members.items():
        unit = o.get("unit_text")
        label = o["label"] if unit is None else f'{o["label"]} ({unit})'
        above = [text for row, text in headings if row < rows[label]]
        assert above and above[-1] == o["group_label"], (name, above)
    return len({text for _, text in headings})


def check_names(book, result):
    for name, key in (("mean", "mean"), ("median", "P50"), ("P5", "P5"), ("P95", "P95"), ("below_zero", None)):
        for output, o in result["outputs"].items():
            known = output.upper() if output in ("roi", "npv", "irr", "payback") else output
            if f"{known}_{name}" not in book.names:
                assert output not in ("roi", "npv"), (output, name)
                continue
            e = o["below_zero"] if key is None else o["mean"] if key == "mean" else estimate(o, key)
            near(book.at(book.names[f"{known}_{name}"]), e["value"], (output, name))
    return len(book.names)


def check_cash(book, result):
    if result["cash"] is None:
        assert "Cash flow" not in book.sheets
        return
    keys = {"Benefits": "benefits", "Costs": "costs", "Net": "net", "So far": "cumulative"}
    by_time = {round(k["t"], 9): k for k in result["cash"]}
    rows = book.table("Cash by period")
    assert len(rows) == 4 * len(result["cash"])
    for row in rows:
        cell = by_time[round(row["Years"], 9)][keys[row["What"]]]
        near(row["Average"], cell["mean"], row)
        for p, x in cell["percentiles"].items():
            near(row[f"P{p}"], x, row)
    check_years(book, result)


def cash_rows(result):
    """Rows of the cash flow: name, and a function that gives mean or a percentile of a column."""
    years, total = result["cash_years"], result["cash_total"]

    def of(cell, p):
        return cell["mean"] if p is None else cell["percentiles"][p]

    def side(key, pv):
        row = [k[key] for k in years] + ([total[key]] if pv else [])

        def at(c, p):
            if c < len(row):
                return of(row[c], p)
            e = result["outputs"][pv] if pv else None
            return e and (e["mean"] if p is None else e["percentiles"][p])["value"]
        return at

    lines = result["cash_lines"] or {}
    for name, key, pv in (("All benefits", "benefits", "benefits_pv"), ("All costs", "costs", "costs_pv"),
                          ("Net", "net", "npv"), ("So far", "cumulative", None)):
        for line in (n for n, l in lines.items() if l["side"] == key):
            risk = line in result["risks"]
            label = (result["risks"] if risk else result["lines"])[line]["label"] or line
            yield label + (" (risk)" if risk else ""), lambda c, p, l=lines[line]: of(l, p)[c]
        yield name, side(key, pv)


def check_years(book, result):
    """Averages, then low, middle and high of the same rows; sums of averages are formulas."""
    cells = book.sheets["Cash flow"]
    heads = [v for (r, c), v in sorted(cells.items()) if r == 3]
    assert heads[0] == "Initial" and heads[-2:] == ["Total", "Present value"], heads
    assert len(heads) == len(result["cash_years"]) + 2 and heads[1].startswith("Year 1"), heads
    rows = sorted({r for (r, c) in cells if r > 3 and any((r, k) in cells for k in range(2, 2 + len(heads)))})
    scale = max(abs(x["mean"]) for k in result["cash_years"] for x in (k["benefits"], k["costs"], k["cumulative"]))
    n = 0
    for name, at in cash_rows(result):
        row = rows.pop(0)
        assert cells[row, 0] == name, (row, name, cells.get((row, 0)))
        for c in range(len(heads)):
            x, want = cells.get((row, 2 + c)), at(c, None)
            assert (x is None) == (want is None), (name, c)
            assert x is None or abs(x - want) <= 1e-14 * scale, (name, c, x, want)
            n += x is not None
    varies = any(k["cumulative"]["percentiles"]["1"] != k["cumulative"]["percentiles"]["99"]
                 for k in result["cash_years"])
    for name, at in cash_rows(result) if varies else ():
        for p, case in (("5", "low"), ("50", "middle"), ("95", "high")):
            row = rows.pop(0)
            assert cells[row, 1] == case and (p != "5" or cells[row, 0] == name), (name, case)
            for c in range(len(heads)):
                near(cells.get((row, 2 + c)), at(c, p), (name, case, c))
                n += 1
    assert rows == [], rows
    return n


def check_formulas(book, result):
    """Every formula, worked out from the numbers of its cells, gives what stands in its place."""
    part = next(p for n, p in book.parts.items() if b"SUM(" in p)
    cells = book.sheets["Cash flow"]
    scale = max(abs(x) for x in cells.values() if isinstance(x, float))
    n = 0
    for c in ET.fromstring(part).iter(f"{{{NS['m']}}}c"):
        f = c.find("m:f", NS)
        if f is None:
            continue
        refs = [(int(r) - 1, column(l)) for l, r in re.findall(r"([A-Z]+)(\d+)", f.text)]
        (r1, c1), (r2, c2) = refs[0], refs[-1]
        if f.text.startswith("SUM("):
            value = sum(cells.get((r, k), 0) for r in range(r1, r2 + 1) for k in range(c1, c2 + 1)
                        if not isinstance(cells.get((r, k), 0), str))
        else:
            value = cells[r1, c1] - cells[r2, c2]
        assert abs(value - float(c.find("m:v", NS).text)) <= 1e-12 * scale, (f.text, value)
        n += 1
    return n


def check_inputs(book, result):
    rows = book.table("Inputs")
    assert len(rows) == len(result["assumptions"])
    for row, a in zip(rows, result["assumptions"]):
        assert row["Name"] == a["name"] and row["Section"] == a["section"], row
        assert row.get("Formula", "").split() == a["written"].get("value", "").split(), (row, a)
        assert row.get("Label") == a["label"] and (row.get("Source") or "").split() == (a["source"] or "").split()
        near(row.get("Value"), a["value"], row)
        near(row.get("Low (P5)"), a["sketch"][1] if a["sketch"] else None, row)
        near(row.get("Middle (P50)"), a["sketch"][10] if a["sketch"] else None, row)
        near(row.get("High (P95)"), a["sketch"][19] if a["sketch"] else None, row)


def check_histogram(book, result):
    h = result["outputs"].get(result["run"]["target"], {}).get("histogram")
    if h is None or len(h["counts"]) < 2:
        assert "Distribution" not in book.sheets
        return
    rows = [r for r in book.table("Distribution") if "From" in r and "To" in r]
    assert [r["Cases"] for r in rows] == h["counts"]
    all_cases = sum(h["counts"]) + h["below"] + h["above"]
    above = all_cases - h["below"]
    for row in rows:
        assert abs(row["Chance of at least this"] - above / all_cases) < 1e-15
        above -= row["Cases"]
    assert above == h["above"]


def check_drivers(book, result):
    drivers = result["drivers"]
    if not drivers or not drivers["meaning"]:
        assert "Drivers" not in book.sheets
        return
    cells = book.sheets["Drivers"]
    at = {v: r for (r, c), v in cells.items() if c == 1 and r > 3}
    assert list(at) == list(drivers["meaning"])
    for name, means in drivers["meaning"].items():
        for first, key in ((6, "below_zero"), (8, "median")):
            for i in range(2):
                near(cells.get((at[name], first + i)), means[key][i], (name, key))
        if isinstance(means.get("from"), float):
            near(cells[at[name], 4], means["from"], name)
            near(cells[at[name], 5], means["to"], name)
        if means.get("worth") is not None:
            near(cells[at[name], 10], means["worth"], name)
    rows = book.table("Rankings")
    told = {(r["Name"], r.get("Value"), r.get("From"), r.get("To")) for r in rows}
    shown = {n: [t for t in told if t[0] == n] for n in drivers["bars"]}
    n = 0
    for methods in drivers["sensitivity"].values():
        for bars in methods.values():
            for name, e in bars.items():
                if not isinstance(e, dict) or e.get("value") is None:
                    continue
                assert any(abs(v - e["value"]) <= 1e-15 * abs(v) for _, v, _, _ in shown[name]), (name, e)
                n += 1
    assert n > 0


def check_charts(book):
    charts = [p for n, p in book.parts.items() if n.startswith("xl/charts/")]
    for part in charts:
        for f in re.findall(rb"<c:f>(.*?)</c:f>", part):
            sheet, first, last = re.fullmatch(r"'?(.*?)'?!(\$[A-Z]+\$\d+)(?::(\$[A-Z]+\$\d+))?",
                                              f.decode()).groups()
            assert sheet in book.sheets, f
            for end in (first, last or first):
                letters, row = re.fullmatch(r"\$([A-Z]+)\$(\d+)", end).groups()
                cells = book.sheets[sheet]
                # a column of one side of the histogram is empty where the other one is not
                assert any((int(row) - 1, c) in cells for c in range(column(letters) + 1)), f
    return len(charts)


def check_trials():
    options = ["--trials", "64", "--seed", "7"]
    book = Book(run(ROOT / "models/w1.yaml", "--format", "xlsx", "--trials-sheet", *options))
    rows = book.table("Trials", 0)
    csv = [line.split(",") for line in run(ROOT / "models/w1.yaml", "--format", "csv", *options).decode().split()]
    assert len(rows) == 64 and sorted(rows[0]) == sorted(n for n, v in zip(csv[0], csv[1]) if v), "headings"
    for row, line in zip(rows, csv[1:]):
        for name, text in zip(csv[0], line):
            value = row.get(name)
            if text == "Inf":
                assert value == "∞"
            else:
                near(value, float(text) if text else None, name)


def check_bytes():
    usual = run(ROOT / "models/w1.yaml", "--format", "xlsx", "--trials", "1000")
    assert usual == run(ROOT / "models/w1.yaml", "--format", "xlsx", "--trials", "1000", "--threads", "1",
                        "--isa", "sse2"), "bytes differ"
    assert usual != run(ROOT / "models/w1.yaml", "--format", "xlsx", "--trials", "1000", "--seed", "2")


def main():
    for model in sorted((ROOT / "models").glob("*.yaml")):
        options = ["--trials", "1000"]
        result = json.loads(run(model, "--format", "json", *options))
        book = Book(run(model, "--format", "xlsx", *options))
        assert b"1980-01-01T00:00:00Z" in book.parts["docProps/core.xml"]
        assert result["model"]["sha256"].encode() in book.parts["docProps/custom.xml"]
        n = check_outputs(book, result)
        groups = check_groups(book, result)
        assert groups == (5 if model.stem == "crm-midmarket" else 0), model
        names = check_names(book, result)
        check_cash(book, result)
        formulas = check_formulas(book, result) if result["cash"] else 0
        check_inputs(book, result)
        check_histogram(book, result)
        check_drivers(book, result)
        charts = check_charts(book)
        print(f"{model.name}: {n} numbers, {formulas} formulas, {names} names, {charts} charts")
    check_trials()
    check_bytes()


main()
