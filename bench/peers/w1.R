# SPDX-License-Identifier: GPL-3.0-or-later
# W1 in R, one vector an input. See README.md for what is timed.
words <- as.integer(commandArgs(trailingOnly = TRUE))
n <- words[1]
set.seed(words[3])

pert <- function(low, mode, high)
  low + (high - low) * rbeta(n, 1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low))
triangular <- function(low, mode, high) {
  u <- runif(n)
  ifelse(u < (mode - low) / (high - low), low + sqrt(u * (high - low) * (mode - low)),
         high - sqrt((1 - u) * (high - low) * (high - mode)))
}
lognormal <- function(median, sigma) rlnorm(n, log(median), sigma)
cut0 <- function(mean, sd) pmax(rnorm(n, mean, sd), 0)
risk <- function(p, median, sigma) ifelse(runif(n) < p, lognormal(median, sigma), 0)

simulate <- function() {
  gain <- pert(80, 120, 200) * triangular(0.6, 1, 1.3) + pert(60, 100, 150) * triangular(0.5, 1, 1.4) +
    pert(40, 70, 130) * triangular(0.7, 0.95, 1.2) + pert(30, 50, 110) * triangular(0.4, 0.9, 1.5) +
    pert(20, 45, 90) * triangular(0.6, 1, 1.2)
  up1 <- lognormal(120, 0.25); up2 <- lognormal(90, 0.30); up3 <- lognormal(60, 0.35)
  up4 <- lognormal(40, 0.40); up5 <- lognormal(30, 0.20)
  midpoint <- lognormal(1.5, 0.25)
  growth <- cut0(0.04, 0.02); steepness <- cut0(1.6, 0.3)
  gain <- gain * pert(0.4, 0.75, 1)^0.6 * triangular(0.5, 0.8, 1)^0.4 * cut0(0.85, 0.08)
  running <- 0.20 * up1 + 0.15 * up2 + 0.10 * up3 + 0.10 * up4 + 0.05 * up5 + cut0(60, 12)
  events <- list(risk(0.2, 100, 0.5), 0, risk(0.1, 150, 0.6), 0, 0)
  costs <- up1 + up2 + up3 + up4 + up5
  cumulative <- -costs
  benefits <- 0
  payback <- rep(6, n)
  for (t in 1:5) {
    benefit <- gain / (1 + exp(-steepness * (t - midpoint)))
    cost <- running * (1 + growth)^(t - 1) + events[[t]]
    benefits <- benefits + benefit / 1.1^t
    costs <- costs + cost / 1.1^t
    cumulative <- cumulative + benefit - cost
    payback[cumulative >= 0 & payback == 6] <- t
  }
  list(roi = (benefits - costs) / costs, npv = benefits - costs, payback_years = payback)
}

summarise <- function(x) list(mean = mean(x), sd = sd(x), negative = mean(x < 0),
                              percentiles = quantile(x, c(.01, .05, .1, .25, .5, .75, .9, .95, .99), names = FALSE))
clock <- function() proc.time()[["elapsed"]]

start <- clock()
values <- simulate()
simulated <- clock()
summaries <- lapply(values, summarise)
end <- clock()
number <- function(x) paste(formatC(x, digits = 17, format = "g"), collapse = ", ")
texts <- sapply(names(summaries), function(name) {
  s <- summaries[[name]]
  sprintf("\"%s\": {\"mean\": %s, \"sd\": %s, \"negative\": %s, \"percentiles\": [%s]}", name, number(s$mean),
          number(s$sd), number(s$negative), number(s$percentiles))
})
cat(sprintf("{\"peer\": \"R\", \"version\": \"%s\", \"trials\": %d, \"threads\": %d, ", getRversion(), n, words[2]))
cat(sprintf("\"draw_model\": %.3f, \"statistics\": %.3f, ", simulated - start, end - simulated))
cat(paste(texts, collapse = ", "), "}\n", sep = "")
