// SPDX-License-Identifier: GPL-3.0-or-later
// The charts of a report, from the result that lies in the page. What cannot be drawn stays a table.
import { scatter, settling, split } from './cases.js';
import { redraw } from './chart.js';
import { distribution, spread } from './distribution.js';
import { fan } from './fan.js';
import { ranking } from './ranking.js';
import { waterfall } from './waterfall.js';

const read = (id) => JSON.parse(document.getElementById(id).textContent);

const page = {
  result: read('roicast-result'),
  ...read('roicast-page'), // words, style
  /** Label of an entry in the language of the page. */
  label(o, name) {
    const all = o.labels ?? {};
    const same = { 'zh-CN': 'zh-Hans', 'zh-TW': 'zh-Hant' }[this.language];
    const text = all[this.language] ?? all[same] ?? all[this.language.split('-')[0]] ?? o.label ?? name;
    return text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, ' ');
  },
  unitOf: (name) => page.result.outputs[name]?.unit ?? 'number',
  /** Is below zero a loss? */
  isBalance: (output) => output === page.result.outputs.roi || output === page.result.outputs.npv,
};

const charts = {
  distribution: (figure) => distribution(page, figure, page.result.outputs[figure.dataset.of]),
  spread: (figure) => spread(page, figure, page.result.outputs[figure.dataset.of]),
  fan: (figure) => fan(page, figure),
  waterfall: (figure) => waterfall(page, figure),
  ranking: (figure) => ranking(page, figure),
  scatter: (figure) => scatter(page, figure),
  split: (figure) => split(page, figure),
  settling: (figure) => settling(page, figure),
};

function drawAll(root) {
  for (const figure of root.querySelectorAll('figure[data-chart]:not(.drawn)'))
    if (figure.clientWidth > 0 && !figure.closest('details:not([open])')) {
      try {
        charts[figure.dataset.chart]?.(figure);
      } catch (error) {
        console.error(error); // the table behind it is still there
      }
    }
}

drawAll(document);
document.documentElement.classList.add('charts'); // they are there
for (const details of document.querySelectorAll('details'))
  details.addEventListener('toggle', () => drawAll(details));
new ResizeObserver(() => requestAnimationFrame(() => redraw())).observe(document.documentElement);

// On paper the page has another width than on the screen, and the first part has one sheet. The rules for print are
// not in force yet when a browser says that it will print: they are laid over the page while charts are drawn anew.
const A4 = { width: 688, height: 1028 }; // within the margins, in CSS pixels
const paper = document.createElement('style');
addEventListener('beforeprint', () => {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const print = rules.filter((r) => r.media?.mediaText === 'print').flatMap((r) => [...r.cssRules]);
  paper.textContent = `${print.map((r) => r.cssText).join('\n')}\nmain { width: ${A4.width}px }`;
  document.head.append(paper);
  redraw(1.3); // type on paper is smaller
  const main = document.querySelector('main');
  const parts = [main.querySelector('header'), document.getElementById('page')];
  if (!document.getElementById('more').open) parts.push(main.querySelector('footer'));
  for (let size = 11.5, tries = 0; tries < 6; tries++) {
    const height = parts.at(-1).getBoundingClientRect().bottom - parts[0].getBoundingClientRect().top;
    if (height <= A4.height) break;
    size = Math.max(7.5, size * Math.max(0.93, A4.height / height) * 0.995);
    document.documentElement.style.fontSize = `${size}px`;
  }
});
addEventListener('afterprint', () => {
  paper.remove();
  document.documentElement.style.fontSize = '';
  redraw(1);
});
