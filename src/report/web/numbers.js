// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers as the rest of the page writes them: $1.2M, 120 万, 52%, never more digits than a chart can show.

/** @typedef {{sign: string, scales: [number, string][]}} Style */

const MINUS = '\u2212';

function digits(x, n) {
  // at most n significant digits, without exponents or trailing zeros
  if (x === 0) return '0';
  const size = Math.floor(Math.log10(x) + 1e-12);
  const text = x.toFixed(Math.min(20, Math.max(0, n - 1 - size)));
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function grouped(text) {
  const [whole, part] = text.split('.');
  const out = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return part === undefined ? out : `${out}.${part}`;
}

/** A number of a unit ("money", "ratio", "years", "number") as text. */
export function text(style, unit, value, options = {}) {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  const n = options.digits ?? 3;
  const before = value < 0 ? MINUS : options.sign && value > 0 ? '+' : '';
  const size = Math.abs(value);
  if (unit === 'ratio') return `${before}${grouped(digits(size * 100, n))}%`;
  if (unit === 'money' || size >= 1e6) {
    const sign = unit === 'money' ? style.sign : '';
    const scale = style.scales.find(([from]) => size >= from * 0.9999999);
    if (scale) return `${before}${sign}${digits(size / scale[0], n)}${scale[1]}`;
    return `${before}${sign}${grouped(digits(size, n))}`;
  }
  return `${before}${grouped(digits(size, n))}`;
}

/** A round step so that [low, high] has at most `most` of them: 1, 2, 2.5 or 5 times a power of ten. */
export function step(low, high, most) {
  const rough = (high - low) / Math.max(1, most);
  if (!(rough > 0)) return 1;
  const ten = 10 ** Math.floor(Math.log10(rough));
  return ten * ([1, 2, 2.5, 5, 10].find((m) => m * ten >= rough * 0.999999) ?? 10);
}

/** Axis ends on whole steps that hold [low, high]. */
export function axis(low, high, most = 6) {
  if (!(high > low)) [low, high] = [low - (Math.abs(low) || 1), high + (Math.abs(high) || 1)];
  const by = step(low, high, most);
  return { min: Math.floor(low / by + 1e-9) * by, max: Math.ceil(high / by - 1e-9) * by, interval: by };
}

/** The multiples of a step from low to high. */
export function ticks(low, high, by) {
  const list = [];
  for (let k = Math.ceil(low / by - 1e-9); k * by <= high + 1e-9 * by && list.length < 100; k++) list.push(k * by);
  return list;
}
