# SPDX-License-Identifier: GPL-3.0-or-later
# Rankings of a model by R from the exported trials, beside roicast's own: Spearman's correlations and the
# rank regression on all inputs. Prints the largest difference of each; ends with 1 above 1e-9.
#   Rscript bench/rankings.R build/release/roicast models/w1.yaml
args <- commandArgs(trailingOnly = TRUE)
ask <- function(...) read.csv(text = system2(args[1], c(...), stdout = TRUE), check.names = FALSE)
trials <- ask("run", args[2], "-f", "csv", "-n", "16384", "--sampler", "sobol", "-q")
own <- ask("sensitivity", args[2], "-m", "rank,regression", "-f", "csv", "-n", "16384", "-q")
own <- own[own$kind != "group", ]
bars <- unique(own$input)
stopifnot(bars %in% names(trials))
x <- sapply(bars, function(b) trials[[b]] * ifelse(own$kind[match(b, own$input)] == "risk", -1, 1))
ranks <- apply(x, 2, rank)
y <- rank(trials$roi)
rho <- apply(ranks, 2, cor, y)
fit <- lm(scale(y) ~ scale(ranks))
far <- function(method, theirs) {
  mine <- own[own$method == method, ]
  max(abs(mine$value - theirs[match(mine$input, bars)]))
}
gaps <- c(rank = far("rank", rho), regression = far("regression", coef(fit)[-1]))
cat(length(bars), "inputs, largest difference:", sprintf("%s %.2g", names(gaps), gaps), "\n")
quit(status = any(is.na(gaps)) || any(gaps > 1e-9))
