// SPDX-License-Identifier: GPL-3.0-or-later
// The charts of a report, from the result that lies in the page. What cannot be drawn stays a table.
import { redraw } from './chart.js';
import { distribution } from './distribution.js';
import { fan } from './fan.js';

const read = (id) => JSON.parse(document.getElementById(id).textContent);

const page = {
  result: read('roicast-result'),
  ...read('roicast-page'), // words, style
  /** Is below zero a loss? */
  isBalance: (output) => output === page.result.outputs.roi || output === page.result.outputs.npv,
};

const charts = {
  distribution: (figure) => distribution(page, figure, page.result.outputs[figure.dataset.of]),
  fan: (figure) => fan(page, figure),
};

function drawAll(root) {
  for (const figure of root.querySelectorAll('figure[data-chart]:not(.drawn)'))
    if (figure.clientWidth > 0) {
      try {
        charts[figure.dataset.chart]?.(figure);
      } catch (error) {
        console.error(error); // the table behind it is still there
      }
    }
}

drawAll(document);
for (const details of document.querySelectorAll('details'))
  details.addEventListener('toggle', () => drawAll(details));
new ResizeObserver(() => requestAnimationFrame(redraw)).observe(document.documentElement);

// On paper the page has another width than on the screen.
addEventListener('beforeprint', () => {
  document.documentElement.classList.add('paper');
  redraw();
});
addEventListener('afterprint', () => {
  document.documentElement.classList.remove('paper');
  redraw();
});
