// SPDX-License-Identifier: GPL-3.0-or-later
// How likely is what: the histogram of an output. The central eight in ten cases in full colour, the tails muted,
// the losing side in another hue. For analysts with more percentiles, and how often it stays below each value under it.
import { below, beside, FONT, scale, show, ticks, widthOf } from './chart.js';
import { axis, text } from './numbers.js';

export function bins(histogram) {
  const { first, width, counts } = histogram;
  const offset = Math.round(first / width);
  return counts.map((n, i) => [(offset + i) * width, (offset + i + 1) * width, n]);
}

export function shareAtLeast(histogram, x) {
  const all = histogram.counts.reduce((a, b) => a + b, histogram.below + histogram.above);
  let more = histogram.above;
  for (const [low, high, n] of bins(histogram))
    if (low >= x - 1e-9 * histogram.width) more += n;
    else if (high > x) more += (n * (high - x)) / histogram.width;
  return more / all;
}

function shade(page, output, low, high) {
  const middle = (low + high) / 2;
  const p = output.percentiles;
  const loss = page.isBalance(output) && middle < 0;
  const inside = middle >= p['10'].value && middle <= p['90'].value;
  return `${loss ? 'loss' : 'gain'}${inside ? '' : '-soft'}`;
}

function histogram(sheet, page, output, list, x, top, bottom) {
  const y = scale(0, Math.max(...list.map(([, , n]) => n)), bottom, top);
  for (const [a, b, n] of list) {
    const gap = x(b) - x(a) > 4 ? 1 : 0;
    const tall = Math.max(bottom - y(n), n > 0 ? 1 : 0);
    sheet.rect(x(a), bottom - tall, Math.max(0.5, x(b) - x(a) - gap), tall, shade(page, output, a, b));
  }
  sheet.line(x(list[0][0]), bottom, x(list.at(-1)[1]), bottom);
}

/** "◂ loss 45%" and "gain 55% ▸" below the axis, on their sides of zero. */
function sides(sheet, page, output, x, left, right, y) {
  const share = (p) => text(page.style, 'ratio', p, { digits: p > 0.0095 && p < 0.9905 ? 2 : 1 });
  const loss = output.below_zero.value;
  const zero = Math.min(right, Math.max(left, x(0)));
  const worse = `\u25C2 ${page.words.loss} ${share(loss)}`;
  const better = `${page.words.gain} ${share(1 - loss)} \u25B8`;
  const part = (words, at, anchor, fill) => sheet.text(at, y, words, { anchor, fill, weight: 600 });
  const wide = (words) => widthOf(words, FONT, 600);
  const roomLeft = zero - left + 6 > wide(worse);
  const roomRight = right - zero + 6 > wide(better);
  if (loss > 0) part(worse, roomLeft ? zero - 7 : left - 6, roomLeft ? 'end' : 'start', 'loss');
  const taken = roomLeft || loss <= 0 ? zero + 7 : left + wide(worse) + 8;
  if (loss < 1) part(better, roomRight ? taken : right + 10, roomRight ? 'start' : 'end', 'gain');
}

/** Upright lines with words on top, in as many rows as keep them apart; returns how many rows there are. */
function marks(sheet, list, x, y, bottom, draw = true) {
  const ends = [];
  for (const { at, words, dash, weight } of [...list].sort((a, b) => a.at - b.at)) {
    const wide = widthOf(words, FONT, weight);
    const from = Math.min(Math.max(x(at) - wide / 2, 1), sheet.width - wide - 1);
    let row = ends.findIndex((end) => from > end + 8);
    if (row < 0) row = ends.push(0) - 1;
    ends[row] = from + wide;
    if (!draw) continue;
    sheet.line(x(at), y + row * 16 + 8, x(at), bottom, 'ink', { 'stroke-dasharray': dash });
    sheet.text(from, y + row * 16, words, { fill: 'ink', weight });
  }
  return ends.length;
}

/** How an output's values are written along an axis from low to high. */
function writer(page, output, low, high) {
  const coarse = output.unit === 'ratio' && high - low > 0.3; // whole percents, as in the sentences
  return (x) => text(page.style, output.unit, coarse ? Math.round(x * 100) / 100 : x, { sign: output.unit === 'ratio' });
}

