// SPDX-License-Identifier: GPL-3.0-or-later
// What matters most, by one method, with the interval of each score; tornado: what the lowest and the highest tenth do.
import { bars } from './bars.js';
import { text } from './numbers.js';

const MOST = 15;

function found(drivers, method) {
  for (const [about, methods] of Object.entries(drivers.sensitivity))
    if (methods[method]) return { about, rows: methods[method] };
  return null;
}

export function ranking(page, figure) {
  const { drivers } = page.result;
  const method = figure.dataset.of;
  const { about, rows } = found(drivers, method);
  const list = Object.entries(rows)
    .filter(([name]) => drivers.bars[name])
    .sort((a, b) => a[1].rank - b[1].rank)
    .slice(0, MOST)
    .map(([name, r]) => ({ name: page.label(drivers.bars[name], name), r }));
  const unit = method === 'rank' || method === 'regression' ? 'number' : page.unitOf(about);
  const write = (x) => text(page.style, unit, x, { digits: 2 });
  if (method === 'tornado') {
    tornado(page, figure, list, write);
    return;
  }
  bars(
    figure,
    list.map(({ name, r }) => ({
      name,
      from: 0,
      to: r.value,
      low: r.low,
      high: r.high,
      fill: `${r.value < 0 ? 'loss' : 'gain'}${r.chance ? '-soft' : ''}`,
      text: write(r.value),
    })),
    write,
  );
}

function tornado(page, figure, list, write) {
  const middle = page.result.outputs[page.result.run.target];
  const zero = middle?.mean?.value ?? 0;
  bars(
    figure,
    list.flatMap(({ name, r }) => [
      { name, from: r.at_low.value, to: r.at_high.value, fill: r.value < 0 ? 'loss' : 'gain', text: write(r.value) },
    ]),
    write,
    { zero: zero === 0 },
  );
}
