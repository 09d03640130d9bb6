// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of single cases: clouds of the first inputs against the target, the histogram in layers by the states of
// two inputs (SimDec), and how the estimates settle.
import { apart, below, beside, cut, FONT, roomFor, scale, show, ticks, widthOf } from './chart.js';
import { axis, text } from './numbers.js';

const valuesOf = (v) => v.steps.map((s) => v.low + v.step * s);

/** An upright axis that holds these values. */
function upright(page, unit, values) {
  const { min, max, interval } = axis(Math.min(...values), Math.max(...values), 5);
  const at = ticks(min, max, interval);
  const write = (x) => text(page.style, unit, x);
  return { min, max, at, write, room: roomFor(at, write) };
}

export function scatter(page, figure) {
  const { cases, drivers, outputs } = page.result;
  const target = outputs[figure.dataset.of];
  const values = valuesOf(cases.target);
  const inputs = Object.entries(cases.inputs);
  const side = upright(page, target.unit, values);
  const balance = page.isBalance(target);
  const HEIGHT = 190;
  const columns = (width) => Math.min(inputs.length, width > 760 ? 3 : width > 480 ? 2 : 1);
  show(
    figure,
    (sheet) => {
      const n = columns(sheet.width);
      const wide = (sheet.width - side.room) / n;
      inputs.forEach(([name, v], i) => {
        const xs = valuesOf(v);
        const left = side.room + (i % n) * wide;
        const right = left + wide - 40;
        const top = 8 + Math.floor(i / n) * HEIGHT;
        const bottom = top + HEIGHT - 56;
        const unit = drivers.bars[name].kind === 'risk' && outputs.npv ? 'money' : 'number'; // of a risk: the harm it did
        const span = axis(Math.min(...xs), Math.max(...xs), 2);
        const x = scale(span.min, span.max, left, right);
        const y = scale(side.min, side.max, bottom, top);
        beside(sheet, left, right, y, side.at, i % n === 0 ? side.write : null);
        sheet.line(left, bottom, right, bottom);
        below(sheet, bottom + 14, x, ticks(span.min, span.max, span.interval), (t) => text(page.style, unit, t));
        const label = cut(page.label(drivers.bars[name], name), wide - 30);
        sheet.text((left + right) / 2, bottom + 30, label, { fill: 'ink', anchor: 'middle' });
        xs.forEach((a, k) => sheet.circle(x(a), y(values[k]), 1.75, balance && values[k] < 0 ? 'loss' : 'gain', { opacity: 0.55 }));
      });
    },
    (width) => Math.ceil(inputs.length / columns(width)) * HEIGHT,
  );
}

/** A hue for each state of the first input, a shade for each of the second. */
const HUES = [
  ['split-a1', 'split-a2', 'split-a3'],
  ['split-b1', 'split-b2', 'split-b3'],
  ['split-c1', 'split-c2', 'split-c3'],
];

export function split(page, figure) {
  const { cases, drivers, outputs } = page.result;
  const s = cases.split;
  const target = outputs[figure.dataset.of];
  const states = s.borders.map((b) => (b.length > 0 ? 3 : 2));
  const offset = Math.round(s.first / s.width);
  const bins = s.counts[0].length;
  const totals = Array.from({ length: bins }, (_, i) => s.counts.reduce((sum, c) => sum + c[i], 0));
  const number = (x) => text(page.style, 'number', x);
  const names = (b) =>
    states[b] === 2
      ? [page.words.without, page.words.with]
      : [
          `≤ ${number(s.borders[b][0])}`,
          `${number(s.borders[b][0])}–${number(s.borders[b][1])}`,
          `> ${number(s.borders[b][1])}`,
        ];
  const hue = (a, b) => HUES[states[0] === 2 && a === 1 ? 2 : a][states[1] === 2 && b === 1 ? 2 : b];
  const legend = [];
  for (let a = 0; a < states[0]; a++)
    for (let b = 0; b < states[1]; b++) legend.push([hue(a, b), `${names(0)[a]} · ${names(1)[b]}`]);
  const titles = s.inputs.map((name) => page.label(drivers.bars[name], name)).join(' · ');
  const [low, high] = [offset * s.width, (offset + bins) * s.width];
  const wide = Math.max(...legend.map(([, t]) => widthOf(t))) + 26;
  const perRow = (width) => Math.max(1, Math.min(states[1], Math.floor((width - 20) / wide)));
  const top = (width) => 24 + Math.ceil(legend.length / perRow(width)) * 17;
  show(
    figure,
    (sheet) => {
      const { width, height } = sheet;
      const bottom = height - 26;
      const x = scale(low, high, 22, width - 26);
      const y = scale(0, Math.max(...totals) * 1.02, bottom, top(width) + 8);
      sheet.text(22, 10, cut(titles, width - 44, 700), { fill: 'ink', weight: 700 });
      legend.forEach(([fill, name], i) => {
        const at = [22 + (i % perRow(width)) * wide, 30 + Math.floor(i / perRow(width)) * 17];
        sheet.rect(at[0], at[1] - 5, 11, 11, fill);
        sheet.text(at[0] + 16, at[1], name);
      });
      totals.forEach((_, i) => {
        let base = 0;
        const [x0, x1] = [x(low + i * s.width), x(low + (i + 1) * s.width)];
        s.counts.forEach((counts, c) => {
          const fill = hue(Math.floor(c / states[1]), c % states[1]);
          sheet.rect(x0, y(base + counts[i]), Math.max(0.5, x1 - x0 - 1), y(base) - y(base + counts[i]), fill);
          base += counts[i];
        });
      });
      sheet.line(22, bottom, width - 26, bottom);
      const by = axis(low, high, Math.max(3, Math.floor((width - 30) / 90))).interval;
      const write = (v) => text(page.style, target.unit, v, { sign: target.unit === 'ratio' });
      below(sheet, bottom + 14, x, ticks(low, high, by), write);
    },
    (width) => top(width) + 230,
  );
}

export function settling(page, figure) {
  const { settling: rows } = page.result.cases;
  const target = page.result.outputs[figure.dataset.of];
  const lines = [
    ['p95', 'P95', 'soft'],
    ['mean', page.words.mean, 'loss'],
    ['p50', 'P50', 'gain'],
    ['p5', 'P5', 'soft'],
  ];
  const side = upright(page, target.unit, rows.flatMap((r) => lines.map(([k]) => r[k])));
  const last = rows.at(-1);
  show(
    figure,
    (sheet) => {
      const { width, height } = sheet;
      const [left, right, top, bottom] = [side.room, width - 56, 10, height - 42];
      const log = scale(Math.log2(rows[0].cases), Math.log2(last.cases), left, right);
      const x = (n) => log(Math.log2(n));
      const y = scale(side.min, side.max, bottom, top);
      beside(sheet, left, right, y, side.at, side.write);
      sheet.line(left, bottom, right, bottom);
      below(sheet, bottom + 14, x, rows.map((r) => r.cases), (n) => n.toLocaleString('en'));
      sheet.text((left + right) / 2, bottom + 31, page.words.cases, { anchor: 'middle' });
      for (const [k, , fill] of lines) {
        const points = rows.map((r) => [x(r.cases), y(r[k])]);
        sheet.curve(points, fill, 2);
        for (const [px, py] of points) sheet.circle(px, py, 2.5, fill);
      }
      const sorted = [...lines].sort((a, b) => last[b[0]] - last[a[0]]);
      const places = apart(sorted.map(([k]) => y(last[k])), FONT + 3);
      sorted.forEach(([, name], i) => sheet.text(right + 8, places[i], name, { fill: 'ink' }));
    },
    () => 250,
  );
}
