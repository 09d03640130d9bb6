// SPDX-License-Identifier: GPL-3.0-or-later
// One bundle of what main.js uses, with the licences of what went in, packed into the script that unpacks it
// (load.js): report.js.
import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const version = (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`)).version;

const usual = {
  bundle: true,
  minify: true,
  format: 'iife',
  target: ['es2021'],
  charset: 'utf8',
  legalComments: 'none',
};

const charts = await build({
  ...usual,
  entryPoints: ['main.js'],
  write: false,
  define: { 'process.env.NODE_ENV': '"production"' },
});

await build({
  ...usual,
  entryPoints: ['load.js'],
  outfile: 'report.js',
  define: { PACKED: JSON.stringify(gzipSync(charts.outputFiles[0].contents, { level: 9 }).toString('base64')) },
  banner: {
    js:
      `/* roicast report charts, GPL-3.0-or-later; with Apache ECharts ${version('echarts')} ` +
      `(Apache License 2.0) and zrender ${version('zrender')} (BSD 3-Clause); packed by gzip */`,
  },
});
// It will stand inside a <script> element.
const text = readFileSync('report.js', 'utf8');
if (/<\/script|<!--/i.test(text)) throw new Error('the bundle would end its <script> element');
