import { describe, expect, it, vi } from 'vitest';

vi.mock('@/app/preferences', () => ({ setLocale: vi.fn(), setTheme: vi.fn() }));
const { safeNext } = await import('./enter');

describe('where a login leads', () => {
  it('follows a path of this site', () => {
    expect(safeNext('/customers?view=silent')).toBe('/customers?view=silent');
  });

  it('never leaves it', () => {
    for (const next of [
      null,
      '',
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      'javascript:alert(1)',
    ]) {
      expect(safeNext(next)).toBe('/today');
    }
  });
});
