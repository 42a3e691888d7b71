import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { expect, it } from 'vitest';

function* classes(root: string): Generator<[name: string, folder: string]> {
  for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.css')) continue;
    for (const [, name = ''] of readFileSync(join(root, path), 'utf8').matchAll(/^\s*\.([a-z][\w-]*)/gm))
      yield [name, path.split(sep)[0] ?? ''];
  }
}

it('gives each class to the styles of one folder of screens, for a sheet stays when its screen is left', () => {
  const common = new Set([...classes('src/app'), ...classes('src/components')].map(([name]) => name));
  const owners = new Map<string, Set<string>>();
  for (const [name, folder] of classes('src/features'))
    owners.set(name, (owners.get(name) ?? new Set()).add(folder));
  const shared = [...owners].filter(([name, folders]) => folders.size > 1 && !common.has(name));
  expect(owners.size).toBeGreaterThan(200);
  expect(shared.map(([name]) => name)).toEqual([]);
});
