# SPDX-License-Identifier: GPL-3.0-or-later
# Made the samples of this folder: python3 make.py (numpy 1.24.2). Kept as they are; six digits.
import numpy as np

r = np.random.default_rng(7)


def w(name, x):
    np.savetxt(name + ".csv", x, fmt="%.6g", header="x", comments="")


w("lognormal", np.exp(r.normal(2, 0.5, 300)))  # mu 2, sigma .5
w("gamma", r.gamma(2.5, 3, 400))
w("triangular", r.triangular(2, 5, 12, 300))
w("beta", r.beta(2, 5, 300))
w("weibull", 7 * r.weibull(1.7, 300))
w("student_t", 10 + 2 * r.standard_t(3, 400))
w("normal", r.normal(-5, 2, 300))
w("uniform", r.uniform(3, 9, 200))
w("exponential", r.exponential(4, 300))
w("pareto", 2 * (1 + r.pareto(3, 300)))
w("pert", 10 + 50 * r.beta(1 + 4 * 0.2, 1 + 4 * 0.8, 300))  # min 10, mode 20, max 60
w("logistic", r.logistic(4, 2, 300))
w("gumbel", r.gumbel(4, 2, 300))
w("laplace", r.laplace(4, 2, 300))
w("cauchy", 4 + 2 * r.standard_cauchy(300))
w("poisson", r.poisson(4, 300))
w("binomial", r.binomial(12, 0.3, 300))
w("geometric", r.geometric(0.2, 300) - 1)
w("negative_binomial", r.negative_binomial(3, 0.4, 300))
