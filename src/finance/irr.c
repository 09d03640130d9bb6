/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Internal rate of return, per year: (1 + i)^per_year - 1 with net_0 + net_1/(1+i) + ... = 0.
 *
 * Which root. Without a sign change there is none: NaN. With one sign change there is exactly one
 * above -100 %. With several there may be several: of all roots above -100 % the one NEAREST THE
 * DISCOUNT RATE is taken, the lower of two equally near; eval_counting() says in how many lanes.
 *
 * How. With d = 1/(1+i) the rates of 0 and above are the roots in (0, 1] of P(d) = sum of net_k
 * d^k; read backwards, in e = 1+i, the polynomial gives the rates from -100 % to 0 in (0, 1]. The
 * number of roots in (0, 1) is at most the number of sign changes of the cumulative sums, and
 * differs from it by an even number (Descartes' rule for P(d)/(1-d)). So a lane has none or one on
 * each side in all but odd cases, and those are left to rates.c. The one is found on eight lanes at
 * once by Newton's iteration, kept inside a bracket, from a start that is good when benefits and
 * costs each come about their mean times: ln d = -ln(sum of inflows / sum of outflows) / (mean time
 * of inflows - of outflows).
 *
 * C. J. Norstrom: A sufficient condition for a unique nonnegative internal rate of return. J.
 * Financial and Quantitative Analysis 7, 1835 (1972). */
#include "core/simd.h"
#include "finance/metric.h"
#include "finance/rates.h"

#include <assert.h>
#include <stdalign.h>

enum { W = 8, MAX_STEPS = 200, OWN_ROWS = 512 };
static_assert((int)W <= (int)RC_METRIC_LANES, "the flows of eight lanes fit in scratch");

#define EACH(l) RC_EACH_LANE(l, W)

/* What is known of eight lanes before solving */
typedef struct lanes {
    alignas(64) double first[W];  /* sign of the first flow that is not 0 */
    alignas(64) double last[W];   /* of the last */
    alignas(64) double start[W];  /* where Newton's iteration begins, in (0, 1] */
    alignas(64) double above[W];  /* 1: has one root in d <= 1, a rate of 0 or above */
    alignas(64) double below[W];  /* 1: has one root in e < 1, a rate below 0 */
    alignas(64) double search[W]; /* 1: may have several on one side */
} lanes;

/* What comparing two vectors gives: -1 in a lane where it holds, else 0. Loops over periods take a
 * vector of lanes at a time, whose sums stay in registers then. */
typedef long long mask __attribute__((vector_size(sizeof(rc_vd))));

static inline rc_vd pick(mask m, rc_vd yes, rc_vd no) {
    return (rc_vd)((m & (mask)yes) | (~m & (mask)no));
}

static inline rc_vd one_where(mask m) {
    return (rc_vd)(m & (mask)rc_splat(1));
}

static inline rc_vd where(mask m, rc_vd x) {
    return (rc_vd)(m & (mask)x);
}

static inline rc_vd sign_of(rc_vd x) {
    return one_where(x > rc_splat(0)) - one_where(x < rc_splat(0));
}

static inline bool any_lane(mask m) {
    long long all = 0;
    for (int l = 0; l < RC_LANES; l++)
        all |= m[l];
    return all != 0;
}

/* Sign changes of the sums cumulated from one end: from row 0 (step 1) or row K (step -1) */
static void count_changes(const rc_cash *cash, const double *net, int backwards, double *changes) {
    const rc_vd zero = rc_splat(0);
    for (size_t v = 0; v < W; v += RC_LANES) {
        rc_vd sum = zero, n = zero;
        mask above = {0}, below = {0}; /* the last sum that was not 0 */
        for (unsigned k = 0; k <= cash->n_periods; k++) {
            sum += rc_load(net + (backwards ? cash->n_periods - k : k) * cash->stride + v);
            const mask up = sum > zero, down = sum < zero;
            n += one_where((up & below) | (down & above));
            above = up | (above & ~down);
            below = down | (below & ~up);
        }
        rc_store(changes + v, n);
    }
}

static void start_at(const double *in, const double *out, const double *time_in,
                     const double *time_out, double *start) {
    alignas(64) double y[W], apart[W];
    for (EACH(l)) {
        y[l] = in[l] / out[l];
        apart[l] = time_in[l] / in[l] - time_out[l] / out[l];
    }
    rc_vmap_log(y, y, W);
    for (EACH(l)) /* the same start serves d and e = 1/d */
        y[l] = -fabs(y[l] / apart[l]);
    rc_vmap_exp(y, y, W);
    for (EACH(l))
        start[l] = ((y[l] > 0) & (y[l] <= 1)) ? y[l] : 0.5;
}

/* Inflows and outflows, their times weighted by them, sign changes, the first and the last flow
 * that is not 0: of a vector of lanes. NaN is in- and outflow. */
typedef struct flows {
    double *in, *out, *time_in, *time_out, *changes, *first, *last;
} flows;

static inline void look_at(const rc_cash *cash, const double *net, const flows *to) {
    const rc_vd zero = rc_splat(0);
    rc_vd in = zero, out = zero, time_in = zero, time_out = zero;
    rc_vd changes = zero, first = zero, last = zero;
    for (unsigned k = 0; k <= cash->n_periods; k++) {
        const rc_vd a = rc_load(net + k * cash->stride), t = rc_splat(k);
        const mask below = a < zero;
        const mask above = a > zero;
        const rc_vd p = where(~below, a), n = where(~above, -a);
        in += p;
        out += n;
        time_in += p * t;
        time_out += n * t;
        changes += one_where((below & (last > zero)) | (above & (last < zero)));
        last = pick(a != zero, a, last);
        first = pick(first != zero, first, a);
    }
    rc_store(to->in, in);
    rc_store(to->out, out);
    rc_store(to->time_in, time_in);
    rc_store(to->time_out, time_out);
    rc_store(to->changes, changes);
    rc_store(to->first, first);
    rc_store(to->last, last);
}

/* Lanes with one sign change; the others' changes are left. Has one of the n lanes several? Lanes
 * of the padding, with NaN or with infinite flows have no root: no changes. */
static bool one_change(const double *in, const double *out, double *changes, const double *first,
                       const double *last, size_t n, lanes *x) {
    mask several = {0};
    for (size_t v = 0; v < W; v += RC_LANES) {
        const rc_vd p = rc_load(in + v), m = rc_load(out + v), sign = sign_of(rc_load(first + v));
        mask whole = p + m < rc_splat(INFINITY);
        for (size_t l = 0; n < W && l < RC_LANES; l++)
            whole[l] = v + l < n ? whole[l] : 0;
        const rc_vd c = where(whole, rc_load(changes + v));
        const mask up = (p - m) * sign <= rc_splat(0);
        const mask once = c == rc_splat(1);
        several |= c > rc_splat(1);
        rc_store(changes + v, c);
        rc_store(x->first + v, sign);
        rc_store(x->last + v, sign_of(rc_load(last + v)));
        rc_store(x->above + v, one_where(once & up));
        rc_store(x->below + v, one_where(once & ~up));
        rc_store(x->search + v, rc_splat(0));
    }
    return any_lane(several);
}

/* The lanes with several sign changes, by those of the cumulative sums. */
static void more_changes(const double *in, const double *out, const double *changes,
                         const double *forwards, const double *backwards, lanes *x) {
    const rc_vd one = rc_splat(1);
    for (size_t v = 0; v < W; v += RC_LANES) {
        const rc_vd p = rc_load(in + v), m = rc_load(out + v);
        const rc_vd f = rc_load(forwards + v), b = rc_load(backwards + v);
        const rc_vd apart = (rc_vd)((mask)(p - m) & INT64_MAX);
        const mask many = rc_load(changes + v) > one;
        const mask near_zero = apart <= 1e-12 * (p + m);
        const mask hard = (f > one) | (b > one) | near_zero;
        rc_store(x->search + v, one_where(many & hard));
        rc_store(x->above + v, pick(many, one_where(~hard & (f == one)), rc_load(x->above + v)));
        rc_store(x->below + v, pick(many, one_where(~hard & (b == one)), rc_load(x->below + v)));
    }
}

static void look(const rc_cash *cash, size_t lane, lanes *x) {
    alignas(64) double in[W], out[W], time_in[W], time_out[W], changes[W], first[W], last[W];
    const double *net = cash->net + lane;
    for (size_t v = 0; v < W; v += RC_LANES) {
        const flows to = {in + v,      out + v,   time_in + v, time_out + v,
                          changes + v, first + v, last + v};
        look_at(cash, net + v, &to);
    }
    start_at(in, out, time_in, time_out, x->start);
    const size_t n = cash->n_lanes - lane;
    if (!one_change(in, out, changes, first, last, n, x))
        return;
    alignas(64) double forwards[W], backwards[W];
    count_changes(cash, net, 0, forwards);
    count_changes(cash, net, 1, backwards);
    more_changes(in, out, changes, forwards, backwards, x);
}

/* f[k * W + l]: the flows of eight lanes in the direction that each is solved in, from the first
 * that is not 0, negated where that makes P negative at 0. */
static void orient(const rc_cash *cash, size_t lane, const lanes *x, const double *backwards,
                   double *f) {
    const double *net = cash->net + lane;
    unsigned K = cash->n_periods;
    mask starts_with_0 = {0};
    for (size_t v = 0; v < W; v += RC_LANES) {
        const mask back = rc_load(backwards + v) != rc_splat(0);
        const rc_vd factor = -pick(back, rc_load(x->last + v), rc_load(x->first + v));
        for (unsigned k = 0; k <= K; k++) {
            const rc_vd a = rc_load(net + k * cash->stride + v);
            const rc_vd b = rc_load(net + (K - k) * cash->stride + v);
            rc_store(f + k * W + v, factor * pick(back, b, a));
        }
        starts_with_0 |= rc_load(f + v) == rc_splat(0);
    }
    if (!any_lane(starts_with_0))
        return;
    for (EACH(l)) {
        unsigned zeros = 0;
        while (zeros <= K && f[zeros * W + l] == 0)
            zeros++;
        if (zeros > 0 && zeros <= K)
            for (unsigned k = 0; k <= K; k++)
                f[k * W + l] = k + zeros <= K ? f[(k + zeros) * W + l] : 0;
    }
}

/* p = P(x), q = P'(x). The compiler keeps these vectors in registers, which it does not do for
 * arrays of lanes. */
static inline void horner(const double *f, unsigned K, const double *x, double *p, double *q) {
    rc_vd vx[W / RC_LANES], vp[W / RC_LANES], vq[W / RC_LANES];
    for (int v = 0; v < W / RC_LANES; v++) {
        vx[v] = rc_load(x + v * RC_LANES);
        vp[v] = rc_load(f + K * W + v * RC_LANES);
        vq[v] = rc_splat(0);
    }
    for (unsigned k = K; k-- > 0;)
        for (int v = 0; v < W / RC_LANES; v++) {
            vq[v] = vq[v] * vx[v] + vp[v];
            vp[v] = vp[v] * vx[v] + rc_load(f + k * W + v * RC_LANES);
        }
    for (int v = 0; v < W / RC_LANES; v++) {
        rc_store(p + v * RC_LANES, vp[v]);
        rc_store(q + v * RC_LANES, vq[v]);
    }
}

/* root[l] in (0, 1] of f for the lanes with wanted[l] != 0. A Newton step of 1e-9 leaves an error
 * below rounding; steps that leave the bracket or do not halve give way to bisection. */
static void solve(const double *f, unsigned K, const double *start, const double *wanted,
                  double *root) {
    alignas(64) double x[W], low[W], high[W], old[W], active[W], p[W], q[W];
    for (EACH(l)) {
        x[l] = start[l];
        low[l] = 0;
        high[l] = old[l] = 1;
        active[l] = wanted[l];
    }
    for (int step = 0; step < MAX_STEPS; step++) {
        horner(f, K, x, p, q);
        double left = 0;
        for (EACH(l)) {
            double lo = p[l] < 0 ? x[l] : low[l], hi = p[l] < 0 ? high[l] : x[l];
            double move = p[l] / q[l], next = x[l] - move;
            double half = lo > 0 ? 0.5 * (lo + hi) : 0.125 * hi;
            int close = (fabs(move) <= 1e-9 * x[l]) | (hi - lo <= 0x1p-53 * hi);
            int good = (next > lo) & (next < hi) & (fabs(move) <= 0.5 * old[l]);
            double to = ((fabs(move) <= 1e-9 * x[l]) | good) ? next : half;
            old[l] = active[l] != 0 ? fabs(to - x[l]) : old[l];
            low[l] = active[l] != 0 ? lo : low[l];
            high[l] = active[l] != 0 ? hi : high[l];
            x[l] = active[l] != 0 ? to : x[l];
            active[l] = close ? 0 : active[l];
            left += active[l];
        }
        if (left == 0)
            break;
    }
    for (EACH(l))
        root[l] = x[l];
}

/* Rates per year from 1 + i per period: in place, n numbers */
static inline void yearly(double *growth, size_t n, unsigned per_year) {
    alignas(64) double power[RC_RATES_MAX];
    for (size_t i = 0; i < n; i++)
        power[i] = 1;
    for (unsigned bit = per_year; bit != 0; bit >>= 1) {
        if (bit & 1)
            for (size_t i = 0; i < n; i++)
                power[i] *= growth[i];
        for (size_t i = 0; i < n; i++)
            growth[i] *= growth[i];
    }
    for (size_t i = 0; i < n; i++)
        growth[i] = power[i] - 1;
}

/* Of two rates the one nearer to `wish`; the lower if they are equally near, to rounding. */
static inline double nearer(double lower, double higher, double wish) {
    return fabs(lower - wish) <= fabs(higher - wish) * (1 + 1e-12) ? lower : higher;
}

static double choose(const rc_cash *cash, size_t lane, size_t *several) {
    double rate[RC_RATES_MAX], best = NAN;
    size_t n = rc_rates(cash->net + lane, cash->stride, cash->n_periods, rate);
    yearly(rate, n, cash->per_year);
    for (size_t i = 0; i < n; i++) /* ascending */
        best = i == 0 ? rate[0] : nearer(best, rate[i], cash->discount_rate[lane]);
    *several += n > 1;
    return best;
}

static bool any(const double *x) {
    mask set = {0};
    for (size_t v = 0; v < W; v += RC_LANES)
        set |= rc_load(x + v) != rc_splat(0);
    return any_lane(set);
}

/* Lanes with a root on both sides of 0: x holds the lower rates; take the upper where it is nearer.
 */
static void choose_side(const rc_cash *cash, size_t lane, const lanes *s, const double *both,
                        double *f, double *x) {
    static const alignas(64) double forwards[W] = {0};
    alignas(64) double upper[W];
    orient(cash, lane, s, forwards, f);
    solve(f, cash->n_periods, s->start, both, upper);
    for (EACH(l))
        upper[l] = 1 / upper[l];
    yearly(upper, W, cash->per_year);
    for (EACH(l))
        x[l] = both[l] != 0 ? nearer(x[l], upper[l], cash->discount_rate[lane + l]) : x[l];
}

/* Returns how many of the eight have several rates. */
static size_t eval_eight(const rc_cash *cash, size_t lane, double *f, double *x) {
    lanes s;
    size_t several = 0;
    alignas(64) double one[W], both[W], rate[W];
    look(cash, lane, &s);
    for (EACH(l)) {
        both[l] = s.above[l] * s.below[l];
        one[l] = s.above[l] + s.below[l];
        x[l] = NAN;
    }
    if (any(one)) { /* the root of the lanes that have one, the lower of those that have two */
        orient(cash, lane, &s, s.below, f);
        solve(f, cash->n_periods, s.start, one, rate);
        for (EACH(l))
            rate[l] = s.below[l] != 0 ? rate[l] : 1 / rate[l];
        yearly(rate, W, cash->per_year);
        for (EACH(l))
            x[l] = one[l] != 0 ? rate[l] : (double)NAN;
        if (any(both)) {
            choose_side(cash, lane, &s, both, f, x);
            for (EACH(l))
                several += both[l] != 0;
        }
    }
    if (any(s.search))
        for (EACH(l))
            if (s.search[l] != 0)
                x[l] = choose(cash, lane + l, &several);
    return several;
}

static size_t eval_counting(const rc_cash *cash, double *x) {
    alignas(64) double own[OWN_ROWS * W];
    int fits = cash->n_periods < OWN_ROWS;
    size_t several = 0;
    for (size_t lane = 0; lane < cash->n_lanes; lane += W)
        several += eval_eight(cash, lane, fits ? own : cash->scratch, x + lane);
    return several;
}

static void eval(const rc_cash *cash, double *x) {
    (void)eval_counting(cash, x);
}

const rc_metric_type RC_MEMBER(rc_metric_irr) = {
    .name = "irr",
    .label = RC_TR("Internal rate of return"),
    .help = RC_TR("yearly rate at which the net flows are worth 0; of several, the one nearest the "
                  "discount rate"),
    .unit = RC_UNIT_RATIO,
    .higher_is_better = true,
    .needs = RC_NEEDS_NET | RC_NEEDS_RATES,
    .eval = eval,
    .eval_counting = eval_counting,
    .several = RC_TR(
        "irr had several answers (several rates above -100 % solve it; the one nearest the "
        "discount rate is taken, the lower of two equally near) in {share} of trials"),
};
