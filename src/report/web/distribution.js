// SPDX-License-Identifier: GPL-3.0-or-later
// How likely is what: the histogram of an output. The central eight in ten cases in full colour, the tails muted,
// the losing side in another hue. For analysts with more percentiles, and the cumulative curve under it.
import { axisStyle, color, FONT, show, tooltip, widthOf } from './chart.js';
import { axis, text, ticks } from './numbers.js';

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

/** Rectangles from [x0, x1, height, colour]. */
function bars(data) {
  return {
    type: 'custom',
    silent: true,
    encode: { x: [0, 1], y: 2 },
    data: data.map(([a, b, y, fill]) => ({ value: [a, b, y], itemStyle: { color: fill } })),
    renderItem(params, api) {
      const [x0, y0] = api.coord([api.value(0), 0]);
      const [x1, y1] = api.coord([api.value(1), api.value(2)]);
      const gap = x1 - x0 > 4 ? 1 : 0;
      return {
        type: 'rect',
        shape: { x: x0, y: y1, width: Math.max(0.5, x1 - x0 - gap), height: Math.max(y0 - y1, api.value(2) > 0 ? 1 : 0) },
        style: { fill: data[params.dataIndex][3] },
      };
    },
  };
}

function shade(page, output, low, high) {
  const middle = (low + high) / 2;
  const p = output.percentiles;
  const loss = page.isBalance(output) && middle < 0;
  const inside = middle >= p['10'].value && middle <= p['90'].value;
  return color(`${loss ? 'loss' : 'gain'}${inside ? '' : '-soft'}`);
}

/** "◂ loss 45%" and "gain 55% ▸" below the axis, on their sides of zero. */
function sides(page, output) {
  const share = (x) => text(page.style, 'ratio', x, { digits: x > 0.0095 && x < 0.9905 ? 2 : 1 });
  const loss = output.below_zero.value;
  return {
    type: 'custom',
    silent: true,
    data: [0],
    renderItem(params, api) {
      const { x, y, width, height } = params.coordSys;
      const zero = Math.min(x + width, Math.max(x, api.coord([0, 0])[0]));
      const top = y + height + 25;
      const left = `\u25C2 ${page.words.loss} ${share(loss)}`;
      const right = `${page.words.gain} ${share(1 - loss)} \u25B8`;
      const part = (words, at, align, fill) => ({
        type: 'text',
        x: at,
        y: top,
        style: { text: words, align, verticalAlign: 'top', fill, fontSize: FONT, fontWeight: 600 },
      });
      const children = [];
      const roomLeft = zero - x + 6 > widthOf(left);
      const roomRight = x + width - zero + 6 > widthOf(right);
      if (loss > 0) children.push(part(left, roomLeft ? zero - 7 : x - 6, roomLeft ? 'right' : 'left', color('loss')));
      const taken = roomLeft || loss <= 0 ? zero + 7 : x + widthOf(left) + 8;
      if (loss < 1)
        children.push(
          roomRight ? part(right, taken, 'left', color('gain')) : part(right, x + width + 10, 'right', color('gain')),
        );
      return { type: 'group', children };
    },
  };
}

/** How an output's values are written along an axis from low to high. */
function writer(page, output, low, high) {
  const coarse = output.unit === 'ratio' && high - low > 0.3; // whole percents, as in the sentences
  return (x) => text(page.style, output.unit, coarse ? Math.round(x * 100) / 100 : x, { sign: output.unit === 'ratio' });
}

/** An axis of the histogram's range with labels at round values; `more` of its own. */
function across(low, high, write, width, more) {
  const by = axis(low, high, Math.max(3, Math.floor((width - 30) / 72))).interval;
  return {
    ...axisStyle,
    type: 'value',
    min: low,
    max: high,
    axisLabel: { ...axisStyle.axisLabel, formatter: write, customValues: ticks(low, high, by) }, // else they begin at low
    axisTick: { show: false },
    ...more,
  };
}

/** What the pointer finds: how often at least as much. */
const found = (page, h, write) => ({
  ...tooltip,
  formatter: ([point]) => {
    const x = point.value[0];
    return `${page.words.atLeast} ${write(x)}: <b>${text(page.style, 'ratio', shareAtLeast(h, x), { digits: 2 })}</b>`;
  },
});

/** For the pointer, and to carry marks. */
const carrier = (list) => ({
  type: 'line',
  data: list.map(([a, , n]) => [a, n]),
  showSymbol: false,
  lineStyle: { opacity: 0 },
  itemStyle: { color: color('ink') },
});

export function distribution(page, figure, output) {
  const h = output.histogram;
  if (!h) return;
  const list = bins(h);
  const rows = list.map(([a, b, n]) => [a, b, n, shade(page, output, a, b)]);
  const [low, high] = [list[0][0], list.at(-1)[1]];
  const balance = page.isBalance(output);
  const write = writer(page, output, low, high);
  const middle = output.percentiles['50'].value;
  const inside = middle !== null && middle >= low && middle <= high;
  show(
    figure,
    (width) => ({
      grid: { left: 22, right: 26, top: 24, bottom: balance ? 44 : 26 },
      tooltip: found(page, h, write),
      xAxis: across(low, high, write, width),
      yAxis: { type: 'value', show: false, min: 0 },
      series: [
        bars(rows),
        {
          ...carrier(list),
          markLine: {
            silent: true,
            symbol: 'none',
            lineStyle: { color: color('ink'), width: 1, type: [4, 3] },
            label: { color: color('ink'), fontSize: FONT, formatter: (m) => m.name, distance: 4 },
            data: inside ? [{ name: `${page.words.middle} ${write(middle)}`, xAxis: middle }] : [],
          },
        },
        ...(balance ? [sides(page, output)] : []),
      ],
    }),
    (width) => (width < 420 ? 200 : 230),
  );
}

