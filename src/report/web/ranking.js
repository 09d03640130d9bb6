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
function tornado(figure, rows, write, base, [low, high]) {
  const half = (r, end, side) => ({ from: base, to: r[end].value, fill: side < 0 ? 'low-end' : 'gain', side });
  const ends = (r) => {
    const both = [half(r, 'at_low', -1), half(r, 'at_high', 1)];
    const apart = (both[0].to - base) * (both[1].to - base) <= 0; // else one lies over the other
    return both.map((p) => ({ ...p, side: apart ? 0 : p.side }));
  };
  bars(
    figure,
    rows
      .filter(({ r }) => r.at_low.value !== null && r.at_high.value !== null)
      .map(({ name, before, r }) => ({
        name,
        before,
        parts: ends(r),
        whiskers: ends(r).map(({ side }, i) => ({ ...(i ? r.at_high : r.at_low), side })),
        text: `${write(r.at_low.value)} → ${write(r.at_high.value)}`,
      })),
    write,
    {
      zero: base,
      legend: [
        ['low-end', low],
        ['gain', high],
      ],
    },
  );
}

/** Shares of the variance: alone in full colour, with all others behind it. */
function shares(page, figure, rows, write) {
  const { alone, together } = page.words;
  const real = (x) => Math.max(0, x); // below 0 it falls by chance alone
  const whisker = (e, side) => ({ low: real(e.low), high: real(e.high), side });
  bars(
    figure,
    rows.map(({ name, before, r }) => ({
      name,
      before,
      parts: [
        { from: 0, to: real(r.total.value), fill: 'gain-soft' },
        { from: 0, to: real(r.first.value), fill: 'gain' },
      ],
      whiskers: [whisker(r.total, -1), whisker(r.first, 1)],
      text: `${write(real(r.first.value))} · ${write(real(r.total.value))}`,
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
  const { lowTenth, highTenth, lowEnd, highEnd } = page.words;
  const method = figure.dataset.of;
  const { about, methods, rows } = found(drivers, method);
  const plain = method === 'rank' || method === 'regression';
  const share = method === 'sobol' || method === 'shapley';
  const unit = plain ? 'number' : share ? 'ratio' : page.unitOf(about);
  const write = (x) => text(page.style, unit, x, { digits: 2 });
  if (method === 'sobol') shares(page, figure, list(page, rows, (r) => r.total), write);
  else if (method === 'tornado') tornado(figure, list(page, rows, (r) => r), write, outputs[about].mean.value, [lowTenth, highTenth]);
  else if (method === 'oat') tornado(figure, list(page, rows, (r) => r), write, methods.base_case.value, [lowEnd, highEnd]);
  else scores(figure, list(page, rows, (r) => r), write);
}
