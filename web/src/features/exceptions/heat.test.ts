import { beforeAll, expect, it } from 'vitest';
import type { Heat } from '@/api/exceptions';
import { loadLocale, loadWords } from '@/locales';
import { cellsOf, moved, shade, spanOf } from './heat';

beforeAll(async () => {
  await loadLocale('zh-CN');
  await loadWords('exceptions');
});

it('shades a cell against the fullest one, and few of few as few', () => {
  expect([0, 1, 2, 3, 6].map((n) => shade(n, 6))).toEqual([0, 1, 2, 3, 4]);
  expect([1, 2].map((n) => shade(n, 2))).toEqual([1, 2]);
  expect([1, 50, 99, 100].map((n) => shade(n, 100))).toEqual([1, 3, 4, 4]);
});

it('draws 0 where nothing is stuck', () => {
  const heat: Heat = {
    nodes: [{ key: 'demo', zh: '产品演示', en: 'Demo' }],
    teams: [{ id: 1, name: '一部' }],
    cells: [{ node: 'demo', team: 1, n: 2, hours: 30 }],
    elsewhere: 0,
  };
  const cell = cellsOf(heat);
  expect(cell('demo', 1)).toEqual({ n: 2, hours: 30, shade: 2 });
  expect(cell('demo', 2)).toEqual({ n: 0, hours: 0, shade: 0 });
});

it('says hours below a day and days with one decimal', () => {
  expect([0.2, 5.4, 24, 67.2, 480].map(spanOf)).toEqual(['1小时', '5小时', '1天', '2.8天', '20天']);
});

it('walks with the arrows and stops at the edge', () => {
  expect(moved('ArrowDown', 0, 0, 2, 2)).toEqual([1, 0]);
  expect(moved('ArrowUp', 0, 0, 2, 2)).toBeNull();
  expect(moved('ArrowRight', 1, 1, 2, 2)).toBeNull();
  expect(moved('Enter', 0, 0, 2, 2)).toBeNull();
});
