# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of `roicast compare`: whole and well-formed, without network or scripts, hostile names as text,
a table behind each chart whose numbers are those of the JSON, in the language asked for.
compare_html.py PROGRAM"""
import html
import json
import os
import re
import subprocess
import sys
import tempfile
from html.parser import HTMLParser

PROGRAM = os.path.abspath(sys.argv[1])
MODEL = """roicast: 1
currency: USD
timeline: {years: 1}
inputs: {gain: "pert(10k, 30k, 90k)", price: "pert(5k, 20k, 40k)"}
benefits: {sales: {value: gain, kind: saving}}
costs: {project: {value: price, per: once}}
scenarios:
  dear: {price: "pert(25k, 45k, 80k)"}
"""
VOID = {"meta", "br", "hr", "img", "link", "line", "rect", "path"}
failures = 0


def check(good, what):
    global failures
    if not good:
        failures += 1
        print("failed:", what, file=sys.stderr)


class Page(HTMLParser):
    """Tags that close in order; texts by element; tables as rows; charts."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.charts, self.tables, self.data, self.lang = [], [], [], [], [], None
        self.feed(text)
        self.close()
        check(not self.open, f"left open: {self.open}")

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.append((tag, attrs))
        self.lang = attrs.get("lang") if tag == "html" else self.lang
        if tag == "svg" and attrs.get("role") == "img":
            self.charts.append((attrs["aria-label"], len(self.tables)))
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append([])
        if tag in ("td", "th"):
            self.tables[-1][-1].append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        check(self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-1:]}")
        if self.open:
            self.open.pop()

    def handle_data(self, data):
        self.data.append(data)
        if any(t in self.open for t in ("td", "th")):
            self.tables[-1][-1][-1] += data


def run(*arguments):
    done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, check=False)
    check(done.returncode == 0 and not done.stderr, f"{arguments}: {done.returncode} {done.stderr}")
    return done.stdout


os.chdir(tempfile.mkdtemp())
with open("model.yaml", "w", encoding="utf-8") as f:
    f.write(MODEL)
what = ["compare", "model.yaml", "--scenarios", "dear", "-q", "-n", "4096"]

text = run(*what, "--format", "html", "--lang", "en")
page = Page(text)
numbers = json.loads(run(*what, "--format", "json"))
check(text.startswith("<!DOCTYPE html>") and page.lang == "en", "a page in English")
check(not re.search(r"(?:src|href)=|url\(|@import|https?://", text.split("<style>")[0]), "nothing from elsewhere")
check([a.get("type") for t, a in page.tags if t == "script"] == ["application/json"], "no scripts, but data")
check("default-src 'none'" in text, "nothing else may run")
embedded = text.split('id="roicast-comparison">')[1].split("</script>")[0]
check(json.loads(embedded)["pairs"] == numbers["pairs"], "the JSON lies in the page")
check(len(page.charts) == 2, f"two charts: {page.charts}")
check(all(len(alt) > 40 for alt, _ in page.charts), f"charts in words: {page.charts}")
curves = page.tables[page.charts[0][1]]
check(curves[0] == ["At least", "model", "dear"], f"curves, the best first: {curves[0]}")
shares = [[float(c.strip("%")) for c in row[1:]] for row in curves[1:] if all(re.fullmatch(r"\d+%", c) for c in row[1:])]
check(len(shares) > 2 and shares == sorted(shares, reverse=True), f"chances fall as amounts rise: {shares}")
difference = {row[0]: row[1] for row in page.tables[page.charts[1][1]] if len(row) == 2}
check("$0" in difference, f"the difference has a row at zero: {difference}")
better = 100 * (1 - numbers["pairs"][0]["better"]["value"])  # of the first over the other
at_zero = float(re.sub("[^0-9.]", "", difference.get("$0", "nan")))
check(abs(at_zero - better) <= 1, f"{at_zero} at zero, {better} better")

# three alternatives, one with a name that means harm
names = ["compare", "--base", "model.yaml", "model.yaml", "-q", "-n", "1024"]
hostile = "x<script>alert(1)<&>'.yaml"
for name, price in ((hostile, "9k"), ("dear.yaml", "50k")):
    with open(name, "w", encoding="utf-8") as f:
        f.write(f"inputs: {{price: {price}}}\n")
