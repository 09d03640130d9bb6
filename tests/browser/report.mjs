// SPDX-License-Identifier: GPL-3.0-or-later
// What a browser makes of the reports beside this file.
import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { chromium } from 'playwright-core';

const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const browser = await chromium.launch({
  executablePath: process.env.BROWSER,
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
});
let failures = 0;

/** A page with everything that goes wrong in it. */
async function open(name, options = {}) {
  const { before, ...more } = options;
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...more });
  const page = await context.newPage();
  page.wrong = [];
  page.on('console', (m) => ['error', 'warning'].includes(m.type()) && page.wrong.push(m.text()));
  page.on('pageerror', (e) => page.wrong.push(e.message));
  page.on('dialog', (d) => {
    page.wrong.push(`a dialog: ${d.message()}`);
    d.dismiss();
  });
  page.on('request', (r) => r.url().startsWith('file:') || page.wrong.push(`a request: ${r.url()}`));
  if (before) await page.addInitScript(before);
  await page.goto(`file://${process.cwd()}/${name}.html`);
  if (more.javaScriptEnabled !== false && !before) await page.waitForSelector('html.charts', { state: 'attached' });
  page.done = async () => {
    assert.deepEqual(page.wrong, []);
    await context.close();
  };
  return page;
}

async function test(name, what) {
  const began = Date.now();
  try {
    await what();
    console.log(`ok      ${name} (${Date.now() - began} ms)`);
  } catch (error) {
    failures++;
    console.log(`FAILED  ${name}\n${error.message}`);
  }
}

const analysts = (page) => page.click('#more > summary');

/** Charts that are not drawn, and texts in them that are cut off or lie over each other. */
const chartFaults = () => {
  const faults = [];
  for (const figure of document.querySelectorAll('figure[data-chart]')) {
    const name = figure.closest('section').id;
    const svg = figure.querySelector('svg');
    if (!svg || svg.querySelectorAll('path, rect, circle, line, text').length < 4) {
      faults.push(`${name}: not drawn`);
      continue;
    }
    const drawing = figure.querySelector('[role=img]');
    if (!drawing?.getAttribute('aria-label')) faults.push(`${name}: nothing for those who cannot see it`);
    if (!figure.parentElement.querySelector('table')) faults.push(`${name}: no table behind it`);
    const frame = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll('text')].filter((t) => t.textContent.trim() !== '');
    const boxes = texts.map((t) => [t.textContent, t.getBoundingClientRect()]);
    for (const [words, box] of boxes)
      if (box.left < frame.left - 2 || box.right > frame.right + 2 || box.top < frame.top - 2 || box.bottom > frame.bottom + 2)
        faults.push(`${name}: "${words}" is cut off`);
    for (let i = 0; i < boxes.length; i++)
      for (let k = 0; k < i; k++) {
        const [a, b] = [boxes[i][1], boxes[k][1]];
        const over = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const deep = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (over > 3 && deep > 4) faults.push(`${name}: "${boxes[i][0]}" lies over "${boxes[k][0]}"`);
      }
    for (const [words] of boxes)
      if (/undefined|NaN|\[object/.test(words)) faults.push(`${name}: "${words}"`);
  }
  return faults;
};

const wider = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;

for (const name of ['crm', 'hostile', 'certain', 'lost', 'numbers'])
  await test(`${name}: charts are whole on a screen and on a phone, nothing is asked for`, async () => {
    const page = await open(name);
    await analysts(page);
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.waitForFunction((w) => document.documentElement.clientWidth === w, width);
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      assert.deepEqual(await page.evaluate(chartFaults), [], `${width} pixels`);
      assert.equal(await page.evaluate(wider), 0, `at ${width} pixels the page scrolls sideways`);
    }
    await page.done();
  });

await test('the default report has its charts and is no larger than 850 kB', async () => {
  const page = await open('crm');
  const charts = () => page.evaluate(() => [...document.querySelectorAll('figure.drawn')].map((f) => f.closest('section').id));
  assert.deepEqual(await charts(), ['distribution', 'fan']);
  await analysts(page);
  await page.waitForTimeout(50);
  for (const id of ['spread-roi', 'spread-npv', 'lines', 'ranking-rank', 'ranking-tornado', 'ranking-oat', 'ranking-sobol', 'ranking-evppi', 'scatter', 'split', 'settling'])
    assert.ok((await charts()).includes(id), id);
  assert.ok(statSync('crm.html').size < 8.5e5, `${statSync('crm.html').size} bytes`);
  await page.done();
});

await test('charts mark what the result says', async () => {
  const page = await open('crm');
  await analysts(page);
  const words = (id) => page.evaluate((i) => [...document.querySelectorAll(`#${i} svg text`)].map((t) => t.textContent), id);
  const { outputs, drivers } = JSON.parse(await page.textContent('#roicast-result'));
  const percent = (x) => `${x < 0 ? '\u2212' : '+'}${Math.abs(Math.round(100 * x))}%`;
  const { mean, percentiles } = outputs.roi;
  const marked = await words('spread-roi');
  for (const p of ['5', '50', '95']) assert.ok(marked.includes(`P${p} ${percent(percentiles[p].value)}`), `P${p} in ${marked}`);
  assert.ok(marked.includes(`Mean ${percent(mean.value)}`), `the mean in ${marked}`);
  for (const p of [5, 25, 50, 75, 95]) assert.ok(marked.includes(`P${p}`), `P${p} on the curve in ${marked}`);
  // the axes have their round values, wherever the first bin begins
  for (const id of ['distribution', 'spread-roi', 'spread-npv', 'split']) {
    const round = (await words(id)).filter((t) => /^[+\u2212]?\$?[\d.]+[%kM]?$/.test(t));
    assert.ok(round.length >= 4, `${id}: ${round}`);
  }
  // the strongest on top: names in the order of ranks
  for (const [method, rank] of [['tornado', (r) => r.rank], ['oat', (r) => r.rank], ['sobol', (r) => r.total.rank]]) {
    const rows = Object.entries(drivers.sensitivity.roi[method]).sort((a, b) => rank(a[1]) - rank(b[1]));
    const shown = await words(`ranking-${method}`);
    const at = rows.slice(0, 6).map(([name]) => shown.indexOf(drivers.bars[name].label));
    assert.deepEqual([...at].sort((a, b) => a - b), at, `${method}: ${shown}`);
    assert.ok(at[0] >= 0, `${method}: ${shown}`);
  }
  // what lies under the pointer
  await page.hover('#spread-roi .drawing');
  const told = () => /At least [+\u2212]?\d+%: \d/.test(document.querySelector('#spread-roi .drawing').innerText);
  await page.waitForFunction(told, undefined, { timeout: 5000 });
  await page.done();
});

