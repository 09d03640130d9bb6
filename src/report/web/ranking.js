// SPDX-License-Identifier: GPL-3.0-or-later
// What matters most, by one method: the strongest on top, the rank with its interval before the name (what cannot be
// told apart shares one), scores with their intervals.
import { bars } from './bars.js';
import { text } from './numbers.js';

const MOST = 15;

/** Rows of a method, and what they speak of. */
function found(drivers, method) {
  for (const [about, methods] of Object.entries(drivers.sensitivity))
    if (methods[method]) return { about, methods, rows: methods[method] };
  return null;
}

/** "3", "2–4": the ranks that it may have. */
const places = ({ rank_interval: [best, worst] }) => (best === worst ? `${best}` : `${best}–${worst}`);

function list(page, rows, of) {
  const { bars: all } = page.result.drivers;
  return Object.entries(rows)
    .filter(([name, r]) => all[name] && of(r).value !== null)
    .sort((a, b) => of(a[1]).rank - of(b[1]).rank)
    .slice(0, MOST)
    .map(([name, r]) => ({ name: page.label(all[name], name), before: places(of(r)), r }));
}

function scores(figure, rows, write) {
  bars(
    figure,
    rows.map(({ name, before, r }) => ({
      name,
      before,
      parts: [{ from: 0, to: r.value, fill: `${r.value < 0 ? 'loss' : 'gain'}${r.chance ? '-soft' : ''}` }],
      whiskers: [r],
      text: write(r.value),
    })),
    write,
    { zero: 0 },
  );
}

/** What the target is with an input low and with it high, to both sides of what it is on the whole. */
function tornado(page, figure, rows, write, base) {
  const { lowEnd, highEnd } = page.words;
  const half = (r, end, side) => ({ from: base, to: r[end].value, fill: side < 0 ? 'low-end' : 'gain', side });
  bars(
    figure,
    rows
      .filter(({ r }) => r.at_low.value !== null && r.at_high.value !== null)
      .map(({ name, before, r }) => ({
        name,
        before,
        parts: [half(r, 'at_low', -1), half(r, 'at_high', 1)],
        whiskers: [
          { ...r.at_low, side: -1 },
          { ...r.at_high, side: 1 },
        ],
        text: `${write(r.at_low.value)} → ${write(r.at_high.value)}`,
      })),
    write,
    {
      zero: base,
      legend: [
        ['low-end', lowEnd],
        ['gain', highEnd],
      ],
    },
  );
}

/** Shares of the variance: alone in full colour, with all others behind it. */
function shares(page, figure, rows, write) {
  const { alone, together } = page.words;
  bars(
    figure,
    rows.map(({ name, before, r }) => ({
      name,
      before,
      parts: [
        { from: 0, to: Math.max(0, r.total.value), fill: 'gain-soft' },
        { from: 0, to: Math.max(0, r.first.value), fill: 'gain' },
      ],
      whiskers: [
        { ...r.total, side: -1 },
        { ...r.first, side: 1 },
      ],
      text: `${write(Math.max(0, r.first.value))} · ${write(Math.max(0, r.total.value))}`,
    })),
    write,
    {
      zero: 0,
      legend: [
        ['gain', alone],
        ['gain-soft', together],
      ],
    },
  );
}

export function ranking(page, figure) {
  const { drivers, outputs } = page.result;
  const method = figure.dataset.of;
  const { about, methods, rows } = found(drivers, method);
  const plain = method === 'rank' || method === 'regression';
  const share = method === 'sobol' || method === 'shapley';
  const unit = plain ? 'number' : share ? 'ratio' : page.unitOf(about);
  const write = (x) => text(page.style, unit, x, { digits: 2 });
  if (method === 'sobol') shares(page, figure, list(page, rows, (r) => r.total), write);
  else if (method === 'tornado') tornado(page, figure, list(page, rows, (r) => r), write, outputs[about].mean.value);
  else if (method === 'oat') tornado(page, figure, list(page, rows, (r) => r), write, methods.base_case.value);
  else scores(figure, list(page, rows, (r) => r), write);
}
