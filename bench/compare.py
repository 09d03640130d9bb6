#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""roicast beside other programs, on the same work, on this machine.

    bench/compare.py [--build DIR] [--rounds N] [--trials N] [--threads N] [--quick] [--out DIR]

Everything is run in turn, round after round; medians, and ratios as medians of the ratios inside
rounds, so that other work on the machine falls on all alike. Answers are compared with the
reference first (within four standard errors): a program whose figures are wrong gets no times.
Peers that are not there are listed as such. Writes NAME.md and NAME.json into bench/results/.
"""

import argparse
import datetime
import json
import math
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
PEERS = os.path.join(HERE, "peers")
PYTHON = "/usr/bin/python3" if os.path.exists("/usr/bin/python3") else sys.executable  # Debian's packages

# ---- What W1 gives ----
# 10^8 plain Monte Carlo trials (tests/models/test_w1.c); the standard deviations of npv and payback,
# the kurtoses and the densities at the percentiles, which only say how far off a run may be, come
# from 4*10^6 trials of w1_numpy.py.
REFERENCE_TRIALS = 1e8
LEVELS = [0.01, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99]
ROI = {
    "percentiles": [-0.57913, -0.48425, -0.42825, -0.32489, -0.19383, -0.04358, 0.11005, 0.21121, 0.42111],
    "density": [0.200, 0.688, 1.090, 1.755, 1.919, 1.333, 0.660, 0.358, 0.0803],
    "kurtosis": 3.66,
}
MEANS = {  # mean, its standard deviation, half of the last digit printed
    "roi": (-0.17266, 0.21399, 0.000005),
    "npv": (-159.17, 190.8, 0.005),
    "payback_years": (5.3659, 0.883, 0.00005),
}
NEGATIVE = (0.80351, 0.000005)
# Total order of W1: half of the last digit; then its error, and that of a run of 2^14 base points (w2_gsl spreads
# by .002 over seeds, OpenTURNS by .004: another estimator)
TOTALS = {"midpoint": (0.16, 0.005), "ceiling": (0.14, 0.005), "training_quality": (0.14, 0.005), "up1": (0.074, 0.0005)}
TOTAL_ERRORS = (0.003, 0.004)


def wrong_w1(line):
    """What of a program's answers is not within 4 standard errors (both sides') of the reference."""
    n, found = line["trials"], []

    def check(name, value, wanted, sd, half):
        limit = 4 * sd * math.sqrt(1 / n + 1 / REFERENCE_TRIALS) + half
        if not abs(value - wanted) <= limit:
            found.append(f"{name} {value:.6g}, not {wanted:.6g} ± {limit:.2g}")

    for name, (mean, sd, half) in MEANS.items():
        check(f"mean {name}", line[name]["mean"], mean, sd, half)
    p, half = NEGATIVE
    check("P(ROI<0)", line["roi"]["negative"], p, math.sqrt(p * (1 - p)), half)
    sd = MEANS["roi"][1]
    check("sd of roi", line["roi"]["sd"], sd, sd * math.sqrt((ROI["kurtosis"] - 1) / 4), 0.000005)
    for i, level in enumerate(LEVELS):
        error = math.sqrt(level * (1 - level)) / ROI["density"][i]
        check(f"P{100 * level:.0f} of roi", line["roi"]["percentiles"][i], ROI["percentiles"][i], error, 0.000005)
    return found


def wrong_w2(line):
    limit = 4 * math.hypot(TOTAL_ERRORS[0], TOTAL_ERRORS[1] * math.sqrt(2**14 / line["trials"]))
    return [
        f"total order of {name} {line['total'][name]:.4g}, not {wanted:.4g} ± {limit + half:.2g}"
        for name, (wanted, half) in TOTALS.items()
        if not abs(line["total"][name] - wanted) <= limit + half
    ]


# ---- Programs ----


def run(words):
    """Standard output, wall seconds of the whole process, peak memory in MB."""
    before = time.perf_counter()
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    out, err = process.stdout.read(), process.stderr.read()  # little is ever said on the second
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - before
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(words)}: {(err.strip().splitlines() or [process.returncode])[-1]}")
    return out, seconds, usage.ru_maxrss / 1024


def say(text):
    """Progress, on a terminal."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


