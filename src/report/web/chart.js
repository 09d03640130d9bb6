// SPDX-License-Identifier: GPL-3.0-or-later
// One chart in one figure: Apache ECharts drawing SVG, with the parts that are used.
// Colours are names of the style sheet, so that paper and dark follow without drawing again.
import { use, init } from 'echarts/core';
import { CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { SVGRenderer } from 'echarts/renderers';

use([CustomChart, LineChart, ScatterChart, GridComponent, MarkLineComponent, TooltipComponent, SVGRenderer]);

export const color = (name) => `var(--${name})`;

export const FONT = 12;

/** What all axes share. */
export const axisStyle = {
  axisLine: { show: true, lineStyle: { color: color('soft') } },
  axisTick: { show: true, lineStyle: { color: color('soft') } },
  axisLabel: { color: color('soft'), fontSize: FONT, hideOverlap: true },
  splitLine: { show: false, lineStyle: { color: color('line') } },
  nameTextStyle: { color: color('soft'), fontSize: FONT },
};

export const tooltip = {
  trigger: 'axis',
  backgroundColor: 'var(--paper)',
  borderColor: 'var(--line)',
  textStyle: { color: 'var(--ink)', fontSize: 13 },
  confine: true,
  transitionDuration: 0,
};

const ruler = document.createElement('canvas').getContext('2d');

/** Width of a text in pixels: what a label needs. */
export function widthOf(text, size = FONT, weight = 400) {
  ruler.font = `${weight} ${size}px ${getComputedStyle(document.body).fontFamily}`;
  return ruler.measureText(text).width * 1.02;
}

/** The part of a text that fits. */
export function cut(text, room, weight = 400) {
  if (widthOf(text, FONT, weight) <= room) return text;
  let kept = '';
  for (const c of text) {
    if (widthOf(`${kept}${c}…`, FONT, weight) > room) break;
    kept += c;
  }
  return `${kept.trimEnd()}…`;
}

let zoom = 1; // a drawing is that much wider than its figure, and shrinks into it
const shown = new Map(); // figure -> { chart, options, height }

function draw(figure) {
  const entry = shown.get(figure);
  const width = Math.round(figure.clientWidth * zoom);
  if (!entry || width < 40 || entry.width === width) return;
  const height = entry.height(width);
  entry.width = width;
  if (!entry.chart) entry.chart = init(entry.box, null, { renderer: 'svg', width, height });
  else entry.chart.resize({ width, height });
  entry.chart.setOption(
    { animation: false, textStyle: { fontFamily: 'inherit' }, ...entry.options(width, height) },
    { notMerge: true },
  );
  // where a printer's page is narrower than the screen was, the drawing shrinks instead of being cut
  entry.box.querySelector('svg')?.setAttribute('viewBox', `0 0 ${width} ${height}`);
}

/** Draw `options(width, height)` into the figure, now and whenever its width changes. */
export function show(figure, options, height) {
  const box = document.createElement('div');
  box.className = 'drawing';
  box.setAttribute('role', 'img');
  box.setAttribute('aria-label', figure.dataset.alt ?? '');
  figure.prepend(box);
  shown.set(figure, { box, options, height: typeof height === 'function' ? height : () => height });
  draw(figure);
  figure.classList.add('drawn');
}

/** Draw again what has another width than before, or is to shrink by another factor. */
export function redraw(by = zoom) {
  zoom = by;
  for (const figure of shown.keys()) draw(figure);
}

/** An upright axis of values without a line of its own; write(x) gives its ticks. */
export const valueAxis = (y, write) => ({
  ...axisStyle,
  type: 'value',
  ...y,
  axisLine: { show: false },
  axisTick: { show: false },
  splitLine: { show: true, lineStyle: { color: color('line') } },
  axisLabel: { ...axisStyle.axisLabel, formatter: write },
});
