#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Key figures of the CRM template: which way factors move them, that they hang on the same quantities as the
money, that no money hangs on them, that risks take from them what they take from the money, and that no factor
swings the return too far.
  tests/models/kpis.py PROGRAM
"""
import concurrent.futures
import json
import os
import subprocess
import sys

root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
program = os.path.abspath(sys.argv[1])

kpis = """satisfaction_end retention_end repurchase_end referral_end market_share_end data_end effect_end
adoption_year_1 adoption_end conversion_end response_time_end order_time_end inventory_turnover_end
customer_cost_end""".split()
lines = "sales_growth retention cross_selling acquisition_saved".split()
money = ["roi", "npv", "benefits_pv", "costs_pv"]
customers = "satisfaction_end retention_end repurchase_end referral_end market_share_end conversion_end".split()

# What a better score must move for the better; what is not named here must not get worse.
moves = {
    "training_quality": [k for k in kpis if k != "data_end"],
    "data_quality": ["data_end", "effect_end", "inventory_turnover_end", "customer_cost_end", *customers],
    "process_fit": ["order_time_end"],
    "software_capability": ["effect_end", "response_time_end", "order_time_end", *customers],
    "ease_of_use": ["adoption_year_1", "adoption_end", "response_time_end"],
    "management_support": ["adoption_year_1", "adoption_end", "response_time_end"],
    "requirement_clarity": ["effect_end", "response_time_end"],
    "customer_focus": ["satisfaction_end", "referral_end", "retention_end", "repurchase_end", "market_share_end"],
    "realistic_expectations": ["adoption_year_1", "effect_end"],
    "vendor_support": ["adoption_year_1", "adoption_end", "response_time_end"],
    "in_house_skills": [],
}
# and what a factor must leave alone
stays = {
    "data_quality": ["adoption_end", "response_time_end", "order_time_end"],
    "process_fit": ["response_time_end", "adoption_end", *customers],
    "customer_focus": ["adoption_end", "conversion_end", "response_time_end"],
    "in_house_skills": kpis,
}

failures = 0


def fail(text):
    global failures
    failures += 1
    print("failed:", text, file=sys.stderr)


def run(*options):
    out = subprocess.run([program, "run", "models/crm-midmarket.yaml", "-q", "-f", "json", "-n", "1024",
                          "--outputs", ",".join(kpis + lines + money), *options], cwd=root, capture_output=True, text=True)
    if out.returncode != 0:
        return fail(f"{options}: {out.stderr.strip()}")
    return json.loads(out.stdout)


def mean(x, name):
    return (x["outputs"].get(name) or x["lines"][name])["mean"]["value"]


def check_directions(plain, name, low, high):
    for k in kpis:
        gain = (mean(high, k) - mean(low, k)) * (1 if plain["outputs"][k]["better"] == "higher" else -1)
        if gain < 0 or (k in moves[name] and gain == 0) or (k in stays.get(name, []) and gain != 0):
            fail(f"{name} from 0 to 1 moves {k} from {mean(low, k)} to {mean(high, k)}")
    swing = mean(high, "benefits_pv") / mean(low, "benefits_pv")
    spent = mean(high, "costs_pv") / mean(low, "costs_pv")
    if not (1 <= swing <= 3 and 1 <= swing / spent <= 3):
        fail(f"{name} from 0 to 1 multiplies benefits by {swing}, benefits for what is spent by {swing / spent}")


def check_today(x, what, names):
    today = {"satisfaction_end": 70, "repurchase_end": 100, "referral_end": 15, "market_share_end": 4,
             "conversion_end": 22, "response_time_end": 8, "order_time_end": 5, "inventory_turnover_end": 6}
    for k in names:
        if abs(mean(x, k) - today[k]) > 1e-9 * today[k]:
            fail(f"{what}: {k} is {mean(x, k)}, not {today[k]}")


def check_risk(name, remaining):
    """What remains after a risk remains of all key figures but the state of the data."""
    without, none, some, all_ = (got[name, x] for x in ("never", 0, 0.8, 1))
    for k in felt_by_risks:
        higher = 1 if plain["outputs"][k]["better"] == "higher" else -1
        if not higher * mean(none, k) < higher * mean(some, k) < higher * mean(all_, k):
            fail(f"{name}: {k} does not fall with {remaining}")
        if abs(mean(all_, k) - mean(without, k)) > 1e-12 * mean(without, k):
            fail(f"{name} that leaves all is not as good as none for {k}: {mean(all_, k)}, {mean(without, k)}")
    for line in lines:
        if not mean(none, line) < mean(some, line) < mean(all_, line):
            fail(f"{name}: {line} does not fall with {remaining}")


unchanged = ["satisfaction_end", "repurchase_end", "referral_end", "conversion_end", "market_share_end",
             "response_time_end", "order_time_end", "inventory_turnover_end"]
felt_by_risks = [k for k in kpis if k not in ("data_end", "adoption_year_1")]
risks = {"wrong_system": ("probability", 1, "remaining_wrong_system"),
         "sponsor_leaves": ("rate", 3, "remaining_successor")}
no_gain = [f"{g}_gain=0" for g in ("conversion", "deal_size", "retention", "cross_sell", "acquisition")]
other_today = ["win_rate_today=50%", "market_share_today=1%", "satisfaction_today=90", "referral_today=2%",
               "response_today=1", "order_time_today=1", "turnover_today=20", "response_time_end=1", "satisfaction_end=1"]
wanted = {
    "plain": [],
    "no gain": [a for g in no_gain for a in ("--set", g)],
    "cancelled": ["--set", "cancelled.probability=1"],
    "other today": [a for g in other_today for a in ("--set", g)],
    "little training": ["--over", "models/pitfall/too-little-training.yaml"],
    **{(name, s): ["--set", f"{name}={s}"] for name in moves for s in (0, 1)},
    **{(name, x): ["--set", f"{name}.{key}={odds}", "--set", f"{remaining}={x}", "--set", "cancelled.probability=0"]
       for name, (key, odds, remaining) in risks.items() for x in (0, 0.8, 1)},
    **{(name, "never"): ["--set", f"{name}.{key}=0", "--set", "cancelled.probability=0"]
       for name, (key, _, _) in risks.items()},
}
with concurrent.futures.ThreadPoolExecutor(2) as pool:
    got = dict(zip(wanted, pool.map(lambda options: run(*options), wanted.values())))
if failures:
    sys.exit(1)

plain = got["plain"]
for name in moves:
    check_directions(plain, name, got[name, 0], got[name, 1])
# without the gains of the money lines their key figures stay, and so the lines are 0
check_today(got["no gain"], "no gain", ["repurchase_end", "market_share_end", "conversion_end"])
for line in lines:
    if mean(got["no gain"], line) != 0 or not mean(plain, line) > 0:
        fail(f"{line} without gains is {mean(got['no gain'], line)}, with them {mean(plain, line)}")
for k in ("retention_end", "customer_cost_end"):
    if mean(got["no gain"], k) == mean(plain, k):
        fail(f"{k} does not hang on the gain of its line")
for name, (_, _, remaining) in risks.items():
    check_risk(name, remaining)
    check_today(got[name, 0], name, unchanged)
    if mean(got[name, 0], "adoption_end") != 0:
        fail(f"{name} that leaves nothing leaves adoption")
# a cancelled project changes nothing; satisfaction and its like move no money
check_today(got["cancelled"], "cancelled", unchanged)
if mean(got["cancelled"], "adoption_year_1") != 0 or mean(got["cancelled"], "adoption_end") != 0:
    fail("a cancelled project is adopted")
for k in money + lines:
    home = "outputs" if k in money else "lines"
    if got["other today"][home][k] != plain[home][k]:
        fail(f"{k} hangs on a key figure")
for k in ("response_time_end", "order_time_end", "customer_cost_end"):
    if not mean(got["little training"], k) > mean(plain, k):
        fail(f"too little training does not raise {k}")
groups = {plain["outputs"][k].get("group") for k in kpis}
if groups != {"strategic_value", "system_capability", "user_experience", "operating_efficiency", "financial_return"}:
    fail(f"groups are {groups}")
sys.exit(failures > 0)