const KNOWN = ['1', '5', '10', '25', '50', '75', '90', '95', '99'];
const NAMED = ['5', '25', '50', '75', '95'];

/** Where the words of upright lines stand: in as many rows as keep them apart. x(v) in pixels. */
function rowsOf(marks, x, width) {
  const ends = [];
  return [...marks]
    .sort((a, b) => a.at - b.at)
    .map((m) => {
      const wide = widthOf(m.words, FONT, m.weight);
      const from = Math.min(Math.max(x(m.at) - wide / 2, 1), width - wide - 1);
      let row = ends.findIndex((end) => from > end + 8);
      if (row < 0) row = ends.push(0) - 1;
      ends[row] = from + wide;
      return { ...m, from, row };
    });
}

/** Upright lines through both pictures, and their words on top. */
function uprights(placed, x, bottom) {
  const line = ({ at, row, dash }) => ({
    type: 'line',
    shape: { x1: x(at), y1: 16 + row * 16, x2: x(at), y2: bottom },
    style: { stroke: color('ink'), lineWidth: 1, lineDash: dash },
  });
  const words = (m) => ({
    type: 'text',
    x: m.from,
    y: 8 + m.row * 16,
    style: { text: m.words, verticalAlign: 'middle', fill: color('ink'), fontSize: FONT, fontWeight: m.weight ?? 400, ...clear },
  });
  return {
    type: 'custom',
    silent: true,
    clip: false,
    data: [0],
    z: 3,
    renderItem: () => ({ type: 'group', children: [...placed.map(line), ...placed.map(words)] }),
  };
}

const clear = { stroke: color('paper'), lineWidth: 4 }; // keeps lines behind a text away

/** Histogram over the cumulative curve on one axis, with the percentiles and the mean of the table behind it. */
export function spread(page, figure, output) {
  const h = output.histogram;
  if (!h) return;
  const list = bins(h);
  const rows = list.map(([a, b, n]) => [a, b, n, shade(page, output, a, b)]);
  const [low, high] = [list[0][0], list.at(-1)[1]];
  const write = writer(page, output, low, high);
  const inside = (v) => v !== null && v >= low && v <= high;
  const p = output.percentiles;
  const marks = ['5', '50', '95']
    .map((k) => ({ at: p[k].value, words: `P${k} ${write(p[k].value)}`, dash: [4, 3] }))
    .concat({ at: output.mean.value, words: `${page.words.mean} ${write(output.mean.value)}`, dash: [1, 3], weight: 600 })
    .filter((m) => inside(m.at));
  const points = KNOWN.filter((k) => inside(p[k].value)).map((k) => [p[k].value, k / 100, k]);
  const reached = 1 - output.infinite; // the rest never comes to a value
  const knots = [low, ...list.map(([, b]) => b)].map((v) => [v, reached * (1 - shareAtLeast(h, v))]);
  const curve = [...knots, ...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(([v, share]) => [v, share]);
  const percent = (share) => text(page.style, 'ratio', share, { digits: 3 });
  const [left, right] = [widthOf(percent(1)) + 10, 26];
  const HEIGHT = 420;
  show(
    figure,
    (width) => {
      const x = (v) => left + ((v - low) / (high - low)) * (width - left - right);
      const placed = rowsOf(marks, x, width);
      const top = 10 + 16 * Math.max(1, ...placed.map((m) => m.row + 1));
      const [bottom, above] = [top + 150, top + 166];
      return {
        grid: [
          { left, right, top, height: bottom - top },
          { left, right, top: above, height: HEIGHT - 30 - above },
        ],
        axisPointer: { link: [{ xAxisIndex: 'all' }] },
        tooltip: found(page, h, write),
        xAxis: [
          across(low, high, write, width, { gridIndex: 0, axisLabel: { show: false } }),
          across(low, high, write, width, { gridIndex: 1, axisLine: { show: false } }),
        ],
        yAxis: [
          { type: 'value', gridIndex: 0, show: false, min: 0 },
          {
            ...axisStyle,
            type: 'value',
            gridIndex: 1,
            min: 0,
            max: 1,
            interval: 0.25,
            axisLine: { show: false },
            axisTick: { show: false },
            splitLine: { show: true, lineStyle: { color: color('line') } },
            axisLabel: { ...axisStyle.axisLabel, formatter: percent },
          },
        ],
        series: [
          bars(rows),
          carrier(list),
          {
            type: 'line',
            xAxisIndex: 1,
            yAxisIndex: 1,
            data: curve,
            showSymbol: false,
            lineStyle: { color: color('gain'), width: 2.5 },
            itemStyle: { color: color('gain') },
          },
          uprights(placed, x, HEIGHT - 30),
          {
            type: 'scatter',
            silent: true,
            xAxisIndex: 1,
            yAxisIndex: 1,
            z: 4,
            symbolSize: 6.5,
            itemStyle: { color: color('ink'), opacity: 1 },
            data: points.map(([v, share, k]) => ({
              value: [v, share],
              label: {
                show: NAMED.includes(k),
                formatter: `P${k}`,
                position: x(v) + 12 + widthOf(`P${k}`) > width - right ? 'left' : 'right',
                offset: [0, 9],
                color: color('ink'),
                fontSize: FONT,
                textBorderColor: color('paper'),
                textBorderWidth: 4,
              },
            })),
          },
        ],
      };
    },
    () => HEIGHT,
  );
}
