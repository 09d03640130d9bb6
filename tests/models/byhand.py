#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Small models worked out by hand. In each file the lines `#: ` say what to run and what must come out:
`#: --scenario a` begins another run with these options, `#: NAME WHAT VALUE ± TOLERANCE  why` is a
figure of an output, input, line or risk (mean, sd, min, max, p5 ..., undefined). A tolerance is 4
standard errors or more; where the answer is exact it says so by being small.

    byhand.py ROICAST FILE..."""
import json
import os
import re
import shlex
import subprocess
import sys

program, files = sys.argv[1], sys.argv[2:]
sanitized = "ROICAST_SANITIZED" in os.environ  # few trials, and no look at the figures
bad = checked = 0


def figure(result, output, what):
    row = next(result[part][output] for part in ("outputs", "inputs", "lines", "risks")
               if output in result[part])
    if re.fullmatch(r"p\d+", what):
        return row["percentiles"][what[1:]]["value"]
    value = row[what]
    return value["value"] if isinstance(value, dict) else value


for file in files:
    options, result = [], None
    with open(file, encoding="utf-8") as f:
        lines = [line[2:].strip() for line in f if line.startswith("#:")]
    if not lines:
        sys.exit(file + ": says nothing of what must come out")
    for line in lines:
        if line.startswith("--"):
            options, result = shlex.split(line), None
            continue
        if result is None:
            trials = [] if "--trials" in options else ["--trials", "2^18"]
            last = ["--trials", "2048"] if sanitized else []
            said = subprocess.run([program, "run", file, "--format", "json", "--quiet"] + trials +
                                  options + last, capture_output=True, text=True)
            if said.returncode != 0:
                sys.exit("%s %s\n%s" % (file, " ".join(options), said.stderr))
            result = json.loads(said.stdout)
        output, what, value, sign, tolerance = line.split()[:5]
        assert sign == "±", line
        got = figure(result, output, what)
        checked += 1
        if sanitized:
            continue
        if got is None or not abs(got - float(value)) <= float(tolerance):
            bad += 1
            print("%s %s: %s %s is %s, by hand %s" % (file, " ".join(options), output, what, got, value))
print("%d figures, %d wrong" % (checked, bad))
sys.exit(1 if bad else 0)
