import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('../', import.meta.url).pathname;
const DOCUMENT = JSON.parse(readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, Record<string, unknown>>;
};
const CALL = /api\s*\.(get|post|put|patch|delete)(?:<(?:[^<>]|<[^<>]*>)*>)?\(\s*(['"`])(\/[^'"`]*)\2/g;

const bare = (path: string) =>
  path
    .replace(/\$\{[^}]*\}/g, '{}')
    .replace(/\{[^}]*\}/g, '{}')
    .replace(/\?.*$/, '');

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.'))
    .map((name) => join(folder, name));
}

/** Every call of the screens as `get /customers/{}`. */
function calls(): { call: string; file: string }[] {
  return sources(ROOT).flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(CALL)].map((hit) => ({
      call: `${hit[1]} ${bare(hit[3] ?? '')}`,
      file: file.slice(ROOT.length),
    })),
  );
}

describe('the screens and the published API', () => {
  const known = new Set(
    Object.entries(DOCUMENT.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${bare(path).replace('/api/v1', '')}`),
    ),
  );

  it('call only what the server offers', () => {
    expect(calls().filter(({ call }) => !known.has(call))).toEqual([]);
  });

  it('are really looked at', () => {
    const seen = new Set(calls().map(({ call }) => call));
    for (const call of ['get /desk/today', 'post /agenda/{}/done', 'get /customers', 'post /session']) {
      expect(seen).toContain(call);
    }
  });

  it('share types made from the present description', async () => {
    const made = astToString(await openapiTS(JSON.stringify(DOCUMENT), { defaultNonNullable: false }));
    const kept = readFileSync(new URL('schema.d.ts', import.meta.url), 'utf8');
    expect(kept.endsWith(made)).toBe(true);
    // Made in a second, on a machine that has nothing else to do.
  }, 60_000);
});
