// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of single cases: clouds of the first inputs against the target, the histogram in layers by the states of
// two inputs (SimDec), and how the estimates settle.
import { axisStyle, color, cut, FONT, show, valueAxis, widthOf } from './chart.js';
import { axis, text, ticks } from './numbers.js';

const valuesOf = (v) => v.steps.map((s) => v.low + v.step * s);

function yAxis(page, unit, low, high) {
  const y = axis(low, high, 5);
  const write = (x) => text(page.style, unit, x);
  let room = 0;
  for (let v = y.min; v <= y.max + y.interval / 2; v += y.interval) room = Math.max(room, widthOf(write(v)));
  return {
    room: room + 12,
    axis: valueAxis(y, write),
  };
}

export function scatter(page, figure) {
  const { cases, drivers, outputs } = page.result;
  const target = outputs[figure.dataset.of];
  const y = valuesOf(cases.target);
  const inputs = Object.entries(cases.inputs);
  const side = yAxis(page, target.unit, Math.min(...y), Math.max(...y));
  const balance = page.isBalance(target);
  const HEIGHT = 190;
  const columns = (width) => Math.min(inputs.length, width > 760 ? 3 : width > 480 ? 2 : 1);
  show(
    figure,
    (width) => {
      const n = columns(width);
      const wide = (width - side.room) / n;
      const grid = [];
      const xs = [];
      const ys = [];
      const series = [];
      inputs.forEach(([name, v], i) => {
        const x = valuesOf(v);
        const column = i % n;
        const row = Math.floor(i / n);
        const label = page.label(drivers.bars[name], name);
        const unit = drivers.bars[name].kind === 'risk' && outputs.npv ? 'money' : 'number'; // of a risk: the harm it did
        grid.push({ left: side.room + column * wide, width: wide - 40, top: 8 + row * HEIGHT, height: HEIGHT - 56 });
        xs.push({
          ...axisStyle,
          type: 'value',
          gridIndex: i,
          ...axis(Math.min(...x), Math.max(...x), 2),
          name: cut(label, wide - 30),
          nameLocation: 'middle',
          nameGap: 24,
          nameTextStyle: { color: color('ink'), fontSize: FONT },
          axisLine: { ...axisStyle.axisLine, onZero: false },
          axisLabel: { ...axisStyle.axisLabel, formatter: (t) => text(page.style, unit, t) },
        });
        ys.push({ ...side.axis, gridIndex: i, axisLabel: { ...side.axis.axisLabel, show: column === 0 } });
        series.push({
          type: 'scatter',
          silent: true,
          xAxisIndex: i,
          yAxisIndex: i,
          symbolSize: 3.5,
          data: x.map((a, k) => ({
            value: [a, y[k]],
            itemStyle: { color: color(balance && y[k] < 0 ? 'loss' : 'gain'), opacity: 0.55 },
          })),
        });
      });
      return { grid, xAxis: xs, yAxis: ys, series };
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
  const most = Math.max(...totals);
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
  const titles = s.inputs.map((name) => page.label(drivers.bars[name], name));
  const low = offset * s.width;
  const high = (offset + bins) * s.width;
  const wide = Math.max(...legend.map(([, t]) => widthOf(t))) + 26;
  const perRow = (width) => Math.max(1, Math.min(states[1], Math.floor((width - 20) / wide)));
  const rows = (width) => Math.ceil(legend.length / perRow(width));
  const top = (width) => 24 + rows(width) * 17;
  show(
    figure,
    (width) => {
      const by = axis(low, high, Math.max(3, Math.floor((width - 30) / 90))).interval;
      const label = (x) => text(page.style, target.unit, x, { sign: target.unit === 'ratio' });
      return {
        grid: { left: 22, right: 26, top: top(width) + 8, bottom: 26 },
        xAxis: {
          ...axisStyle,
          type: 'value',
          min: low,
          max: high,
          axisTick: { show: false },
          axisLabel: { ...axisStyle.axisLabel, formatter: label, customValues: ticks(low, high, by) },
        },
        yAxis: { type: 'value', show: false, min: 0, max: most * 1.02 },
        series: [
          {
            type: 'custom',
            silent: true,
            clip: false,
            data: totals.map((n, i) => [low + i * s.width, n]),
            renderItem(params, api) {
              const i = params.dataIndex;
              let base = 0;
              const children = [];
              s.counts.forEach((counts, c) => {
                if (counts[i] === 0) return;
                const [x0, y0] = api.coord([low + i * s.width, base]);
                base += counts[i];
                const [x1, y1] = api.coord([low + (i + 1) * s.width, base]);
                children.push({
                  type: 'rect',
                  shape: { x: x0, y: y1, width: Math.max(0.5, x1 - x0 - 1), height: y0 - y1 },
                  style: { fill: color(hue(Math.floor(c / states[1]), c % states[1])) },
                });
              });
              if (i === 0) children.push(...key(legend, titles, perRow(width), wide, width));
              return { type: 'group', children };
            },
          },
        ],
      };
    },
    (width) => top(width) + 230,
  );
}

function key(legend, titles, across, wide, width) {
  const words = (x, y, words_, fill, weight) => ({
    type: 'text',
    x,
    y,
    style: { text: words_, verticalAlign: 'middle', fill: color(fill), fontSize: FONT, fontWeight: weight },
  });
  const list = [words(22, 10, cut(titles.join(' · '), width - 44, 700), 'ink', 700)];
  legend.forEach(([fill, name], i) => {
    const x = 22 + (i % across) * wide;
    const y = 30 + Math.floor(i / across) * 17;
    list.push({ type: 'rect', shape: { x, y: y - 5, width: 11, height: 11 }, style: { fill: color(fill) } });
    list.push(words(x + 16, y, name, 'soft', 400));
  });
  return list;
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
  const all = rows.flatMap((r) => lines.map(([k]) => r[k]));
  const side = yAxis(page, target.unit, Math.min(...all), Math.max(...all));
  const count = (n) => n.toLocaleString('en');
  show(
    figure,
    (width) => ({
      grid: { left: side.room, right: 56, top: 10, bottom: 42 },
      xAxis: {
        ...axisStyle,
        type: 'log',
        logBase: 2,
        min: rows[0].cases,
        max: rows.at(-1).cases,
        name: page.words.cases,
        nameLocation: 'middle',
        nameGap: 26,
        splitLine: { show: false },
        axisLine: { ...axisStyle.axisLine, onZero: false },
        axisLabel: { ...axisStyle.axisLabel, formatter: count, hideOverlap: true, interval: 0 },
        splitNumber: Math.max(2, Math.floor(width / 130)),
      },
      yAxis: side.axis,
      series: [
        ...lines.map(([k, , fill]) => ({
          type: 'line',
          data: rows.map((r) => [r.cases, r[k]]),
          symbolSize: 5,
          lineStyle: { color: color(fill), width: 2 },
          itemStyle: { color: color(fill) },
        })),
        {
          type: 'custom',
          silent: true,
          clip: false,
          data: [0],
          renderItem(params, api) {
            let before = -Infinity;
            const last = rows.at(-1);
            const children = [...lines]
              .sort((a, b) => last[b[0]] - last[a[0]])
              .map(([k, name]) => {
                const [x, at] = api.coord([last.cases, last[k]]);
                const y = Math.max(at, before + FONT + 3);
                before = y;
                return {
                  type: 'text',
                  x: x + 8,
                  y,
                  style: { text: name, verticalAlign: 'middle', fill: color('ink'), fontSize: FONT },
                };
              });
            return { type: 'group', children };
          },
        },
      ],
    }),
    () => 250,
  );
}
