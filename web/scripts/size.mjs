// The gzip size of a cold visit to the customer list: every script and style sheet the browser must load.
// Usage: npm run build && npm run size. Fails above the budget.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const BUDGET_KB = 300;
const DIST = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', DIST), 'utf8'));
const ROOTS = [
  'index.html',
  'src/features/customers/list/ListPage.tsx',
  'src/locales/zh-CN.ts',
  'src/features/notify/Bell.tsx',
];

const files = new Set();
function visit(key) {
  const chunk = manifest[key];
  if (!chunk) throw new Error(`not in the manifest: ${key}`);
  if (files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const sheet of chunk.css ?? []) files.add(sheet);
  for (const next of chunk.imports ?? []) visit(next);
}
for (const root of ROOTS) visit(root);

let total = 0;
for (const file of [...files].sort()) {
  const size = gzipSync(readFileSync(new URL(file, DIST)), { level: 9 }).length;
  total += size;
  console.log(`${(size / 1000).toFixed(1).padStart(7)} kB  ${file}`);
}
console.log(`${(total / 1000).toFixed(1).padStart(7)} kB  cold customer list (budget ${BUDGET_KB})`);
process.exit(total > BUDGET_KB * 1000 ? 1 : 0);
