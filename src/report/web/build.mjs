// SPDX-License-Identifier: GPL-3.0-or-later
// One bundle of what main.js uses, small, with the licences of what went in.
import { build } from 'esbuild';
import { readFileSync } from 'node:fs';

const version = (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`)).version;

await build({
  entryPoints: ['main.js'],
  outfile: 'report.js',
  bundle: true,
  minify: true,
  format: 'iife',
  target: ['es2020'],
  charset: 'utf8',
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': '"production"' },
  banner: {
    js:
      `/* roicast report charts, GPL-3.0-or-later; with Apache ECharts ${version('echarts')} ` +
      `(Apache License 2.0) and zrender ${version('zrender')} (BSD 3-Clause) */`,
  },
});
// It will stand inside a <script> element.
const text = readFileSync('report.js', 'utf8');
if (/<\/script|<!--/i.test(text)) throw new Error('the bundle would end its <script> element');
