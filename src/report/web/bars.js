// SPDX-License-Identifier: GPL-3.0-or-later
// Bars with names at their left, or above them where there is no room, the strongest on top: what both the waterfall and
// the rankings are.
import { axisStyle, color, cut, FONT, show, widthOf } from './chart.js';
import { axis } from './numbers.js';

const HALF = 7; // of a bar's height
const narrow = (width) => width < 480;
const tall = (width) => (narrow(width) ? 37 : 21); // a row

const words = (x, y, text, fill, more) => ({
  type: 'text',
  x,
  y,
  style: { text, verticalAlign: 'middle', fill: color(fill), fontSize: FONT, ...more },
});

const clear = { stroke: color('paper'), lineWidth: 4 }; // keeps lines behind a text away

const line = (x1, y1, x2, y2) => ({ type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke: color('ink'), lineWidth: 1 } });

/** Squares with words above the bars: what a fill means; and the height that they take. */
function legend(list, width) {
  const children = [];
  let x = 0;
  let y = 10;
  for (const [fill, text] of list) {
    const wide = widthOf(text) + 34;
    if (x > 0 && x + wide > width) {
      x = 0;
      y += 17;
    }
    children.push({ type: 'rect', shape: { x, y: y - 5, width: 11, height: 11 }, style: { fill: color(fill) } });
    children.push(words(x + 16, y, text, 'soft'));
    x += wide;
  }
  return { children, height: list.length ? y + 12 : 0 };
}

/** Where the bars begin and end in a figure of this width. */
function layout(rows, width) {
  const weight = (r) => (r.strong ? 700 : 400);
  const before = Math.max(0, ...rows.map((r) => (r.before ? widthOf(r.before) + 8 : 0)));
  const longest = Math.max(...rows.map((r) => widthOf(r.name, FONT, weight(r))));
  const after = Math.max(0, ...rows.map((r) => widthOf(r.text ?? '')));
  const right = Math.min(after + 8, width * 0.3);
  if (narrow(width)) return { before, names: width, left: 10, right, above: true };
  const names = before + Math.min(longest, width * 0.38 - before);
  return { before, names, left: names + 12, right };
}

/** One row: bars, whiskers, its name with what stands before it, and the text behind it all. */
function row(r, i, api, place, width) {
  const middle = api.coord([0, i + 0.5])[1];
  const [y, title] = place.above ? [middle + 9, middle - 8] : [middle, middle];
  const at = (v) => api.coord([v, 0])[0];
  const children = [];
  let end = -Infinity;
  for (const p of r.parts) {
    const left = Math.min(at(p.from), at(p.to));
    const wide = Math.max(1, Math.abs(at(p.to) - at(p.from)));
    const shape = { x: left, y: p.side > 0 ? y + 0.5 : y - HALF, width: wide, height: p.side ? HALF - 0.5 : 2 * HALF };
    children.push({ type: 'rect', shape, style: { fill: color(p.fill) } });
    end = Math.max(end, left + wide);
  }
  for (const w of r.whiskers ?? []) {
    if (w.low === null || w.high === null || w.low === w.high) continue;
    const [a, b, level, cap] = [at(w.low), at(w.high), y + (w.side ?? 0) * HALF * 0.5, w.side ? 2 : 3];
    children.push(line(a, level, b, level), line(a, level - cap, a, level + cap), line(b, level - cap, b, level + cap));
    end = Math.max(end, b);
  }
  if (r.before) children.push(words(0, title, r.before, 'soft'));
  const weight = r.strong ? 700 : 400;
  const [x, align] = place.above ? [place.before, 'left'] : [place.names, 'right'];
  children.push(words(x, title, cut(r.name, place.names - place.before, weight), 'ink', { align, fontWeight: weight, ...(place.above && clear) }));
  if (r.text) children.push(words(Math.min(end + 5, width - widthOf(r.text)), y, r.text, 'soft'));
  return children;
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
  const list = options.legend ?? [];
  show(
    figure,
    (width) => {
      const place = layout(rows, width);
      const key = legend(list, width);
      const room = width - place.left - place.right;
      return {
        grid: { left: place.left, right: place.right, top: key.height + 6, bottom: 26 },
        xAxis: {
          ...axisStyle,
          type: 'value',
          ...axis(Math.min(...ends), Math.max(...ends), Math.max(3, Math.floor(room / 90))),
          splitLine: { show: true, lineStyle: { color: color('line') } },
          axisLine: { show: false },
          axisTick: { show: false },
          axisLabel: { ...axisStyle.axisLabel, formatter: tick },
        },
        yAxis: { type: 'value', min: 0, max: rows.length, inverse: true, show: false },
        series: [
          {
            type: 'custom',
            silent: true,
            clip: false,
            z: 6, // above the upright line
            data: rows.map((r, i) => [r.parts[0].from, i]),
            renderItem: (params, api) => {
              const i = params.dataIndex;
              const children = row(rows[i], i, api, place, width);
              return { type: 'group', children: i === 0 ? children.concat(key.children) : children };
            },
          },
          ...(options.zero === undefined ? [] : [upright(options.zero)]),
        ],
      };
    },
    (width) => legend(list, width).height + rows.length * tall(width) + 32,
  );
}

function upright(at) {
  return {
    type: 'line',
    data: [],
    markLine: {
      silent: true,
      symbol: 'none',
      label: { show: false },
      lineStyle: { color: color('ink'), width: 1, type: 'solid' },
      data: [{ xAxis: at }],
    },
  };
}