def roicast_w1(o, sampler):
    def measure(trials, threads, seed):
        words = [o.roicast, "run", os.path.join(ROOT, "models/w1.yaml"), "--outputs", "roi,npv,payback_years"]
        words += ["--trials", str(trials), "--threads", str(threads), "--sampler", sampler, "--seed", str(seed)]
        out, wall, peak = run(words + ["--format", "json", "--quiet"])
        result = json.loads(out)
        line = {"trials": result["run"]["trials"], "version": result["roicast"], "wall": wall, "peak": peak}
        for name in MEANS:
            rows = result["outputs"][name]
            line[name] = {
                "mean": rows["mean"]["value"],
                "sd": rows["sd"]["value"],
                "negative": rows["below_zero"]["value"],
                "percentiles": [rows["percentiles"][f"{100 * p:.0f}"]["value"] for p in LEVELS],
            }
        machine = result["machine"]
        line.update(draw_model=machine["simulate_seconds"])
        line.update(statistics=machine["seconds"] - machine["simulate_seconds"])
        return line

    return measure


def peer(*words):
    def measure(trials, threads, seed):
        out, wall, peak = run([*words, str(trials), str(threads), str(seed)])
        return {**json.loads(out), "wall": wall, "peak": peak}

    return measure


def module_missing(name, package):
    found = subprocess.run([PYTHON, "-c", f"import {name}"], capture_output=True).returncode == 0
    return None if found else f"no module {name}: Debian's {package}"


def program_missing(path, package):
    return None if shutil.which(path) else f"no {os.path.basename(path)}: {package}"


def w1_rows(o):
    """(name, threads, measure, why it cannot be)"""
    built = "built with -DROICAST_BENCH=ON"
    many = sorted({1, o.threads})
    gsl, tuned = (os.path.join(o.build, "bench", name) for name in ("peer_w1_gsl", "peer_w1_gsl_tuned"))
    rows = [(f"roicast, {s} points" if s == "sobol" else f"roicast, {s} numbers", t, roicast_w1(o, s), None)
            for s in ("sobol", "random") for t in many]
    rows += [("GSL, as most write it", t, peer(gsl), program_missing(gsl, built)) for t in many]
    rows += [("GSL tuned", t, peer(tuned), program_missing(tuned, built)) for t in many]
    rows += [("numpy", 1, peer(PYTHON, f"{PEERS}/w1_numpy.py"), module_missing("numpy", "python3-numpy"))]
    rows += [("R", 1, peer("Rscript", f"{PEERS}/w1.R"), program_missing("Rscript", "Debian's r-base-core"))]
    missing = module_missing("openturns", "python3-openturns")
    rows += [("OpenTURNS", t, peer(PYTHON, f"{PEERS}/w1_openturns.py"), missing) for t in many]
    return rows


def roicast_w2(o):
    """The whole process: starting, reading the model, tables, ranks with their odds, and writing."""
    def measure(points, threads, seed):
        words = [o.roicast, "sensitivity", os.path.join(ROOT, "models/w1.yaml"), "--method", "sobol", "--base", str(points)]
        words += ["--threads", str(threads), "--seed", str(seed), "--format", "json", "--quiet"]
        out, wall, peak = run(words)
        bars = json.loads(out)["sensitivity"]["roi"]["sobol"]
        line = {"trials": points, "evaluations": points * (2 + len(bars)), "seconds": wall, "wall": wall, "peak": peak}
        line["total"] = {name: bars[name]["total"]["value"] for name in TOTALS}
        return line

    return measure


def w2_rows(o):
    many = sorted({1, o.threads})
    gsl = os.path.join(o.build, "bench", "peer_w2_gsl")
    rows = [("roicast, whole process", t, roicast_w2(o), None) for t in many]
    rows += [("GSL tuned, columns exchanged", t, peer(gsl), program_missing(gsl, "built with -DROICAST_BENCH=ON")) for t in many]
    missing = module_missing("openturns", "python3-openturns")
    rows += [("OpenTURNS", t, peer(PYTHON, f"{PEERS}/w2_openturns.py"), missing) for t in many]
    return rows


# ---- Rounds ----


