/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small models, each about one part of the language. */
#ifndef RC_TESTS_ENGINE_MODELS_H
#define RC_TESTS_ENGINE_MODELS_H

#define YEARLY    "roicast: 1\ntimeline: {years: 4, step: year}\ndiscount_rate: 8%\n"
#define QUARTERLY "roicast: 1\ntimeline: {years: 3, step: quarter}\ndiscount_rate: 10%\n"
#define MONTHLY   "roicast: 1\ntimeline: {years: 2, step: month}\ndiscount_rate: 12%\n"
#define PART_YEAR "roicast: 1\ntimeline: {years: 2.75, step: quarter}\ndiscount_rate: 9%\n"
#define SPEND     "costs:\n  spend: {value: \"uniform(80, 120)\", per: once}\n"
#define GAIN      "benefits:\n  gain: {value: \"uniform(50, 90)\"}\n"

static const struct {
    const char *title, *text;
} models[] = {
    /* ---- Formulas ------------------------------------------------------------------------- */
    {"arithmetic", "roicast: 1\n"
                   "inputs:\n  a: uniform(-2, 3)\n  b: uniform(0.5, 4)\n"
                   "outputs:\n  sum: a + b - 2 * a / b\n  power: b ^ a\n  cube: a^3\n"
                   "  neg: -a^2\n  inverse: b^-2\n  root: \"a^0.5\"\n  mod1: \"mod(a, b)\"\n"
                   "  mod2: \"mod(a, -0.7)\"\n"},
    {"functions of one value",
     "roicast: 1\n"
     "inputs:\n  a: uniform(-3, 3)\n  b: uniform(0.01, 9)\n"
     "outputs:\n  o1: abs(a)\n  o2: sqrt(b)\n  o3: exp(a)\n  o4: log(b)\n  o5: log10(b)\n"
     "  o6: floor(a)\n  o7: ceil(a)\n  o8: round(a)\n  o9: sin(a)\n  o10: cos(a)\n"
     "  o11: tanh(a)\n  o12: erf(a)\n  o13: sqrt(a)\n  o14: log(a)\n  o15: tan(a)\n"},
    {"functions of several values",
     "roicast: 1\n"
     "inputs:\n  a: uniform(-3, 3)\n  b: uniform(-3, 3)\n  c: uniform(0.1, 2)\n"
     "outputs:\n  o1: min(a, b)\n  o2: max(a, b, c)\n  o3: clamp(a, -1, c)\n"
     "  o4: if(a < b, c, -c)\n  o5: combine(a, b, c)\n  o6: saturate(c, half=0.4)\n"
     "  o7: scurve(a, midpoint=b, steepness=c)\n  o8: bass(a, p=0.03, q=c)\n"
     "  o9: min(a, b, c, 0)\n  o10: if(a, 1, 2)\n"},
    {"comparisons and logic",
     "roicast: 1\n"
     "inputs:\n  a: discrete([0, 1, 2], [1, 1, 1])\n  b: discrete([0, 1, 2], [3, 2, 1])\n"
     "outputs:\n  lt: a < b\n  le: a <= b\n  gt: \"a > b\"\n  ge: \"a >= b\"\n  eq: a == b\n"
     "  ne: a != b\n  both: a > 0 and b > 0\n  any: a > 0 or b > 1\n  none: not a\n"
     "  mix: not (a == 1 or b == 2) and true\n"},
    {"not a number", "roicast: 1\n"
                     "inputs:\n  a: uniform(-1, 1)\n"
                     "outputs:\n  o1: sqrt(a)\n  o2: max(sqrt(a), 0)\n  o3: min(1, log(a))\n"
                     "  o4: sqrt(a) < 1\n  o5: sqrt(a) != 1\n  o6: if(sqrt(a), 1, 2)\n"
                     "  o7: sqrt(a) and true\n  o8: not sqrt(a)\n  o9: 0 * log(a)\n"
                     "  o10: lookup(sqrt(a), [[0, 1], [1, 2]])\n"},
    {"lookup", "roicast: 1\n"
               "inputs:\n  a: uniform(-1, 6)\n  y: uniform(2, 3)\n  x: uniform(1, 2)\n"
               "outputs:\n  fixed: lookup(a, [[0, 1], [1, 3], [2.5, -1], [5, 4]])\n"
               "  one: lookup(a, [[1, 7]])\n  moving: lookup(a, [[0, 1], [x, y], [4, 0]])\n"
               "  exact: lookup(floor(a), [[0, 1], [1, 3], [2, 5], [5, 4]])\n"},
    {"many constants folded",
     YEARLY "inputs:\n  two: 2\n  three: two + 1\n  u: uniform(0, 1)\n"
            "series:\n  s: three * t + two^2\n  c: 3\n"
            "outputs:\n  o1: sum(s) + u\n  o2: mean(s) * u\n  o3: min(s)\n  o4: max(s)\n"
            "  o5: at(s, 1.5)\n  o6: first(s) + last(s)\n  o7: sum(c * t)\n" SPEND},
    /* ---- Draws ---------------------------------------------------------------------------- */
    {"every distribution",
     "roicast: 1\n"
     "outputs:\n  o1: uniform(1, 3)\n  o2: triangular(1, 2, 4)\n  o3: pert(10, 20, 60)\n"
     "  o4: normal(3, 2)\n  o5: lognormal(median=100, sigma=0.5)\n  o6: 10 to 40\n"
     "  o7: -10 to 40\n  o8: beta(2, 5)\n  o9: gamma(2.5, 3)\n  o10: exponential(4)\n"
     "  o11: weibull(1.5, 2)\n  o12: student_t(3)\n  o13: pareto(1.5, 1.38, cap=5)\n"
     "  o14: metalog(p10=10, p50=20, p90=40)\n  o15: bernoulli(0.3)\n  o16: binomial(12, 0.4)\n"
     "  o17: poisson(3.5)\n  o18: discrete([1, 2, 5], [2, 1, 1])\n"
     "  o19: cumulative([[10, 0], [20, 0.5], [40, 1]])\n"
     "  o20: mixture([normal(0, 1), uniform(5, 6), 3], [1, 2, 1])\n"
     "  o21: truncate(normal(10, 4), lower=0, upper=25)\n  o22: normal(p5=10, p95=40)\n"
     "  o23: lognormal(p10=5, p90=50)\n  o24: pert(1, 2, 9, shape=7)\n"
     "  o25: metalog(p10=10, p50=20, p90=40, lower=0)\n  o26: geometric(0.2)\n"
     "  o27: negative_binomial(2.5, 0.1)\n  o28: hypergeometric(10, 40, 100)\n"
     "  o29: shift(scale(gamma(2), -3), 5)\n  o30: scale(poisson(3), 1000)\n"},
    {"uncertain parameters",
     "roicast: 1\n"
     "inputs:\n  m: uniform(1, 2)\n  s: uniform(0.1, 0.4)\n  p: uniform(0.1, 0.9)\n"
     "outputs:\n  o1: normal(m, s)\n  o2: pert(0, m, 3)\n  o3: bernoulli(p)\n  o4: poisson(m * 4)\n"
     "  o5: lognormal(median=m, sigma=s)\n  o6: m to m + 5\n  o7: uniform(-m, m)\n"
     "  o8: triangular(0, m, 4)\n  o9: discrete([m, 3 * m], [p, 1 - p])\n"
     "  o10: cumulative([[0, 0], [m, p], [3, 1]])\n  o11: binomial(10, p)\n"
     "  o12: normal(p5=m, p95=m + 1)\n  o13: gamma(m, s)\n  o14: beta(m, 3)\n"},
    {"uncertain percentiles",
     "roicast: 1\noverconfidence: 1.2\n"
     "inputs:\n  m: uniform(1, 2)\n  s: uniform(0.2, 0.4)\n"
     "outputs:\n  o1: gamma(p10=m, p90=m + 5)\n  o2: beta(p10=s, p90=s + 0.5)\n"
     "  o3: triangular(p10=m, mode=m + 1, p90=m + 4)\n  o4: pert(p10=m, mode=2.2, p90=7)\n"
     "  o5: student_t(df=4, p20=m, p50=3)\n  o6: lognormal(p10=m, p50=3, p90=3 + 2 * m)\n"
     "  o7: triangular(p10=m, p50=3, p90=5)\n  o8: pareto(p50=m, p90=m + 3)\n"
     "  o9: inverse_gaussian(p10=m, p50=3)\n  o10: beta(p5=m, p60=3, lower=0, upper=4)\n"
     "  o11: gamma(p10=m, p90=2.0 - s)\n"},
    {"uncertain parameters, nested",
     "roicast: 1\n"
     "inputs:\n  m: normal(uniform(1, 2), uniform(0.1, 0.4))\n  p: uniform(0.1, 0.9)\n"
     "outputs:\n  o1: truncate(normal(m, 1), lower=0, upper=4)\n"
     "  o2: mixture([normal(m, 1), uniform(5, 6 + abs(m))], [p, 1 - p])\n"
     "  o3: truncate(mixture([normal(0, 1), normal(m, 2)], [p, 1]), lower=-1)\n"
     "  o4: max(normal(normal(m, 0.1), 0.2), 0)\n"
     "  o5: shift(scale(negative_binomial(mean=5 * p, sd=4), m), p)\n"},
    {"impossible parameters in some trials",
     "roicast: 1\n"
     "inputs:\n  m: uniform(-1, 3)\n"
     "outputs:\n  o1: normal(0, m)\n  o2: pert(0, m, 2)\n  o3: poisson(m) + 1\n"},
    {"several draws in one entry",
     "roicast: 1\n"
     "inputs:\n  a: uniform(0, 1) + uniform(0, 1) * normal(1, 0.1)\n  b: a\n"
     "outputs:\n  o1: a - b\n  o2: a\n  o3: uniform(0, 1) - uniform(0, 1)\n"},
    {"confidence and overconfidence",
     "roicast: 1\nconfidence: 80%\noverconfidence: 1.5\n"
     "inputs:\n  a: {value: 10 to 40, confidence: 50%}\n  b: 10 to 40\n"
     "  c: normal(p10=3, p90=5)\n  m: uniform(1, 2)\n  d: m to 2 * m\n"
     "  e: normal(p10=m, p90=5)\n"
     "outputs:\n  o1: a\n  o2: b\n  o3: c\n  o4: d\n  o5: e\n"},
    {"each period afresh",
     QUARTERLY "inputs:\n  sd: uniform(1, 2)\n"
               "series:\n  noise: each(normal(0, 1))\n  varying: each(normal(t, sd))\n"
               "  walk: {initial: 10, value: prev(walk) + noise}\n  same: noise - noise\n"
               "outputs:\n  o1: sum(noise)\n  o2: last(walk)\n  o3: max(varying)\n"
               "  o4: at(walk, 0.6)\n  o5: sum(same)\n  o6: mean(each(uniform(0, 1)))\n"},
    {"once a trial, in a series",
     QUARTERLY "series:\n  s: uniform(0, 1) * t\n  d: normal(t, 0.1)\n"
               "outputs:\n  o1: last(s)\n  o2: sum(d)\n  o3: first(d)\n"},
    /* ---- Time ------------------------------------------------------------------------------ */
    {"time itself", MONTHLY "series:\n  s: t + 10 * tm + 100 * period + dt + years\n"
                            "inputs:\n  u: uniform(0, 1)\n"
                            "outputs:\n  o1: sum(s * u)\n  o2: first(s) * u\n  o3: last(s) + u\n"
                            "  o4: max(period) - u\n  o5: years * u\n"},
    {"prev and lag", QUARTERLY
     "inputs:\n  start: uniform(900, 1100)\n  rate: uniform(0, 0.2)\n"
     "series:\n  customers:\n    initial: start\n"
     "    value: prev(customers) * (1 - per_period(rate)) + 40 * dt\n"
     "  two_ago: lag(customers, 2)\n  far: lag(customers, 5, initial=7)\n"
     "  fib: {initial: 1, value: \"prev(fib) + lag(fib, 2, initial=0)\"}\n"
     "  chain: {initial: rate, value: prev(customers) + prev(two) }\n"
     "  two: {initial: 3, value: prev(chain) / 2 + rate}\n"
     "outputs:\n  o1: last(customers)\n  o2: sum(two_ago)\n  o3: sum(far)\n  o4: last(fib) + rate\n"
     "  o5: sum(chain) + max(two)\n  o6: at(customers, 0)\n  o7: at(customers, 0.1)\n"},
    {"prev of prev", YEARLY "inputs:\n  u: uniform(0, 1)\n"
                            "series:\n  a: {initial: u, value: prev(b) + 1}\n"
                            "  b: {initial: 2 * u, value: prev(c) * 1.1}\n"
                            "  c: {initial: 3 * u, value: \"prev(a) - lag(b, 3)\"}\n"
                            "outputs:\n  o1: last(a)\n  o2: last(b)\n  o3: last(c)\n"
                            "  o4: sum(a) + sum(b) * sum(c)\n"},
    {"prev as the whole value",
     YEARLY "inputs:\n  u: uniform(0, 1)\n"
            "series:\n  b: {initial: 2 * u, value: prev(a)}\n  a: {initial: u, value: prev(b)}\n"
            "  x: {initial: 5, value: u * t}\n  y: {initial: 6, value: prev(x)}\n"
            "  z: {initial: 7, value: prev(y)}\n  w: {initial: 8, value: \"lag(z, 2)\"}\n"
            "  p: {initial: 1, value: prev(q)}\n  q: {initial: 2, value: prev(r)}\n"
            "  r: {initial: u, value: prev(p)}\n"
            "outputs:\n  o1: sum(a * t) + 10 * sum(b * t)\n  o2: sum(y * t)\n  o3: sum(z * t)\n"
            "  o4: sum(w * t)\n  o5: sum(p * t)\n  o6: sum(q * t)\n  o7: sum(r * t)\n"},
    {"cumulative",
     QUARTERLY "inputs:\n  u: uniform(1, 2)\n"
               "series:\n  s: u * t\n  c: cumulative(s)\n  cc: cumulative(cumulative(s) - c / 2)\n"
               "  flat: cumulative(u)\n  capped: min(cumulative(s), 10)\n"
               "outputs:\n  o1: last(c)\n  o2: sum(cc)\n  o3: last(flat)\n  o4: sum(capped)\n"
               "  o5: at(c, 1.1)\n"},
    {"during and per_period", QUARTERLY
     "inputs:\n  a: uniform(-0.5, 2)\n  d: uniform(0, 2)\n  q: uniform(0, 0.5)\n"
     "series:\n  window: during(a, a + d)\n  back: during(2, 1)\n  kept: 1 - per_period(q)\n"
     "outputs:\n  o1: sum(window)\n  o2: sum(back) + a\n  o3: last(kept)\n  o4: max(window)\n"},
    {"folds", MONTHLY "inputs:\n  u: uniform(-1, 1)\n"
                      "series:\n  s: u * (t - 1)^2 - t\n"
                      "outputs:\n  o1: sum(s)\n  o2: mean(s)\n  o3: min(s)\n  o4: max(s)\n"
                      "  o5: first(s)\n  o6: last(s)\n  o7: npv(s)\n  o8: npv(t) * u\n"
                      "  o9: sum(s) / mean(s)\n  o10: max(s - mean(s))\n"},
    {"folds within series",
     QUARTERLY "inputs:\n  u: uniform(1, 2)\n"
               "series:\n  s: u * t\n  share: s / sum(s)\n  rest: sum(share) - cumulative(share)\n"
               "  later: at(rest, 1) * t\n"
               "outputs:\n  o1: sum(later)\n  o2: max(rest)\n  o3: at(share, sum(share))\n"},
    {"folds of what may be NaN", QUARTERLY "inputs:\n  u: uniform(0, 3)\n"
                                           "series:\n  s: sqrt(u - t)\n"
                                           "outputs:\n  o1: sum(s)\n  o2: max(s)\n  o3: first(s)\n"
                                           "  o4: min(s)\n  o5: cumulative_last\n"
                                           "  cumulative_last: last(cumulative(s))\n"},
    {"at", QUARTERLY "inputs:\n  when: uniform(-1, 4)\n  u: uniform(1, 2)\n"
                     "series:\n  s: u * t^2\n  i: {initial: 5 * u, value: u * t}\n"
                     "outputs:\n  o1: at(s, when)\n  o2: at(i, when)\n  o3: at(s + i, when)\n"
                     "  o4: at(i, 3)\n  o5: at(s, 0.25)\n  o6: at(i, 0)\n  o7: at(s, when^0.5)\n"},
    {"curves", MONTHLY "inputs:\n  ceiling: uniform(0.5, 1)\n  go: uniform(0.1, 0.9)\n"
                       "series:\n  a: ceiling * scurve(tm - go, midpoint=0.5, steepness=6)\n"
                       "  b: bass(tm - go, p=0.03, q=0.4)\n  s: saturate(t, half=go)\n"
                       "  l: lookup(t, [[0, 0], [go, 1], [2, 3]])\n"
                       "outputs:\n  o1: sum(a)\n  o2: sum(b)\n  o3: sum(s)\n  o4: sum(l)\n"},
    /* ---- Lines ----------------------------------------------------------------------------- */
    {"rates per year, quarter and month",
     QUARTERLY "inputs:\n  u: uniform(1, 2)\n"
               "benefits:\n  a: 100 * u\n  b: {value: 10 * u, per: quarter}\n"
               "costs:\n  c: {value: 3 * u, per: month}\n  d: {value: 50, per: year}\n"
               "outputs:\n  o1: sum(a) + last(rate(b)) + sum(rate(c))\n"},
    {"a series as the value", QUARTERLY "inputs:\n  u: uniform(1, 2)\nseries:\n  s: u * t\n"
                                        "benefits:\n  a: {value: 100 * s, growth: 3%}\n" SPEND},
    {"from and until, fractional",
     YEARLY "inputs:\n  u: uniform(1, 2)\n"
            "benefits:\n  a: {value: 100 * u, from: 0.3, until: 3.6}\n"
            "  b: {value: 100 * u, from: 1.25, until: 1.75}\n  c: {value: 10, until: 9}\n"
            "costs:\n  d: {value: 70 * u, until: 2.5}\n  e: {value: 5 * u, from: 2}\n"},
    {"from and until, uncertain",
     QUARTERLY "inputs:\n  a: uniform(-0.5, 2)\n  b: uniform(0, 4)\n"
               "benefits:\n  x: {value: 100, from: a, until: a + b}\n"
               "  y: {value: 100, from: b}\ncosts:\n  z: {value: 60, until: b}\n"},
    {"growth", QUARTERLY "inputs:\n  g: uniform(-0.1, 0.2)\n"
                         "benefits:\n  a: {value: 100, growth: g}\n  b: {value: 100, growth: 5%}\n"
                         "costs:\n  c: {value: 40, growth: g, from: 0.6}\n"
                         "  d: {value: 40, growth: g, from: 0.5, until: 2.2}\n"},
    {"growth, yearly steps, from within a year",
     YEARLY "inputs:\n  g: uniform(-0.1, 0.2)\n  f: uniform(0, 1.5)\n"
            "benefits:\n  a: {value: 100, growth: g, from: 0.5}\n"
            "costs:\n  b: {value: 40, growth: g, from: f}\n"
            "  c: {value: 40, growth: 7%, from: f, until: f + 1.7}\n"},
    {"growth, monthly, uncertain from",
     MONTHLY "inputs:\n  g: uniform(-0.1, 0.2)\n  f: uniform(0, 1.5)\n"
             "benefits:\n  a: {value: 100, growth: g, from: f}\n"
             "costs:\n  b: {value: 40, growth: g}\n"},
    {"once", QUARTERLY "inputs:\n  u: uniform(1, 2)\n  when: uniform(-0.2, 3.5)\n"
                       "benefits:\n  a: {value: 100 * u, per: once, at: when}\n"
                       "  b: {value: 80 * u, per: once, at: 0.3}\n"
                       "  c: {value: 20, per: once, at: 0.25}\n"
                       "costs:\n  d: {value: 70 * u, per: once}\n"
                       "  e: {value: 9 * u, per: once, at: 3}\n"},
    {"once, a series as the value", QUARTERLY "inputs:\n  u: uniform(1, 2)\n  when: uniform(0, 3)\n"
                                              "series:\n  s: u * t\n"
                                              "benefits:\n  a: {value: s, per: once, at: 1.6}\n"
                                              "  b: {value: s, per: once, at: when}\n" SPEND},
    {"once in months", MONTHLY "inputs:\n  u: uniform(1, 2)\n"
                               "benefits:\n  a: {value: u, per: once, at: 7 / 12}\n"
                               "  b: {value: 2 * u, per: once, at: 0.583333333333}\n"
                               "  c: {value: 3 * u, per: once, at: 1 / 12 + 1 / 12 + 1 / 12}\n"
                               "  d: {value: 4 * u, per: once, at: 0.1 + 0.2 + 0.7}\n" SPEND},
    {"yearly amounts", QUARTERLY "inputs:\n  u: uniform(1, 2)\n"
                                 "benefits:\n  a: {yearly: [10, 20 * u, 40]}\n"
                                 "costs:\n  b: {yearly: [5 * u, 6, 7], initial: 30 * u}\n"},
    {"yearly amounts, part of a year",
     PART_YEAR "inputs:\n  u: uniform(1, 2)\n"
               "benefits:\n  a: {yearly: [10, 20 * u, 40]}\n  b: 30 * u\n" SPEND},
    {"initial amounts", QUARTERLY "inputs:\n  u: uniform(1, 2)\n"
                                  "benefits:\n  a: {value: 100 * u, initial: 25 * u}\n"
                                  "  r: {initial: 8 * u, value: 50, kind: revenue, margin: 40%}\n"
                                  "costs:\n  b: {initial: 30 * u}\n"
                                  "  c: {value: 10, per: once, initial: 7 * u}\n"
                                  "  d: {value: 10, per: once, at: 1, initial: 7 * u}\n"},
    {"margin", QUARTERLY "inputs:\n  m: uniform(0.2, 0.6)\n"
                         "series:\n  falling: m / t\n"
                         "benefits:\n  a: {value: 100, kind: revenue, margin: m}\n"
                         "  b: {value: 100, kind: revenue, margin: falling}\n"
                         "  c: {value: 100, kind: saving}\n  d: {value: 100, kind: avoided}\n"
                         "  e: {value: 50, per: once, at: 1, kind: revenue, margin: m}\n" SPEND},
    {"tiers", QUARTERLY "realisation: {direct: 0.9, indirect: 0.5}\n"
                        "inputs:\n  u: uniform(1, 2)\n"
                        "benefits:\n  a: {value: 100 * u}\n  b: {value: 90 * u, tier: indirect}\n"
                        "  c: {value: 80 * u, tier: strategic}\n"
                        "  d: {value: 80 * u, tier: direct, initial: 3}\n" SPEND},
    {"tiers, uncertain",
     QUARTERLY "realisation: {indirect: share, strategic: rising}\n"
               "inputs:\n  share: uniform(0, 1)\nseries:\n  rising: share * t / 3\n"
               "benefits:\n  a: {value: 100, tier: indirect, realisation: 0.5}\n"
               "  b: {value: 80, tier: strategic, initial: 4}\n" SPEND},
    {"tiers by name, two lines, net_of",
     QUARTERLY "realisation: {indirect: share}\ninputs:\n  share: uniform(0, 1)\n"
               "benefits:\n  a: {value: 100, tier: indirect, net_of: {b: 10%}}\n"
               "  b: {value: 80, tier: indirect}\n" SPEND},
    {"realisation of a line", QUARTERLY
     "inputs:\n  u: uniform(0, 1)\nseries:\n  s: u * t\n"
     "benefits:\n  a: {value: 100, realisation: u}\n"
     "  b: {value: 100, realisation: s, kind: revenue, margin: u, growth: 4%, initial: 10}\n" SPEND},
    {"net_of",
     QUARTERLY "inputs:\n  u: uniform(0, 2)\n  share: uniform(0, 0.5)\n"
               "benefits:\n  a: {value: 100 * u, kind: revenue, margin: 50%, initial: 5}\n"
               "  b: {value: 30, net_of: {a: share}, initial: 1}\n"
               "  c: {value: 20, net_of: {a: 10%, b: 20%}, realisation: 70%}\n"
               "  d: {value: 3, per: once, at: 1, net_of: {b: 30%}}\n"
               "costs:\n  e: {value: 40, net_of: {a: 25%}, growth: 3%}\n"},
    {"net_of a line below it", YEARLY "inputs:\n  u: uniform(0, 2)\n"
                                      "benefits:\n  b: {value: 30, net_of: {a: 60%}}\n"
                                      "  a: {value: 50 * u, tier: indirect}\n" SPEND},
    {"enabled", QUARTERLY "inputs:\n  u: uniform(0, 2)\n"
                          "benefits:\n  a: {value: 100 * u, enabled: false}\n  b: 50 * u + a\n"
                          "  c: {value: 30, net_of: {a: 90%}}\n" SPEND},
    {"names of lines in formulas", QUARTERLY
     "inputs:\n  u: uniform(1, 2)\n"
     "series:\n  earlier: prev(a)\n  earliest: lag(a, 3, initial=u)\n  so_far: cumulative(a - c)\n"
     "benefits:\n  a: {value: 100 * u, growth: 5%, from: 0.4}\n  b: {value: rate(a) * 10%}\n"
     "costs:\n  c: {value: 20%  * a, per: quarter}\n  fee: {value: 2 * sum(c), per: once, at: 1}\n"
     "risks:\n  r: {probability: 30%, at: 1, multiply: {a: 0.5}}\n"
     "outputs:\n  o1: sum(earlier)\n  o2: sum(earliest)\n  o3: last(so_far)\n  o4: npv(a)\n"
     "  o5: sum(rate(c)) * dt\n  o6: max(b)\n"},
    {"negative amounts", YEARLY "inputs:\n  u: uniform(-2, 2)\n"
                                "benefits:\n  a: 100 * u\n  b: {value: 50 * u, net_of: {a: 10%}}\n"
                                "costs:\n  c: 30 * u\n  d: {value: 20, per: once}\n"},
    {"all keys at once", PART_YEAR
     "realisation: {direct: 1, indirect: 0.8, strategic: 0.1}\n"
     "inputs:\n  u: uniform(0, 1)\n  f: uniform(0, 1)\n  g: uniform(0, 0.1)\n"
     "benefits:\n  main: {value: 100 * u, per: month, kind: revenue, margin: 30% + 20% * u,\n"
     "    from: f, until: f + 1.4, growth: g, tier: indirect, realisation: 90%, initial: 7}\n"
     "  side: {value: 400, per: quarter, net_of: {main: 15%}, growth: g, from: f, kind: saving}\n"
     "costs:\n  build: {value: 300 + 40 * u, per: once, initial: 5, realisation: 95%}\n"
     "  run: {value: 60, growth: g, until: 2.6}\n"},
    /* ---- Discounting ------------------------------------------------------------------------ */
    {"period_end", QUARTERLY "discounting: period_end\n" GAIN SPEND},
    {"year_end", QUARTERLY "discounting: year_end\n" GAIN SPEND},
    {"mid", QUARTERLY "discounting: mid\n" GAIN SPEND},
    {"continuous", QUARTERLY "discounting: continuous\n" GAIN SPEND},
    {"year_end, part of a year", PART_YEAR "discounting: year_end\n" GAIN SPEND},
    {"uncertain rate",
     "roicast: 1\ntimeline: {years: 3, step: quarter}\ndiscount_rate: uniform(0.02, 0.2)\n" GAIN
         SPEND "outputs:\n  o: npv(t)\n"},
    {"uncertain rate, continuous",
     "roicast: 1\ntimeline: {years: 3, step: year}\ndiscount_rate: uniform(-0.02, 0.2)\n"
     "discounting: continuous\n" GAIN SPEND "outputs:\n  o: npv(t)\n"},
    {"rate as a series, period_end",
     "roicast: 1\ntimeline: {years: 2.5, step: quarter}\ndiscount_rate: wacc\n"
     "series:\n  wacc: uniform(0.05, 0.1) + 0.02 * t\n" GAIN SPEND "outputs:\n  o: npv(t)\n"},
    {"rate as a series, year_end",
     "roicast: 1\ntimeline: {years: 2.5, step: quarter}\ndiscount_rate: wacc\n"
     "discounting: year_end\n"
     "series:\n  wacc: uniform(0.05, 0.1) + 0.02 * t\n" GAIN SPEND "outputs:\n  o: npv(t)\n"},
    {"rate as a series, mid",
     "roicast: 1\ntimeline: {years: 2.5, step: quarter}\ndiscount_rate: wacc\ndiscounting: mid\n"
     "series:\n  wacc: {initial: 0.1, value: \"prev(wacc) * each(uniform(0.9, 1.1))\"}\n" GAIN
         SPEND},
    {"rate as a series, continuous",
     "roicast: 1\ntimeline: {years: 2, step: month}\ndiscount_rate: wacc\n"
     "discounting: continuous\n"
     "series:\n  wacc: uniform(0.05, 0.1) + 0.02 * t\n" GAIN SPEND},
    {"no rate", "roicast: 1\ntimeline: {years: 2, step: month}\n" GAIN SPEND},
    {"no rate, continuous",
     "roicast: 1\ntimeline: {years: 2, step: month}\ndiscounting: continuous\n" GAIN SPEND},
    {"rates of mirr, by name", QUARTERLY
     "finance_rate: fr + 0 * npv(s)\nreinvest_rate: rr\n"
     "inputs:\n  fr: uniform(0.05, 0.1)\n  rr: fr + 2%\nseries:\n  s: fr * t\n" GAIN SPEND},
    {"rates of mirr",
     QUARTERLY "finance_rate: uniform(0.05, 0.1)\nreinvest_rate: 12%\n"
               "benefits:\n  a: {value: \"uniform(-20, 100)\", from: 0.5}\n" SPEND},
    {"metrics in outputs",
     QUARTERLY "hurdle: 20%\n" GAIN SPEND
               "outputs:\n  o1: npv / 1000\n  o2: roi + 1 - gross_roi\n  o3: if(npv > 0, roi, 0)\n"
               "  o4: payback * 12\n  o5: max(irr, mirr)\n  o6: roi > hurdle_too\n"
               "  o7: peak_cash / costs_pv + benefits_pv - roi_nominal * gross_nominal\n"
               "  o8: min(discounted_payback, years)\ninputs:\n  hurdle_too: 15%\n"},
    /* ---- Risks ------------------------------------------------------------------------------ */
    {"impact at a time", QUARTERLY GAIN SPEND
     "risks:\n  a: {probability: 30%, impact: \"uniform(10, 40)\", at: 1}\n"
     "  b: {probability: 20%, impact: 30, at: 0.6, side: benefits}\n"
     "  c: {probability: 50%, impact: -15, at: 0}\n  d: {probability: 50%, impact: 5, at: 3}\n"},
    {"impact, uncertain time",
     QUARTERLY GAIN SPEND "inputs:\n  when: uniform(-0.2, 4)\n"
                          "risks:\n  a: {probability: 60%, impact: 10 to 40, at: when}\n"
                          "  b: {probability: 50%, impact: 20 * t, at: when}\n"
                          "  c: {probability: 50%, impact: 20 * t, at: 0}\n"},
    {"impact, anytime", QUARTERLY GAIN SPEND
     "risks:\n  a: {probability: 60%, impact: \"uniform(10, 40)\", at: anytime}\n"
     "  b: {probability: 40%, impact: 25 + t}\n"
     "outputs:\n  o1: sum(happened(a))\n  o2: sum(count(a))\n  o3: last(count(b))\n"},
    {"uncertain probability, clamped", YEARLY "inputs:\n  p: uniform(-0.3, 1.4)\n" GAIN SPEND
                                              "risks:\n  a: {probability: p, impact: 50, at: 2}\n"
                                              "outputs:\n  o: last(happened(a)) + p\n"},
    {"multiply, a mapping", QUARTERLY GAIN SPEND
     "inputs:\n  when: uniform(-0.2, 4)\n"
     "risks:\n  a: {probability: 50%, at: 0.7, multiply: {gain: 0.6, spend: 1.5}}\n"
     "  b: {probability: 50%, at: when, multiply: {gain: \"uniform(0.5, 1)\"}}\n"
     "  c: {probability: 50%, at: 1, multiply: {gain: 1 - 0.1 * t}}\n"},
    {"multiply, a list", QUARTERLY "inputs:\n  u: uniform(0, 1)\n"
                                   "benefits:\n  gain: {value: \"uniform(50, 90)\", from: 0.4}\n"
                                   "  other: {value: 100, per: once, at: 1.3}\n" SPEND
                                   "risks:\n  a:\n    probability: 40%\n    at: anytime\n"
                                   "    multiply: [gain, other, spend]\n"
                                   "    by: pareto(1.5, 1.38, cap=5)\n"},
    {"multiply throughout",
     QUARTERLY "benefits:\n  gain: {value: \"uniform(50, 90)\", initial: 5}\n" SPEND
               "risks:\n  a: {probability: 40%, multiply: [gain, spend], by: \"uniform(1, 2)\"}\n"
               "  b: {probability: 30%, multiply: {gain: 0.5}}\n"
               "outputs:\n  o1: sum(happened(a))\n  o2: last(happened(b))\n  o3: sum(count(a))\n"},
    {"stop throughout", QUARTERLY GAIN SPEND "risks:\n  a: {probability: 40%, stop: [gain]}\n"},
    {"stop all", QUARTERLY
     "inputs:\n  go: uniform(0, 3.5)\n"
     "benefits:\n  gain: {value: \"uniform(50, 90)\", initial: 3}\n  late: {value: 20, from: 1.1}\n"
     "  prize: {value: 30, per: once, at: 2}\n"
     "costs:\n  spend: {value: 100, per: once}\n  run: {value: 8, growth: 3%}\n"
     "  tail: {yearly: [5, 6, 7]}\n"
     "risks:\n  a: {probability: 40%, at: go, stop: all, except: [tail]}\n"
     "  b: {probability: 20%, at: anytime, stop: [gain, run]}\n"
     "  c: {probability: 10%, at: 1.9, stop: all}\n"},
    {"effects at time 0",
     QUARTERLY "inputs:\n  go: uniform(-1, 1)\n"
               "benefits:\n  gain: {value: \"uniform(50, 90)\", initial: 30}\n"
               "costs:\n  spend: {value: 100, per: once}\n  run: {value: 8, initial: 2}\n"
               "risks:\n  a: {probability: 40%, at: 0, multiply: {gain: 0.5, spend: 1.2}}\n"
               "  b: {probability: 30%, at: 0, stop: [run]}\n"
               "  c: {probability: 30%, at: go, multiply: {spend: 2, gain: 0.9}, impact: 7}\n"
               "outputs:\n  o1: sum(happened(a))\n  o2: sum(happened(c))\n"},
    {"impact, multiply and stop in one risk", QUARTERLY GAIN SPEND
     "risks:\n  a:\n    probability: 40%\n    at: 1.1\n    impact: 20\n"
     "    multiply: {spend: 1.1}\n    stop: [gain]\n"
     "  b:\n    probability: 40%\n    impact: 20\n    multiply: {gain: 0.7}\n"},
    {"several risks on one line",
     QUARTERLY GAIN SPEND "risks:\n  a: {probability: 50%, at: 0.6, multiply: {gain: 0.5}}\n"
                          "  b: {probability: 50%, at: 0.7, multiply: {gain: 1.5}}\n"
                          "  c: {probability: 20%, at: anytime, stop: [gain]}\n"
                          "  d: {probability: 30%, multiply: {gain: 0.8}}\n"
                          "  e: {rate: 0.7, multiply: {gain: 0.9}}\n"},
    {"when", QUARTERLY "inputs:\n  u: uniform(0, 1)\n  at_time: uniform(-0.5, 4)\n"
                       "series:\n  s: u * t\n" GAIN SPEND
                       "risks:\n  a: {when: u < 0.3, at: 1, impact: 40}\n"
                       "  b: {when: s > 0.8, at: 1.6, stop: [gain]}\n"
                       "  c: {when: s > 0.8, at: at_time, multiply: {gain: 0.5}}\n"
                       "  d: {when: u > 0.5, at: 0, impact: 3}\n"
                       "outputs:\n  o1: sum(happened(b))\n  o2: sum(count(c))\n"},
    {"rate", QUARTERLY GAIN SPEND
     "risks:\n  a: {rate: 1.2, impact: \"uniform(5, 9)\"}\n"
     "  b: {rate: 0.4, at: anytime, multiply: [gain], by: \"uniform(0.5, 1)\"}\n"
     "  c: {rate: 0.2, at: anytime, stop: [gain]}\n"
     "  d: {rate: 0.5, impact: 4 + t, side: benefits}\n"
     "outputs:\n  o1: sum(happened(a))\n  o2: sum(count(a))\n  o3: max(count(d))\n"},
    {"rate, uncertain", YEARLY "inputs:\n  r: uniform(-0.2, 3)\n  f: uniform(0.5, 1)\n" GAIN SPEND
                               "risks:\n  a: {rate: r, impact: 5 * f}\n"
                               "  b: {rate: r, multiply: {gain: f, spend: f}}\n"
                               "outputs:\n  o: sum(count(a)) - r\n"},
    {"rate from a time on",
     QUARTERLY "inputs:\n  when: uniform(-0.5, 4)\n" GAIN SPEND
               "risks:\n  a: {rate: 1.2, at: when, impact: \"uniform(5, 9)\"}\n"
               "  b: {rate: 1.2, at: 1.1, multiply: {gain: 0.8}}\n"
               "outputs:\n  o1: sum(count(a))\n  o2: sum(happened(b))\n"},
    {"rate against from, until and at", YEARLY
     "benefits:\n  gain: {value: 70, from: 0.4, until: 2.7}\n"
     "  prize: {value: \"uniform(20, 30)\", per: once, at: 1.4}\n" SPEND
     "risks:\n  a: {rate: 0.8, multiply: [gain, prize], by: \"uniform(0.4, 1)\"}\n"
     "  b: {rate: 0.2, stop: all}\n  c: {probability: 40%, at: anytime, multiply: {gain: 0.5}}\n"
     "  d: {probability: 40%, at: anytime, stop: [gain, prize]}\n"},
    {"rate that is not a number in some trials",
     YEARLY "inputs:\n  u: uniform(-0.5, 1)\n" GAIN SPEND
            "risks:\n  a: {rate: sqrt(u), impact: 5}\noutputs:\n  o: sum(count(a))\n"},
    {"gate on a series at time 0",
     QUARTERLY "inputs:\n  u: uniform(0, 4)\nseries:\n  s: u * t\n"
               "benefits:\n  gain: {value: 70, initial: 9}\n" SPEND
               "risks:\n  a: {when: s > 0.5, at: 0, impact: 5, multiply: {gain: 0.5, spend: 2}}\n"
               "  b: {when: s > 0.5, at: u - 1, impact: 5 * t, stop: [gain]}\n"
               "outputs:\n  o: sum(count(a)) + sum(happened(b))\n"},
    {"rate, once and time 0",
     QUARTERLY "benefits:\n  gain: {value: 70, initial: 9}\n"
               "  prize: {value: \"uniform(20, 30)\", per: once, at: 1.4}\n" SPEND
               "risks:\n  a: {rate: 0.8, multiply: [gain, prize, spend], by: \"uniform(0.4, 1)\"}\n"
               "  b: {rate: 0.5, stop: all, except: [spend]}\n"},
    {"happened and count in formulas", QUARTERLY
     "inputs:\n  u: uniform(0, 1)\n"
     "series:\n  left: {initial: 1000, value: prev(left) * (1 - 0.3 * count(outage)) + 10 * u}\n"
     "benefits:\n  gain: {value: 0.1 * left * (1 - 0.5 * happened(scandal))}\n" SPEND
     "risks:\n  outage: {rate: 0.9, impact: 3}\n  scandal: {probability: 30%, at: anytime, impact: 1}\n"
     "  gate: {when: last(happened(scandal)) > 0, at: 3, impact: 11}\n"},
    {"a risk that depends on a line", YEARLY GAIN SPEND
     "risks:\n  a: {probability: sum(gain) / 600, impact: 10% * sum(gain), at: 2}\n"
     "  b: {probability: 0.2 + 0.3 * last(happened(a)), impact: 5, at: 3}\n"},
    {"a multiply by a series",
     QUARTERLY GAIN SPEND "risks:\n  a: {probability: 50%, at: 0.8, multiply: {gain: exp(0 - t)}}\n"
                          "  b: {probability: 50%, multiply: {gain: 1 / t, spend: 2 * t}}\n"},
    {"an opportunity",
     YEARLY GAIN SPEND "risks:\n  a: {probability: 25%, at: 2, impact: -40}\n"
                       "  b: {probability: 25%, at: anytime, multiply: {gain: 1.4}}\n"
                       "  c: {rate: 0.3, side: benefits, impact: \"uniform(5, 10)\"}\n"},
    {"a year and a half",
     "roicast: 1\ntimeline: {years: 1.5, step: quarter}\ndiscount_rate: 5%\n" GAIN SPEND
     "risks:\n  a: {probability: 50%, at: anytime, impact: 10, multiply: {gain: 0.5}}\n"},
    {"one period", "roicast: 1\ntimeline: {years: 1, step: year}\ndiscount_rate: 5%\n" GAIN SPEND
                   "series:\n  s: {initial: 1, value: prev(s) * 2}\n"
                   "risks:\n  a: {rate: 2, impact: 10}\n"
                   "outputs:\n  o1: last(s) + sum(s)\n  o2: at(s, 0.5)\n"},
    {"levers, groups and evidence change nothing in a run",
     QUARTERLY "groups:\n  g: [u, noise]\n"
               "levers:\n  hours: {range: [4, 60], start: 16, step: 2}\n"
               "  seats: {choices: [10, 20], start: 20}\n"
               "inputs:\n  u: {value: 0.3 to 0.9, overconfidence: 1.4, confidence: 80%}\n"
               "series:\n  noise: each(normal(hours, u))\n"
               "benefits:\n  gain: seats * noise * u\n" SPEND
               "evidence:\n  - {measure: last(noise), observed: 16, sd: 2}\n"
               "  - {measure: u, successes: 3, of: 5}\n"
               "outputs:\n  o: saturate(hours, half=u) + seats\n"},
    {"functions of the model's own", QUARTERLY
     "functions:\n  grow(s, rate): prev(s) * (1 + rate * dt)\n"
     "  noisy(m, sd=0.1 * m): normal(m, sd) + each(uniform(-sd, sd))\n"
     "  excess(over): roi - over\n  late(x, by=2): lag(users, by, initial=x)\n"
     "series:\n  users: {initial: \"uniform(90, 110)\", value: \"grow(users, 0.2) + noisy(3)\"}\n"
     "  twice: late(5) + late(6, by=1)\n"
     "benefits:\n  gain: {value: \"noisy(users) / 9\", per: quarter}\n" SPEND
     "risks:\n  r: {rate: 0.4, impact: \"noisy(10)\"}\n"
     "outputs:\n  o: excess(0.1) + sum(twice)\n"},
    {"processes", QUARTERLY
     "functions:\n  path(x, sd=20%): gbm(x, 2%, sd)\n"
     "inputs:\n  k: uniform(0.1, 2)\n  keep: uniform(-0.1, 1)\n"
     "series:\n  price: gbm(uniform(90, 110), uniform(0, 0.1), 20%)\n"
     "  rate: mean_reverting(2, 3, k, 0.4)\n"
     "  load: 1 + ar1(5, t, keep, sd=k)\n  slow: ar1(0, 1, half_life=k, sd=0.3)\n"
     "  before: prev(price) + lag(rate, 2) - prev(slow)\n  own: path(3) - path(4, sd=k / 9)\n"
     "benefits:\n  gain: price + path(9)\n" SPEND
     "outputs:\n  o: at(price, 0) + at(rate, 0.3) + sum(load) + last(before) + max(own)\n"
     "  p: last(gbm(2, 0, 0.1)) * 3 + at(slow, 0)\n"},
    {"correlated", QUARTERLY
     "inputs:\n  a: normal(1, 1)\n  b: lognormal(mu=0, sigma=0.5)\n  c: normal(a, 1)\n"
     "  d: uniform(0, 1)\n  e: pert(1, 2, 4)\n  f: poisson(20)\n  g: exponential(mean=1)\n"
     "  h: uniform(-1, 1)\n"
     "series:\n  s: each(normal(0, 1))\n  u: each(uniform(0, d))\n"
     "benefits:\n  gain: {value: \"pert(50, 70, 100) * b\"}\n" SPEND "correlations:\n"
     "  - {copula: student(3), pairs: [[a, b, 0.5], [gain, a, -0.3]]}\n"
     "  - {copula: clayton, pairs: [[d, e, 0.4]]}\n"
     "  - {copula: gumbel, pairs: [[f, g, 0.6]]}\n"
     "  - {copula: frank, pairs: [[s, u, -0.5]]}\n"
     "  - [spend, h, 0.7]\n"
     "outputs:\n  o1: a + b + d\n  o2: e * f - g\n  o3: sum(s * u)\n  o4: h\n"},
    {"correlated by a matrix", QUARTERLY
     "inputs:\n  a: normal(1, 1)\n  b: beta(2, 3)\n  c: 1 to 5\n"
     "series:\n  s: each(normal(0, 1))\n  u: each(uniform(0, 1))\n"
     "correlations:\n  - matrix: {names: [c, b, a], rows: [[1], [0.9, 1], [-0.9, 0.5, 1]]}\n"
     "  - {copula: student(2), pairs: [[s, u, 0.6]]}\n"
     "outputs:\n  o1: a\n  o2: b\n  o3: c\n  o4: sum(s * u)\n"},
    {"the whole model of the language page",
     "roicast: 1\ntimeline: {years: 5, step: quarter}\ndiscount_rate: 10%\nhurdle: 15%\n"
     "factors:\n  training_quality:\n    value: pert(0.35, 0.60, 0.90)\n"
     "  data_quality: pert(0.30, 0.55, 0.90)\n"
     "inputs:\n  seats: 120\n  revenue_per_seat: 250k to 600k\n  uplift: pert(1%, 4%, 9%)\n"
     "  gross_margin: 40%\n  price_per_seat: pert(60, 80, 110)\n"
     "  ceiling: 0.55 + 0.40 * saturate(training_quality, half=0.3)\n"
     "  go_live: pert(0.2, 0.4, 0.9)\n  dip: pert(5%, 10%, 20%)\n"
     "series:\n  adoption: ceiling * scurve(tm - go_live, midpoint=0.5, steepness=6)\n"
     "  go_live_dip: dip * during(go_live, go_live + 0.25)\n"
     "  customers:\n    initial: 1200\n"
     "    value: prev(customers) * (1 - per_period(12%)) + 40 * dt\n"
     "benefits:\n  sales_growth:\n"
     "    value: seats * revenue_per_seat * (uplift * adoption * data_quality^0.4 - go_live_dip)\n"
     "    kind: revenue\n    margin: gross_margin\n"
     "  admin_hours_saved:\n    value: seats * 40k * 3% * adoption\n    kind: saving\n"
     "    net_of: {sales_growth: 10%}\n"
     "costs:\n  licences: {value: seats * price_per_seat * 12, from: 0, growth: 5%}\n"
     "  implementation: {value: 90k to 220k, per: once, at: 0}\n"
     "  training: {value: \"seats * pert(400, 900, 2000)\", per: once, at: 0}\n"
     "  maintenance: {yearly: [10k, 20k, 20k, 25k, 25k]}\n"
     "risks:\n  cancelled: {probability: 10%, at: go_live, stop: all, except: [maintenance]}\n"
     "  failed_migration: {probability: 0.35 - 0.30 * data_quality, impact: 30k to 250k, at: go_live}\n"
     "  services_overrun:\n    probability: 10%\n    multiply: [implementation, training]\n"
     "    by: pareto(1.5, 1.38, cap=5)\n"
     "  sponsor_leaves: {rate: 0.1, at: anytime, multiply: [sales_growth], by: \"pert(0.5, 0.8, 1)\"}\n"
     "outputs:\n  customers_at_end: last(customers)\n"},
};

#endif
