// SPDX-License-Identifier: GPL-3.0-or-later
// How likely is what: the histogram of an output. The central eight in ten cases in full colour, the tails muted,
// the losing side in another hue.
import { axisStyle, color, FONT, show, tooltip, widthOf } from './chart.js';
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

export function distribution(page, figure, output) {
  const h = output.histogram;
  if (!h) return;
  const w = page.words;
  const analyst = figure.dataset.detail === 'full';
  const list = bins(h);
  const rows = list.map(([a, b, n]) => [a, b, n, shade(page, output, a, b)]);
  const low = list[0][0];
  const high = list[list.length - 1][1];
  const balance = page.isBalance(output);
  const coarse = output.unit === 'ratio' && high - low > 0.3; // whole percents, as in the sentences
  const label = (x, sign) => text(page.style, output.unit, coarse ? Math.round(x * 100) / 100 : x, {
    sign: sign && output.unit === 'ratio',
  });
  const marks = (analyst ? ['5', '50', '95'] : ['50'])
    .map((p) => [p, output.percentiles[p].value])
    .filter(([, x]) => x !== null && x >= low && x <= high)
    .map(([p, x]) => ({
      name: analyst ? `P${p}: ${label(x, true)}` : `${w.middle}: ${label(x, true)}`,
      xAxis: x,
    }));
  show(
    figure,
    (width) => {
      const by = axis(low, high, Math.max(3, Math.floor((width - 30) / 85))).interval;
      const whole = (x) => Math.abs(x / by - Math.round(x / by)) < 1e-6;
      return {
        grid: { left: 22, right: 26, top: 24, bottom: balance ? 44 : 26 },
        tooltip: {
          ...tooltip,
          formatter: ([point]) => {
            const x = point.value[0];
            const share = text(page.style, 'ratio', shareAtLeast(h, x), { digits: 2 });
            return `${w.atLeast} ${label(x, true)}: <b>${share}</b>`;
          },
        },
        xAxis: {
          ...axisStyle,
          type: 'value',
          min: low,
          max: high,
          interval: by,
          axisLabel: { ...axisStyle.axisLabel, formatter: (x) => (whole(x) ? label(x, true) : '') },
          axisTick: { show: false },
        },
        yAxis: { type: 'value', show: false, min: 0 },
        series: [
          bars(rows),
          {
            // for the pointer, and to carry the marks
            type: 'line',
            data: list.map(([a, , n]) => [a, n]),
            showSymbol: false,
            lineStyle: { opacity: 0 },
            itemStyle: { color: color('ink') },
            markLine: {
              silent: true,
              symbol: 'none',
              lineStyle: { color: color('ink'), width: 1, type: [4, 3] },
              label: { color: color('ink'), fontSize: FONT, formatter: (m) => m.name, distance: 4 },
              data: marks,
            },
          },
          ...(balance ? [sides(page, output)] : []),
        ],
      };
    },
    (width) => (width < 420 ? 200 : 230),
  );
}