class Row:
    def __init__(self, name, threads, measure, missing):
        self.name, self.threads, self.measure, self.missing = name, threads, measure, missing
        self.lines, self.wrong = [], []

    def usable(self):
        return self.missing is None and not self.wrong

    def round(self, trials, seed, check):
        if not self.usable():
            return
        try:
            line = self.measure(trials, self.threads, seed)
        except (RuntimeError, ValueError, KeyError) as problem:
            self.missing = f"failed: {problem}"
            return
        self.wrong = check(line) if check is not None else []
        self.lines.append(line)

    def median(self, key):
        return statistics.median(line[key] for line in self.lines)

    def ratio(self, other, key):
        """How many times longer than `other` a trial takes here: median over rounds."""
        return statistics.median(
            (mine[key] / mine["trials"]) / (theirs[key] / theirs["trials"])
            for mine, theirs in zip(self.lines, other.lines)
        )


def measure_all(title, rows, rounds, trials, check):
    for row in rows:  # warms up; answers come before times
        say(f"{title}: comparing answers, {row.name}")
        row.round(trials, 1, check)
        row.lines = []
    for number in range(rounds):
        for row in rows:
            say(f"{title}: round {number + 1} of {rounds}, {row.name}")
            row.round(trials, 2 + number, None)
    say("")


def seconds(x):
    return f"{x:.2f} s" if x >= 1 else f"{1e3 * x:.0f} ms" if x >= 0.1 else f"{1e3 * x:.1f} ms"


def add_times(line):
    line["both"] = line["draw_model"] + line["statistics"]


def w1_section(o, data, out):
    rows = [Row(*row) for row in w1_rows(o)]
    measure_all("W1", rows, o.rounds, o.trials, wrong_w1)
    for row in rows:
        for line in row.lines:
            add_times(line)
    base = {row.threads: row for row in rows if row.name.startswith("roicast, sobol") and row.usable()}
    out += ["## W1: 26 uncertain inputs, five years", ""]
    out += [f"{o.trials:,} trials (Sobol points: rounded up to 16·2^m), medians of {o.rounds} rounds in turn. Statistics: "
            "mean, standard deviation,", "nine percentiles, share below 0 of `roi`, `npv`, `payback_years`; roicast's also with "
            "intervals, CVaR, a histogram. Its draw + model", "also collects moments. Ratios are to roicast's Sobol points "
            "on the same number of threads. Peak MB counts no less than this script's own 14.", ""]
    out += ["| program | threads | draw + model | statistics | process | peak MB | million trials/s | draw + model, ratio | both, ratio |",
            "|---|---|---|---|---|---|---|---|---|"]
    for row in rows:
        entry = {"name": row.name, "threads": row.threads, "missing": row.missing, "wrong": row.wrong}
        data["w1"].append(entry)
        if not row.usable() or not row.lines:
            out.append(f"| {row.name} | {row.threads} | {row.missing or 'wrong: ' + '; '.join(row.wrong)} | | | | | | |")
            continue
        entry["rounds"] = [{k: line[k] for k in ("trials", "draw_model", "statistics", "wall", "peak")} for line in row.lines]
        entry["version"] = row.lines[0]["version"]
        ratios = ["", ""]
        if row.threads in base:
            entry["ratio"] = row.ratio(base[row.threads], "draw_model")
            entry["ratio_both"] = row.ratio(base[row.threads], "both")
            ratios = [f"{entry['ratio']:.2f}", f"{entry['ratio_both']:.2f}"]
        rate = row.lines[0]["trials"] / row.median("draw_model") / 1e6
        out.append(f"| {row.name} | {row.threads} | {seconds(row.median('draw_model'))} | "
                   f"{seconds(row.median('statistics'))} | {seconds(row.median('wall'))} | {row.median('peak'):.0f} | {rate:.2f} | {ratios[0]} | {ratios[1]} |")
    versions = {line["peer"] + " " + line["version"] for row in rows for line in row.lines if "peer" in line}
    out += ["", "Versions: " + ", ".join(sorted({v.replace("GSL tuned", "GSL") for v in versions})) + ".", ""]


