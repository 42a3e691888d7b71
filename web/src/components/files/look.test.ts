import { expect, test } from 'vitest';
import { lookOf } from './look';

test('what is looked into how', () => {
  expect(['a.PNG', 'b.pdf', '纪要.docx', '清单.XLSX', 'c.zip'].map(lookOf)).toEqual([
    'page',
    'page',
    'text',
    'text',
    'none',
  ]);
});
