// SPDX-License-Identifier: GPL-3.0-or-later
// Money over time: all money in less all money out until then, as bands around the middle case.
import { axisStyle, color, FONT, show, tooltip, valueAxis, widthOf } from './chart.js';
import { axis, text } from './numbers.js';

const BANDS = [
  ['5', '95', 0.16],
  ['10', '90', 0.2],
  ['25', '75', 0.28],
];

/** The area between two rows of numbers. */
function band(rows, low, high, opacity) {
  return {
    type: 'custom',
    silent: true,
    data: [0],
    z: 1,
    renderItem(params, api) {
      const there = rows.map((r) => api.coord([r.t, r.cumulative.percentiles[high]]));
      const back = rows.map((r) => api.coord([r.t, r.cumulative.percentiles[low]])).reverse();
      return {
        type: 'polygon',
        shape: { points: there.concat(back) },
        style: { fill: color('gain'), opacity },
        clipPath: { type: 'rect', shape: { ...params.coordSys } },
      };
    },
  };
}

export function fan(page, figure) {
  const rows = page.result.cash;
  const w = page.words;
  const ends = rows.flatMap((r) => [r.cumulative.percentiles['5'], r.cumulative.percentiles['95']]);
  const y = axis(Math.min(0, ...ends), Math.max(0, ...ends), 5);
  const years = rows[rows.length - 1].t;
  const money = (x, digits) => text(page.style, 'money', x, { digits });
  let room = 0;
  for (let v = y.min; v <= y.max + y.interval / 2; v += y.interval) room = Math.max(room, widthOf(money(v)));
  const last = rows[rows.length - 1].cumulative.percentiles;
  show(
    figure,
    (width) => ({
      grid: { left: room + 14, right: width < 380 ? 62 : 84, top: 16, bottom: 40 },
      tooltip: {
        ...tooltip,
        formatter: (list) => {
          const r = rows[list[0].dataIndex].cumulative.percentiles;
          const t = text(page.style, 'years', rows[list[0].dataIndex].t);
          return (
            `${w.year} ${t}<br>${w.high}: ${money(r['95'])}<br>` +
            `<b>${w.middle}: ${money(r['50'])}</b><br>${w.low}: ${money(r['5'])}`
          );
        },
      },
      xAxis: {
        ...axisStyle,
        type: 'value',
        min: 0,
        max: years,
        interval: Math.max(1, axis(0, years, Math.floor(width / 55)).interval),
        name: w.years,
        nameLocation: 'middle',
        nameGap: 24,
        axisLine: { ...axisStyle.axisLine, onZero: false },
        axisLabel: { ...axisStyle.axisLabel, formatter: (t) => (t === 0 ? w.now : text(page.style, 'years', t)) },
      },
      yAxis: valueAxis(y, (x) => money(x)),
      series: [
        ...BANDS.map(([a, b, opacity]) => band(rows, a, b, opacity)),
        {
          type: 'line',
          data: rows.map((r) => [r.t, r.cumulative.percentiles['50']]),
          showSymbol: false,
          z: 3,
          lineStyle: { color: color('gain'), width: 2.5 },
          itemStyle: { color: color('gain') },
          markLine: {
            silent: true,
            symbol: 'none',
            label: { show: false },
            lineStyle: { color: color('ink'), width: 1.2, type: 'solid' },
            data: [{ yAxis: 0 }],
          },
        },
        ends_(page, rows, last, years, w),
      ],
    }),
    (width) => (width < 420 ? 210 : 250),
  );
}

/** What the bands are, at their right end; labels keep apart. */
function ends_(page, rows, last, years, w) {
  const names = [
    ['95', w.high],
    ['50', w.middle],
    ['5', w.low],
  ];
  return {
    type: 'custom',
    silent: true,
    data: [0],
    z: 4,
    renderItem(params, api) {
      let before = -Infinity;
      const children = names.map(([p, name]) => {
        const [x, at] = api.coord([years, last[p]]);
        const y = Math.max(at, before + 2 * FONT + 4);
        before = y;
        return {
          type: 'text',
          x: x + 6,
          y,
          style: {
            text: `${name}\n${text(page.style, 'money', last[p])}`,
            fill: p === '50' ? color('ink') : color('soft'),
            font: `${p === '50' ? 600 : 400} 11.5px inherit`,
            fontSize: 11.5,
            lineHeight: 13.5,
            verticalAlign: 'middle',
          },
        };
      });
      return { type: 'group', children };
    },
  };
}