for (const [name, colorScheme] of [['crm', 'light'], ['hostile', 'dark'], ['lost', 'dark']])
    await test(`${name} in the ${colorScheme}: axe finds nothing`, async () => {
      const page = await open(name, { colorScheme });
      await analysts(page);
      await page.waitForTimeout(50);
      await page.addScriptTag({ content: axe });
      const found = await page.evaluate(async () => {
        const { violations } = await axe.run(document);
        return violations.map((v) => `${v.id}: ${v.help}; ${v.nodes[0].html.slice(0, 160)} (${v.nodes.length})`);
      });
      assert.deepEqual(found, []);
      await page.done();
    });

await test('by keys alone: the parts open, and where the focus is can be seen', async () => {
  const page = await open('crm');
  const focus = () =>
    page.evaluate(() => {
      const e = document.activeElement;
      return { tag: e.tagName, more: e.closest('#more') !== null, seen: getComputedStyle(e).outlineStyle };
    });
  let at;
  for (let i = 0; i < 40 && !(at?.tag === 'SUMMARY' && at.more); i++) {
    await page.keyboard.press('Tab');
    at = await focus();
    assert.notEqual(at.tag, 'BODY', 'the focus ran off before it came to the analysts\' part');
    assert.notEqual(at.seen, 'none', `nothing shows the focus on ${at.tag}`);
  }
  await page.keyboard.press('Enter');
  assert.ok(await page.evaluate(() => document.getElementById('more').open));
  await page.waitForTimeout(50);
  await page.keyboard.press('Tab');
  assert.ok((await focus()).more);
  await page.done();
});

await test('hostile texts stay texts', async () => {
  const page = await open('hostile');
  await analysts(page);
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  assert.equal(await page.evaluate(() => document.querySelectorAll('main img, main b, main i, main a').length), 0);
  assert.equal(await page.evaluate(() => document.querySelectorAll('h1').length), 1);
  assert.match(await page.textContent('h1'), /<\/script><script>window\.pwned=1<\/script><img src=x/);
  assert.match(await page.textContent('#lines'), /<\/td><\/tr><\/table><h1>out<\/h1>/);
  assert.doesNotMatch(await page.evaluate(() => document.body.innerText), /[\u202A-\u202E\u2066-\u2069]/);
  await page.hover('#lines figure');
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  await page.done();
});

await test('a browser that cannot unpack the charts opens their tables and says so', async () => {
  const page = await open('crm', { before: () => delete window.DecompressionStream });
  await page.waitForSelector('header .notes');
  assert.match(await page.textContent('header'), /cannot unpack the charts/);
  assert.equal(await page.locator('figure svg').count(), 0);
  assert.ok(await page.locator('#distribution table').isVisible());
  await analysts(page);
  assert.ok(await page.locator('#ranking-tornado table').isVisible());
  await page.done();
});

await test('without scripts everything is still said', async () => {
  const page = await open('crm', { javaScriptEnabled: false });
  assert.match(await page.textContent('#answers'), /Losing money/);
  assert.equal(await page.locator('figure:visible').count(), 0);
  await page.locator('#distribution summary').click();
  assert.ok(await page.locator('#distribution table').isVisible());
  assert.ok(await page.locator('#money table').isVisible());
  await page.done();
});

const paper = async (name, prepare = async () => {}) => {
  const page = await open(name, { colorScheme: 'dark' }); // paper is white all the same
  await prepare(page);
  await page.pdf({ path: `${name}.pdf`, preferCSSPageSize: true, printBackground: true });
  const info = execFileSync('pdfinfo', [`${name}.pdf`], { encoding: 'utf8' });
  await page.done();
  return {
    pages: Number(/Pages: +(\d+)/.exec(info)[1]),
    size: /Page size: +(.*)/.exec(info)[1],
    first: execFileSync('pdftotext', ['-f', '1', '-l', '1', '-layout', `${name}.pdf`, '-'], { encoding: 'utf8' }),
  };
};

for (const name of ['crm', 'hostile', 'certain', 'lost', 'numbers'])
  await test(`${name} prints on one sheet of A4`, async () => {
    const { pages, size, first } = await paper(name);
    assert.equal(pages, 1);
    assert.match(size, /A4/);
    assert.match(first, /Redo: roicast run/);
  });

await test('the first sheet is the same with the analysts\' part behind it', async () => {
  const { pages, first } = await paper('crm', analysts);
  assert.ok(pages > 2);
  for (const words of ['Chance of losing money', 'Money over time', 'What drives it', 'Present value'])
    assert.match(first, new RegExp(words));
  assert.doesNotMatch(first, /P50/);
});

await browser.close();
process.exit(failures > 0 ? 1 : 0);
