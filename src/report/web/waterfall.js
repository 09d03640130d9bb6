// SPDX-License-Identifier: GPL-3.0-or-later
// How the lines add up to the gain: means, which add up; the whisker is where a line lies nine times in ten.
import { bars } from './bars.js';
import { text } from './numbers.js';

export function waterfall(page, figure) {
  const { lines, outputs } = page.result;
  const money = (x) => text(page.style, 'money', x);
  const list = Object.entries(lines).map(([name, o]) => ({ name: page.label(o, name), o, cost: o.side === 'costs' }));
  const by = (a, b) => b.o.mean.value - a.o.mean.value;
  const rows = [];
  let sum = 0;
  const step = (name, from, to, more) =>
    rows.push({ name, parts: [{ from, to, fill: to < from ? 'loss' : 'gain' }], text: money(to - from), ...more });
  for (const { name, o, cost } of [...list.filter((l) => !l.cost).sort(by), ...list.filter((l) => l.cost).sort(by)]) {
    const sign = cost ? -1 : 1;
    const ends = [o.percentiles['5'].value, o.percentiles['95'].value].map((v) => sum + sign * v);
    const to = sum + sign * o.mean.value;
    step(name, sum, to, { whiskers: [{ low: Math.min(...ends), high: Math.max(...ends) }] });
    sum = to;
  }
  const npv = outputs.npv;
  const rest = npv.mean.value - sum;
  if (Math.abs(rest) > 1e-6 * Math.max(Math.abs(npv.mean.value), Math.abs(sum))) step(page.words.risks, sum, npv.mean.value);
  const whiskers = [{ low: npv.percentiles['5'].value, high: npv.percentiles['95'].value }];
  step(page.label(npv, 'npv'), 0, npv.mean.value, { whiskers, strong: true });
  bars(figure, rows, money, { zero: 0 });
}
