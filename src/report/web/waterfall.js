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
  for (const { name, o, cost } of [...list.filter((l) => !l.cost).sort(by), ...list.filter((l) => l.cost).sort(by)]) {
    const sign = cost ? -1 : 1;
    const ends = [o.percentiles['5'].value, o.percentiles['95'].value].map((v) => sum + sign * v);
    const to = sum + sign * o.mean.value;
    rows.push({
      name,
      from: sum,
      to,
      low: Math.min(...ends),
      high: Math.max(...ends),
      fill: cost ? 'loss' : 'gain',
      text: money(sign * o.mean.value),
    });
    sum = to;
  }
  const npv = outputs.npv;
  const rest = npv.mean.value - sum;
  if (Math.abs(rest) > 1e-6 * Math.max(Math.abs(npv.mean.value), Math.abs(sum)))
    rows.push({
      name: page.words.risks,
      from: sum,
      to: npv.mean.value,
      fill: rest < 0 ? 'loss' : 'gain',
      text: money(rest),
    });
  rows.push({
    name: page.label(npv, 'npv'),
    from: 0,
    to: npv.mean.value,
    low: npv.percentiles['5'].value,
    high: npv.percentiles['95'].value,
    fill: npv.mean.value < 0 ? 'loss' : 'gain',
    text: money(npv.mean.value),
    strong: true,
  });
  bars(figure, rows, money);
}
