// SPDX-License-Identifier: GPL-3.0-or-later
// Money over time: all money in less all money out until then, as bands around the middle case.
import { apart, below, beside, FONT, roomFor, scale, show, ticks } from './chart.js';
import { axis, text } from './numbers.js';

const BANDS = [
  ['5', '95', 0.16],
  ['10', '90', 0.2],
  ['25', '75', 0.28],
];

export function fan(page, figure) {
  const rows = page.result.cash;
  const w = page.words;
  const at = (r, p) => r.cumulative.percentiles[p];
  const ends = rows.flatMap((r) => [at(r, '5'), at(r, '95')]);
  const span = axis(Math.min(0, ...ends), Math.max(0, ...ends), 5);
  const values = ticks(span.min, span.max, span.interval);
  const last = rows.at(-1);
  const money = (x) => text(page.style, 'money', x);
  const years = (t) => text(page.style, 'years', t);
  show(
    figure,
    (sheet) => {
      const { width, height } = sheet;
      const [top, bottom] = [16, height - 40];
      const [left, right] = [roomFor(values, money) + 2, width - (width < 380 ? 62 : 84)];
      const x = scale(0, last.t, left, right);
      const y = scale(span.min, span.max, bottom, top);
      beside(sheet, left, right, y, values, money);
      const by = Math.max(1, axis(0, last.t, Math.floor(width / 55)).interval);
      below(sheet, bottom + 13, x, ticks(0, last.t, by), (t) => (t === 0 ? w.now : years(t)));
      sheet.text((left + right) / 2, bottom + 30, w.years, { anchor: 'middle' });
      const line = (p) => rows.map((r) => [x(r.t), y(at(r, p))]);
      for (const [low, high, opacity] of BANDS) sheet.area([...line(high), ...line(low).reverse()], 'gain', opacity);
      sheet.line(left, y(0), right, y(0), 'ink', { 'stroke-width': 1.2 });
      sheet.curve(line('50'), 'gain', 2.5);
      // what the bands are, at their right end
      const names = [
        ['95', w.high],
        ['50', w.middle],
        ['5', w.low],
      ];
      const places = apart(names.map(([p]) => y(at(last, p))), 2 * FONT + 4);
      names.forEach(([p, name], i) => {
        const look = { fill: p === '50' ? 'ink' : 'soft', weight: p === '50' ? 600 : undefined, size: 11.5 };
        sheet.text(right + 6, places[i] - 7, name, look);
        sheet.text(right + 6, places[i] + 7, money(at(last, p)), look);
      });
      return {
        top,
        bottom,
        at(px) {
          if (px < left - 10 || px > right + 10) return null;
          const near = (r) => Math.abs(x(r.t) - px);
          const r = rows.reduce((a, b) => (near(b) < near(a) ? b : a));
          const lines = names.map(([p, name]) => `${name}: ${money(at(r, p))}`);
          return { x: x(r.t), lines: [`${w.year} ${years(r.t)}`, ...lines] };
        },
      };
    },
    (width) => (width < 420 ? 210 : 250),
  );
}
