// SPDX-License-Identifier: GPL-3.0-or-later
// One chart in one figure: an SVG drawn for the width that the figure has, now and whenever that changes.
// Colours are names of the style sheet, so that paper and dark follow without drawing again.
// Texts become text nodes and nothing else: what a model says cannot become markup.

const NS = 'http://www.w3.org/2000/svg';

export const color = (name) => `var(--${name})`;

export const FONT = 12;

const ruler = document.createElement('canvas').getContext('2d');

/** Width of a text in pixels. */
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

/** What a chart is drawn on; lengths are pixels from the left and the top. */
class Sheet {
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.svg = document.createElementNS(NS, 'svg');
    // where a printer's page is narrower than the screen was, the drawing shrinks instead of being cut
    this.set(this.svg, { width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': true });
  }

  set(element, attributes) {
    for (const [name, value] of Object.entries(attributes))
      if (value !== undefined)
        element.setAttribute(name, typeof value === 'number' ? Math.round(value * 100) / 100 : value);
  }

  add(name, attributes, words) {
    const element = document.createElementNS(NS, name);
    this.set(element, attributes);
    if (words !== undefined) element.textContent = words;
    this.svg.append(element);
    return element;
  }

  rect(x, y, width, height, fill) {
    if (width > 0 && height > 0) this.add('rect', { x, y, width, height, fill: color(fill) });
  }

  line(x1, y1, x2, y2, stroke = 'soft', more = {}) {
    this.add('line', { x1, y1, x2, y2, stroke: color(stroke), ...more });
  }

  circle(cx, cy, r, fill, more = {}) {
    this.add('circle', { cx, cy, r, fill: color(fill), ...more });
  }

  /** Points [x, y] joined by lines. */
  curve(points, stroke, width) {
    const d = points.map(([x, y], i) => `${i ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
    this.add('path', { d, fill: 'none', stroke: color(stroke), 'stroke-width': width, 'stroke-linejoin': 'round' });
  }

  area(points, fill, opacity) {
    this.add('polygon', { points: points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' '), fill: color(fill), 'fill-opacity': opacity });
  }

  /** y is the middle of the line of text. */
  text(x, y, words, { fill = 'soft', anchor, weight, size = FONT } = {}) {
    this.add('text', { x, y, dy: '0.36em', fill: color(fill), 'text-anchor': anchor, 'font-weight': weight, 'font-size': size }, words);
  }
}

/** A scale from values to pixels. */
export const scale = (low, high, from, to) => (v) => from + ((v - low) / (high - low)) * (to - from);

/** The multiples of a step from low to high. */
export function ticks(low, high, by) {
  const list = [];
  for (let k = Math.ceil(low / by - 1e-9); k * by <= high + 1e-9 * by && list.length < 200; k++) list.push(k * by);
  return list;
}

/** Labels below an axis at y: as many as do not touch, zero among them if it is there. */
export function below(sheet, y, x, values, write) {
  const words = values.map(write);
  const zero = Math.max(0, values.findIndex((v) => Math.abs(v) < 1e-12));
  const left = (i) => {
    const w = widthOf(words[i]);
    return [Math.min(Math.max(x(values[i]) - w / 2, 1), sheet.width - w - 1), w];
  };
  const shown = (i, stride) => (i + stride * values.length - zero) % stride === 0;
  const fits = (stride) => {
    let end = -Infinity;
    return values.every((_, i) => {
      if (!shown(i, stride)) return true;
      const [from, w] = left(i);
      const room = from > end + 8;
      end = from + w;
      return room;
    });
  };
  let stride = 1;
  while (stride < values.length && !fits(stride)) stride++;
  values.forEach((_, i) => {
    if (shown(i, stride)) sheet.text(left(i)[0], y, words[i]);
  });
}

/** Room that labels left of an axis take. */
export const roomFor = (values, write) => Math.max(...values.map((v) => widthOf(write(v)))) + 12;

/** Lines across from x0 to x1 with labels at their left. */
export function beside(sheet, x0, x1, y, values, write) {
  for (const v of values) {
    sheet.line(x0, y(v), x1, y(v), 'line');
    if (write) sheet.text(x0 - 8, y(v), write(v), { anchor: 'end' });
  }
}

/** Where texts of these heights stand when each keeps below the one before, near the wanted places. */
export function apart(wanted, height) {
  let before = -Infinity;
  return wanted.map((y) => (before = Math.max(y, before + height)));
}

// ---- Figures ----

const shown = new Map(); // figure -> { box, draw, height, width, pointer, tip, mark }

function draw(figure) {
  const entry = shown.get(figure);
  const width = figure.clientWidth;
  if (!entry || width < 40 || entry.width === width) return;
  const sheet = new Sheet(width, entry.height(width));
  entry.width = width;
  entry.pointer = entry.draw(sheet);
  entry.sheet = sheet;
  entry.mark = undefined;
  entry.tip = undefined;
  entry.box.replaceChildren(sheet.svg);
}

/** What lies under the pointer: a line, and words beside it. */
function point(entry, event) {
  const { pointer, sheet, box } = entry;
  const frame = sheet.svg.getBoundingClientRect();
  const at = pointer?.at(((event.clientX - frame.left) * sheet.width) / frame.width);
  if (!at || event.type === 'pointerleave') {
    entry.mark?.remove();
    entry.tip?.remove();
    entry.mark = entry.tip = undefined;
    return;
  }
  entry.mark ??= sheet.add('line', { y1: pointer.top, y2: pointer.bottom, stroke: color('soft') });
  sheet.set(entry.mark, { x1: at.x, x2: at.x });
  if (!entry.tip) {
    entry.tip = document.createElement('div');
    entry.tip.className = 'tip';
    box.append(entry.tip);
  }
  entry.tip.replaceChildren(
    ...at.lines.map((words) => {
      const line = document.createElement('div');
      line.textContent = words;
      return line;
    }),
  );
  const wide = entry.tip.offsetWidth;
  entry.tip.style.left = `${at.x + 12 + wide <= sheet.width ? at.x + 12 : Math.max(0, at.x - 12 - wide)}px`;
}

/**
 * Draw into the figure. `draw(sheet)` may return what the pointer finds: { top, bottom, at(x) }, where at(x) is
 * { x, lines } or nothing.
 */
export function show(figure, draw_, height) {
  const box = document.createElement('div');
  box.className = 'drawing';
  box.setAttribute('role', 'img');
  box.setAttribute('aria-label', figure.dataset.alt ?? '');
  figure.prepend(box);
  const entry = { box, draw: draw_, height: typeof height === 'function' ? height : () => height };
  shown.set(figure, entry);
  for (const type of ['pointermove', 'pointerleave']) box.addEventListener(type, (event) => point(entry, event));
  draw(figure);
  figure.classList.add('drawn');
}

export function redraw() {
  for (const figure of shown.keys()) draw(figure);
}
