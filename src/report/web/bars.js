// SPDX-License-Identifier: GPL-3.0-or-later
// Bars with names at their left, the strongest on top: what both the waterfall and the rankings are.
import { axisStyle, color, FONT, show, widthOf } from './chart.js';
import { axis } from './numbers.js';

const ROW = 21;

/** The part of a text that fits. */
function fit(text, room, weight) {
  const wide = (t) => widthOf(t, FONT, weight);
  if (wide(text) <= room) return text;
  let kept = '';
  for (const c of text) {
    if (wide(`${kept}${c}…`) > room) break;
    kept += c;
  }
  return `${kept.trimEnd()}…`;
}

/**
 * rows: [{ name, from, to, fill, low, high, text }]: a bar from `from` to `to`, a whisker from low to high (null: none),
 * text behind it. `tick(x)` writes an axis value.
 */
export function bars(figure, rows, tick, options = {}) {
  const ends = rows.flatMap((r) => [r.from, r.to, r.low ?? r.to, r.high ?? r.to]);
  const x = (width) => axis(Math.min(0, ...ends), Math.max(0, ...ends), Math.max(3, Math.floor(width / 110)));
  const longest = Math.max(...rows.map((r) => widthOf(r.name, FONT, r.strong ? 700 : 400)));
  const after = Math.max(0, ...rows.map((r) => widthOf(r.text ?? '')));
  show(
    figure,
    (width) => {
      const room = Math.min(longest + 8, width * 0.38);
      return {
        grid: { left: room + 8, right: Math.min(after + 16, width * 0.2), top: 6, bottom: 26 },
        xAxis: {
          ...axisStyle,
          type: 'value',
          ...x(width - room),
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
            data: rows.map((r, i) => [r.from, i]),
            renderItem(params, api) {
              const r = rows[params.dataIndex];
              const [x0, y] = api.coord([r.from, params.dataIndex + 0.5]);
              const at = (v) => api.coord([v, 0])[0];
              const left = Math.min(x0, at(r.to));
              const right = Math.max(x0, at(r.to));
              const half = ROW * 0.34;
              const whisker = r.low !== undefined && r.low !== null && r.low !== r.high;
              const children = [
                {
                  type: 'rect',
                  shape: { x: left, y: y - half, width: Math.max(1, right - left), height: 2 * half },
                  style: { fill: color(r.fill) },
                },
                {
                  type: 'text',
                  x: params.coordSys.x - 8,
                  y,
                  style: {
                    text: fit(r.name, params.coordSys.x - 10, r.strong ? 700 : 400),
                    align: 'right',
                    verticalAlign: 'middle',
                    fill: color('ink'),
                    fontSize: FONT,
                    fontWeight: r.strong ? 700 : 400,
                  },
                },
              ];
              let end = right;
              if (whisker) {
                const [a, b] = [at(r.low), at(r.high)];
                end = Math.max(end, b);
                const line = (x1, y1, x2, y2) => ({
                  type: 'line',
                  shape: { x1, y1, x2, y2 },
                  style: { stroke: color('ink'), lineWidth: 1 },
                });
                children.push(line(a, y, b, y), line(a, y - 3, a, y + 3), line(b, y - 3, b, y + 3));
              }
              if (r.text)
                children.push({
                  type: 'text',
                  x: end + 5,
                  y,
                  style: { text: r.text, verticalAlign: 'middle', fill: color('soft'), fontSize: FONT },
                });
              return { type: 'group', children };
            },
          },
          ...(options.zero === false ? [] : [zeroLine(rows.length)]),
        ],
      };
    },
    () => rows.length * ROW + 32,
  );
}

function zeroLine() {
  return {
    type: 'line',
    data: [],
    markLine: {
      silent: true,
      symbol: 'none',
      label: { show: false },
      lineStyle: { color: color('ink'), width: 1, type: 'solid' },
      data: [{ xAxis: 0 }],
    },
  };
}
