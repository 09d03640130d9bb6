# SPDX-License-Identifier: GPL-3.0-or-later
# Made oracle.csv: Rscript oracle.R > oracle.csv (R 4.2.2, fitdistrplus 1.1-8, MASS 7.3-58.2).
# Columns: data set, family, log-likelihood, KS, AD (gofstat's), then name, value and standard error
# of each parameter. Parameters are in this program's terms.
suppressMessages({library(MASS); library(fitdistrplus)})
tight <- list(reltol = 1e-15, maxit = 5000)
num <- function(v) ifelse(is.na(v), "nan", trimws(formatC(as.numeric(v), digits = 12, format = "g")))
put <- function(set, family, loglik, ks, ad, par, se)
  cat(paste(c(set, family, num(loglik), num(ks), num(ad),
              as.vector(rbind(names(par), num(par), num(se)))), collapse = ","), "\n", sep = "")
dt3 <- function(x, df, m, s, log = FALSE) if (log) dt((x - m) / s, df, log = TRUE) - log(s) else dt((x - m) / s, df) / s
pt3 <- function(q, df, m, s) pt((q - m) / s, df)
dgum <- function(x, m, s) { z <- (x - m) / s; exp(-z - exp(-z)) / s }
pgum <- function(q, m, s) exp(-exp(-(q - m) / s))
one <- function(set, family, distr, names, map = identity, start = NULL, scale = rep(1, length(names)), discrete = FALSE) {
  x <- read.csv(paste0(set, ".csv"))$x
  f <- if (is.null(start)) fitdist(x, distr, discrete = discrete) else fitdist(x, distr, start = start, discrete = discrete)
  if (!(distr %in% c("norm", "lnorm", "exp", "unif", "pois")))
    for (i in 1:3) f <- fitdist(x, distr, start = as.list(f$estimate), optim.method = "BFGS",
                                control = tight, discrete = discrete)
  g <- if (discrete) list(ks = NA, ad = NA) else suppressWarnings(gofstat(f))
  est <- map(f$estimate); names(est) <- names
  se <- if (is.null(f$sd)) rep(NA, length(est)) else f$sd
  if (family == "negative_binomial") se[2] <- NA # it is that of the mean
  if (family == "gamma") se[2] <- se[2] * est[2]^2 # of the scale, not the rate
  put(set, family, f$loglik, g$ks, g$ad, est, se)
}
for (s in c("lognormal", "gamma", "weibull")) {
  one(s, "lognormal", "lnorm", c("mu", "sigma"))
  one(s, "gamma", "gamma", c("shape", "scale"), function(e) c(e[1], 1 / e[2]))
  one(s, "weibull", "weibull", c("shape", "scale"))
  one(s, "normal", "norm", c("mean", "sd"))
  one(s, "exponential", "exp", "rate")
}
one("exponential", "exponential", "exp", "rate")
one("beta", "beta", "beta", c("alpha", "beta"))
one("normal", "normal", "norm", c("mean", "sd"))
one("uniform", "uniform", "unif", c("min", "max"))
one("student_t", "student_t", "t3", c("df", "location", "scale"), start = list(df = 3, m = 10, s = 2))
for (s in c("logistic", "normal")) one(s, "logistic", "logis", c("location", "scale"))
one("cauchy", "cauchy", "cauchy", c("location", "scale"))
one("gumbel", "gumbel", "gum", c("location", "scale"), start = list(m = 4, s = 2))
for (s in c("poisson", "geometric", "negative_binomial")) {
  one(s, "poisson", "pois", "mean", discrete = TRUE)
  one(s, "geometric", "geom", "p", discrete = TRUE)
}
for (s in c("geometric", "negative_binomial"))
  one(s, "negative_binomial", "nbinom", c("r", "p"), function(e) c(e[1], e[1] / sum(e)), discrete = TRUE)