text = run(*names, hostile, "dear.yaml", "-o", "-", "--format", "html")
page = Page(text)
check(not any(t == "script" and "type" not in a for t, a in page.tags), "the name became a script")
check("x<script>alert(1)<&>'" in "".join(page.data), "the name stands as text")
check(len(page.charts) == 2 + 2, f"two pairs more for analysts: {len(page.charts)}")
ids = [a["id"] for _, a in page.tags if "id" in a]
check(len(ids) == len(set(ids)), f"an id twice: {ids}")
for threads in ("1", "3"):
    run(*names, hostile, "dear.yaml", "-o", f"{threads}.html", "--threads", threads)
check(open("1.html", "rb").read() == open("3.html", "rb").read(), "other bytes on more threads")

# labels and units that mean harm: marks that turn the line around, tags, ends of quotes and scripts
with open("harm.yaml", "w", encoding="utf-8") as f:
    f.write('''roicast: 1
title: "<script>alert(0)</script>"
inputs:
  gain: {value: "pert(1, 3, 9)", label: "</script><img src=x onerror=alert(1)> \\u202Egnp"}
  price: {value: "pert(1, 4, 6)", label: "x\\" onload=\\"y"}
outputs: {earned: {value: gain - price, unit: "<b>\\u202Eu", label: "</title><script>alert(2)</script>\\u2066"}}
scenarios: {"\\"><svg onload=alert(3)>": {price: "pert(1, 2, 9)"}}
''')
harm = run("compare", "harm.yaml", "--scenarios", '"><svg onload=alert(3)>', "-q", "-n", "1024", "-f", "html")
bad = Page(harm)
check([a.get("type") for t, a in bad.tags if t == "script"] == ["application/json"], "a label became a script")
check(not any(t in ("img", "b") or "onload" in a or "onerror" in a for t, a in bad.tags), "a label became a tag")
check(not re.search("[\u202a-\u202e\u2066-\u2069]", harm.split('id="roicast-comparison"')[0]), "turned around")

# what stands at its foot gives the page again, whatever the names
redo = re.search(r"Redo: roicast (compare [^<]*)</code>", text)
check(redo is not None, "a command that redoes it")
if redo:
    again = subprocess.run(["sh", "-c", f'"{PROGRAM}" {html.unescape(redo[1])} -q -f html'], capture_output=True,
                           text=True, check=False)
    check(again.stdout == text, f"{redo[1]} gives another page: {again.stderr[:200]}")

# what never differs has no picture of its differences
with open("twin.yaml", "w", encoding="utf-8") as f:
    f.write(MODEL)
page = Page(run("compare", "model.yaml", "twin.yaml", "-q", "-n", "1024", "--format", "html"))
check(len(page.charts) == 1 and "come out alike" in "".join(page.data), f"twins: {page.charts}")

for lang in ("zh-CN", "zh-TW"):
    text = run(*what, "--format", "html", "--lang", lang)
    page = Page(text)
    seen = re.sub(r"(?s)<style>.*?</style>|<script.*?</script>", "", text)
    words = re.findall(r">[^<]*[a-z]{4,} [a-z]{3,}[^<]*<", re.sub(r"<code>.*?</code>", "", seen))
    check(page.lang == lang and not words, f"English in {lang}: {words[:3]}")
    check(all(re.search("[\u4e00-\u9fff]", alt) for alt, _ in page.charts), f"alt texts in {lang}")
    plain = run(*what, "--lang", lang).rsplit("roicast compare", 1)[0]
    check(not re.search(r"[a-z]{4,} [a-z]{3,}", plain), f"English in {lang}: {plain}")
    goal = run("goal", "model.yaml", "--find", "price", "--target", "npv.mean >= 0", "-q", "-n", "1024",
               "--lang", lang)
    check(not re.search(r"[a-z]{4,} [a-z]{3,}", goal), f"English in {lang}: {goal}")
sys.exit(failures > 0)