def w2_section(o, data, out):
    points = 2**12 if o.quick else 2**14
    rows = [Row(*row) for row in w2_rows(o)]
    measure_all("W2", rows, o.rounds, points, wrong_w2)
    out += ["## W2: Sobol's first and total order of the ROI of W1", "",
            f"{points:,} base points, {points * 28:,} evaluations (roicast: {points * 26:,}, as a risk is one input), "
            f"medians of {o.rounds} rounds in turn. Peers: without starting and importing.", "",
            "| program | threads | time | million evaluations/s | times as long as roicast |", "|---|---|---|---|---|"]
    for row in rows:
        entry = {"name": row.name, "threads": row.threads, "missing": row.missing, "wrong": row.wrong}
        data["w2"].append(entry)
        if not row.usable() or not row.lines:
            out.append(f"| {row.name} | {row.threads} | {row.missing or 'wrong: ' + '; '.join(row.wrong)} | | |")
            continue
        entry["rounds"] = [{"trials": line["trials"], "seconds": line["seconds"]} for line in row.lines]
        own = next(r for r in rows if r.threads == row.threads)
        ratio = "" if own is row or not own.usable() else f"{w2_ratio(row, own):.2g}"
        runs = row.lines[0].get("evaluations", points * 28)
        out.append(f"| {row.name} | {row.threads} | {seconds(row.median('seconds'))} | "
                   f"{runs / row.median('seconds') / 1e6:.2f} | {ratio} |")
    out.append("")
    if not o.quick:
        w2_many(o, data, out)


def w2_ratio(row, own):
    """Median of the ratios inside rounds."""
    return statistics.median(a["seconds"] / b["seconds"] for a, b in zip(row.lines, own.lines))


def w2_many(o, data, out):
    """A hundred million evaluations."""
    lines = [roicast_w2(o)(2**22, o.threads, seed) for seed in range(1, o.rounds + 1)]
    took = statistics.median(line["seconds"] for line in lines)
    data["w2_many"] = [{"evaluations": line["evaluations"], "seconds": line["seconds"]} for line in lines]
    out += [f"roicast, {o.threads} threads, {lines[0]['evaluations']:,} evaluations: {seconds(took)}, "
            f"{lines[0]['evaluations'] / took / 1e6:.1f} million/s.", ""]


# ---- roicast alone ----


def shapes_section(o, data, out):
    """W1 and W3 by the cost of one vector operation, in turn."""
    models = {"W1": "models/w1.yaml", "W3": "bench/workloads/w3.yaml"}
    found = {name: [] for name in models}
    for number in range(o.rounds):
        for name, path in models.items():
            say(f"W1 and W3: round {number + 1} of {o.rounds}")
            words = [o.roicast, "bench", os.path.join(ROOT, path), "--outputs", "roi,npv", "--threads", "1", "--rounds", "1"]
            found[name].append(json.loads(run(words + ["--trials", "64k", "--format", "json", "--quiet"])[0]))
    say("")
    out += ["## Another shape: W3, 60 correlated inputs of thirteen families, sixty months", "",
            "One thread, 65,536 trials, `roi` and `npv`. What a trial costs is set against the vector operations that its plan",
            "counts, drawing included: an engine made for one workload would show it here.", "",
            "| workload | random inputs | operations | trials/s | ns a trial | ns an operation and trial |", "|---|---|---|---|---|---|"]
    for name, runs in found.items():
        model, cases = runs[0]["model"], [r["threads"][0] for r in runs]
        ns = statistics.median(c["ns_per_trial"] for c in cases)
        data["shapes"].append({"name": name, "operations": model["operations"], "inputs": model["inputs"], "ns_per_trial": ns,
                               "ns_per_operation": ns / model["operations"]})
        out.append(f"| {name} | {model['inputs']} | {model['operations']:,} | {1e9 / ns:,.0f} | {ns:,.0f} | {ns / model['operations']:.2f} |")
    out.append("")


def start_section(o, data, out):
    models = [("models/w1.yaml", []), ("models/w1.yaml", ["--trials", "16"]), ("models/crm-midmarket.yaml", [])]
    times = [[] for _ in models]
    for number in range(-1, min(o.rounds, 5)):
        say(f"start to end: round {number + 1}")
        for i, (path, extra) in enumerate(models):
            wall = run([o.roicast, "run", os.path.join(ROOT, path), "--quiet", *extra])[1]
            if number >= 0:
                times[i].append(wall)
    say("")
    out += ["## Start to end: `roicast run MODEL`, text report, all threads", "", "| model | trials | wall |", "|---|---|---|"]
    for (path, extra), walls in zip(models, times):
        trials = extra[1] if extra else "2^20"
        data["start"].append({"model": path, "trials": trials, "wall": statistics.median(walls)})
        out.append(f"| `{path}` | {trials} | {seconds(statistics.median(walls))} |")
    out.append("")


