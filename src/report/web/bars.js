// SPDX-License-Identifier: GPL-3.0-or-later
// Bars with names at their left, the strongest on top: what both the waterfall and the rankings are.
import { below, cut, FONT, scale, show, ticks, widthOf } from './chart.js';
import { axis } from './numbers.js';

const ROW = 21;

function whisker(sheet, x, y, [low, high], tall) {
  sheet.line(x(low), y, x(high), y, 'ink');
  for (const v of [low, high]) sheet.line(x(v), y - tall, x(v), y + tall, 'ink');
}

/** Squares with words, in as many rows as they need; returns their height, draws where there is a sheet. */
function legend(list, width, sheet) {
  let x = 0;
  let y = 10;
  for (const [fill, words] of list ?? []) {
    const wide = widthOf(words) + 34;
    if (x > 0 && x + wide > width) {
      x = 0;
      y += 17;
    }
    sheet?.rect(x, y - 5, 11, 11, fill);
    sheet?.text(x + 16, y, words);
    x += wide;
  }
  return list?.length ? y + 12 : 0;
}

/**
 * rows: [{ name, before, parts, whiskers, text, strong }]: `before` stands left of the name; a part is
 * { from, to, fill, side }: a bar, of which side -1 takes the upper and 1 the lower half of the height; a whisker is
 * { low, high, side }; text stands behind it all. options: `zero`, where the upright line stands (undefined: nowhere),
 * `legend`: [[fill, words]]. `tick(x)` writes an axis value.
 */
export function bars(figure, rows, tick, options = {}) {
  const ends = rows.flatMap((r) => [
    ...r.parts.flatMap((p) => [p.from, p.to]),
    ...(r.whiskers ?? []).flatMap((w) => [w.low, w.high]),
    ...(options.zero === undefined ? [] : [options.zero]),
  ]);
  const weight = (r) => (r.strong ? 700 : 400);
  const first = Math.max(0, ...rows.map((r) => (r.before ? widthOf(r.before) + 8 : 0)));
  const longest = Math.max(...rows.map((r) => widthOf(r.name, FONT, weight(r))));
  const after = Math.max(0, ...rows.map((r) => widthOf(r.text ?? '')));
  show(
    figure,
    (sheet) => {
      const { width } = sheet;
      const top = 6 + legend(options.legend, width, sheet);
      const bottom = top + rows.length * ROW;
      const names = first + Math.min(longest, width * 0.38 - first);
      const left = names + 12;
      const right = width - Math.min(after + 8, width * 0.3);
      const span = axis(Math.min(...ends), Math.max(...ends), Math.max(3, Math.floor((right - left) / 90)));
      const x = scale(span.min, span.max, left, right);
      const values = ticks(span.min, span.max, span.interval);
      for (const v of values) sheet.line(x(v), top, x(v), bottom, 'line');
      below(sheet, bottom + 14, x, values, tick);
      rows.forEach((r, i) => {
        const y = top + (i + 0.5) * ROW;
        const half = ROW * 0.34;
        let end = -Infinity;
        for (const p of r.parts) {
          const from = Math.min(x(p.from), x(p.to));
          const wide = Math.max(1, Math.abs(x(p.to) - x(p.from)));
          sheet.rect(from, p.side > 0 ? y + 0.5 : y - half, wide, p.side ? half - 0.5 : 2 * half, p.fill);
          end = Math.max(end, from + wide);
        }
        for (const w of r.whiskers ?? [])
          if (w.low !== null && w.high !== null && w.low !== w.high) {
            whisker(sheet, x, y + (w.side ?? 0) * half * 0.5, [w.low, w.high], w.side ? 2 : 3);
            end = Math.max(end, x(w.high));
          }
        if (r.before) sheet.text(0, y, r.before);
        sheet.text(names, y, cut(r.name, names - first, weight(r)), { fill: 'ink', anchor: 'end', weight: r.strong ? 700 : undefined });
        if (r.text) {
          const wide = widthOf(r.text);
          sheet.text(Math.min(end + 5, width - wide), y, r.text);
        }
      });
      if (options.zero !== undefined) sheet.line(x(options.zero), top, x(options.zero), bottom, 'ink');
    },
    (width) => legend(options.legend, width) + rows.length * ROW + 32,
  );
}
