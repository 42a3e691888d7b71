import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

it('listens for keys before a screen is painted, for a key may come as soon as the screen is seen', () => {
  const effects: [path: string, effect: string][] = [];
  for (const path of readdirSync('src', { recursive: true, encoding: 'utf8' })) {
    if (!/\.tsx?$/.test(path) || path.includes('.test.')) continue;
    const parts = readFileSync(join('src', path), 'utf8').split(/\b(use(?:Layout)?Effect)\(/);
    for (let at = 1; at < parts.length; at += 2)
      if (parts[at + 1]?.includes("addEventListener('keydown'")) effects.push([path, parts[at] ?? '']);
  }
  expect(effects.length).toBe(4);
  expect(effects.filter(([, effect]) => effect !== 'useLayoutEffect')).toEqual([]);
});