def parts_section(o, data, out):
    program = os.path.join(o.build, "bench", "parts")
    out += ["## Parts", ""]
    if not os.path.exists(program):
        out += ["`parts` is not built (-DROICAST_BENCH=ON).", ""]
        return
    out += ["| part | of | time | |", "|---|---|---|---|"]
    for text in run([program, str(max(o.rounds, 5))])[0].splitlines():
        line = json.loads(text)
        data["parts"].append(line)
        unit, ns = next((key[7:], value) for key, value in line.items() if key.startswith("ns_per_"))
        each = "" if unit == "table" else f"{ns:.1f} ns a {unit}"
        shown = f"{1e6 * line['seconds']:.0f} µs" if line["seconds"] < 1e-3 else seconds(line["seconds"])
        out.append(f"| {line['part']} | {line['name']} | {shown} | {each} |")
    out.append("")


def scaling_section(o, data, out):
    words = [o.roicast, "bench", "--rounds", str(o.rounds), "--quiet", "--threads", str(o.threads)]
    words += ["--quick"] if o.quick else []
    result = json.loads(run(words + ["--format", "json"])[0])
    data["scaling"] = result
    out += ["## Scaling: `roicast bench`", "", "| threads | million trials/s | times one thread | of perfect |", "|---|---|---|---|"]
    for case in result["threads"]:
        out.append(f"| {case['threads']} | {case['trials_per_second'] / 1e6:.2f} | {case['speedup']:.2f} | {100 * case['efficiency']:.0f} % |")
    out.append("")


# ---- The page ----


def machine():
    name = "unknown processor"
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        found = re.search(r"^model name\s*:\s*(.*)$", file.read(), re.M)
        name = found.group(1) if found else name
    return {"processor": name, "processors": len(os.sched_getaffinity(0)), "load": os.getloadavg()[0],
            "system": platform.platform(terse=True), "date": datetime.date.today().isoformat()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", default=os.path.join(ROOT, "build/bench"), help="where roicast was built")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--trials", type=int, default=1_000_000)
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--quick", action="store_true", help="3 rounds of 200,000 trials")
    parser.add_argument("--out", default=os.path.join(HERE, "results"), help="folder for NAME.md and NAME.json")
    parser.add_argument("--name", default=None, help="of the two files; the date and the processors if not given")
    o = parser.parse_args()
    if o.quick:
        o.rounds, o.trials = 3, 200_000
    o.roicast = os.path.join(o.build, "roicast")
    if not os.path.exists(o.roicast):
        sys.exit(f"compare.py: no {o.roicast}; ./dev bench builds it")
    here = machine()
    data = {"machine": here, "rounds": o.rounds, "trials": o.trials, "w1": [], "w2": [], "shapes": [], "start": [], "parts": []}
    busy = here["load"] > 0.5
    out = [f"# {here['processor']}, {here['processors']} processors, {here['date']}", ""]
    out += ["Made by `./dev bench` (bench/compare.py). Answers of every program were compared with the reference first."]
    out += [f"**The machine was busy with other work (load {here['load']:.1f} before the run): ratios are from interleaved runs and "
            "hold better than times.**"] if busy else []
    out += [""]
    for section in (w1_section, w2_section, shapes_section, scaling_section, start_section, parts_section):
        section(o, data, out)
    wrong = [row["name"] for part in ("w1", "w2") for row in data[part] if row["wrong"]]
    name = o.name or f"{here['date']}-{here['processors']}-{'busy' if busy else 'quiet'}"
    os.makedirs(o.out, exist_ok=True)
    page = "\n".join(out).rstrip() + "\n"
    with open(os.path.join(o.out, name + ".md"), "w", encoding="utf-8") as file:
        file.write(page)
    with open(os.path.join(o.out, name + ".json"), "w", encoding="utf-8") as file:
        json.dump(data, file, indent=1)
        file.write("\n")
    print(page)
    print(f"Written to {os.path.relpath(os.path.join(o.out, name))}.md and .json", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
