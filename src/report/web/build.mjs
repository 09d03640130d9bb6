// SPDX-License-Identifier: GPL-3.0-or-later
// One bundle of what main.js uses, small.
import { build } from 'esbuild';
import { readFileSync } from 'node:fs';

await build({
  entryPoints: ['main.js'],
  outfile: 'report.js',
  bundle: true,
  minify: true,
  format: 'iife',
  target: ['es2021'],
  charset: 'utf8',
  legalComments: 'none',
  banner: { js: '/* roicast report charts, GPL-3.0-or-later */' },
});
// It will stand inside a <script> element.
const text = readFileSync('report.js', 'utf8');
if (/<\/script|<!--/i.test(text)) throw new Error('the bundle would end its <script> element');