/** What the pointer finds: how often at least as much. */
function pointer(page, h, low, high, x, write, top, bottom) {
  const back = scale(x(low), x(high), low, high);
  return {
    top,
    bottom,
    at(px) {
      const v = back(px);
      if (v < low || v > high) return null;
      const share = text(page.style, 'ratio', shareAtLeast(h, v), { digits: 2 });
      return { x: px, lines: [`${page.words.atLeast} ${write(v)}: ${share}`] };
    },
  };
}

export function distribution(page, figure, output) {
  const h = output.histogram;
  if (!h) return;
  const list = bins(h);
  const [low, high] = [list[0][0], list.at(-1)[1]];
  const balance = page.isBalance(output);
  const write = writer(page, output, low, high);
  const middle = output.percentiles['50'].value;
  show(
    figure,
    (sheet) => {
      const { width, height } = sheet;
      const [left, right, top, bottom] = [22, width - 26, 24, height - (balance ? 44 : 26)];
      const x = scale(low, high, left, right);
      histogram(sheet, page, output, list, x, top, bottom);
      const by = axis(low, high, Math.max(3, Math.floor((width - 30) / 85))).interval;
      below(sheet, bottom + 14, x, ticks(low, high, by), write);
      if (balance) sides(sheet, page, output, x, left, right, bottom + 32);
      if (middle !== null && middle >= low && middle <= high)
        marks(sheet, [{ at: middle, words: `${page.words.middle} ${write(middle)}`, dash: '4 3' }], x, 8, bottom);
      return pointer(page, h, low, high, x, write, top, bottom);
    },
    (width) => (width < 420 ? 200 : 230),
  );
}

const KNOWN = ['1', '5', '10', '25', '50', '75', '90', '95', '99'];
const NAMED = ['5', '25', '50', '75', '95'];

/** Histogram and cumulative curve over one axis, with the percentiles and the mean that the table behind it has. */
export function spread(page, figure, output) {
  const h = output.histogram;
  if (!h) return;
  const list = bins(h);
  const [low, high] = [list[0][0], list.at(-1)[1]];
  const write = writer(page, output, low, high);
  const inside = (v) => v !== null && v >= low && v <= high;
  const lines = ['5', '50', '95']
    .map((p) => ({ at: output.percentiles[p].value, words: `P${p} ${write(output.percentiles[p].value)}`, dash: '4 3' }))
    .concat({ at: output.mean.value, words: `${page.words.mean} ${write(output.mean.value)}`, dash: '1 3', weight: 600 })
    .filter((m) => inside(m.at));
  const points = KNOWN.map((p) => [p, output.percentiles[p].value]).filter(([, v]) => inside(v));
  const reached = 1 - (output.infinite ?? 0); // the rest never comes to a value
  const percent = (share) => text(page.style, 'ratio', share, { digits: 3 });
  const shares = [0, 0.25, 0.5, 0.75, 1];
  show(
    figure,
    (sheet) => {
      const { width, height } = sheet;
      const [left, right] = [roomOf(percent, shares), width - 26];
      const x = scale(low, high, left, right);
      const top = 8 + 16 * marks(sheet, lines, x, 8, 0, false);
      const [bottom, above] = [top + 150, top + 166];
      const floor = height - 30;
      const y = scale(0, 1, floor, above);
      histogram(sheet, page, output, list, x, top + 4, bottom);
      beside(sheet, left, right, y, shares, percent);
      marks(sheet, lines, x, 8, floor);
      const curve = [[x(low), y(reached * (1 - shareAtLeast(h, low)))]];
      for (const [, b] of list) curve.push([x(b), y(reached * (1 - shareAtLeast(h, b)))]);
      sheet.curve(curve, 'gain', 2.5);
      for (const [p, v] of points) {
        sheet.circle(x(v), y(p / 100), 3.2, 'ink');
        if (!NAMED.includes(p)) continue;
        const wide = widthOf(`P${p}`);
        const before = x(v) + 12 + wide > right; // no room behind it
        sheet.text(before ? x(v) - 8 : x(v) + 8, y(p / 100) + (p < 50 ? 8 : p > 50 ? 9 : 9), `P${p}`, { fill: 'ink', anchor: before ? 'end' : undefined });
      }
      const by = axis(low, high, Math.max(3, Math.floor((width - 30) / 85))).interval;
      below(sheet, floor + 16, x, ticks(low, high, by), write);
      return pointer(page, h, low, high, x, write, top, floor);
    },
    () => 420,
  );
}

const roomOf = (write, values) => Math.max(...values.map((v) => widthOf(write(v)))) + 10;
