import { beforeAll, describe, expect, it } from 'vitest';
import type { DeskItem } from '@/api/types';
import { movedTo } from '@/lib/moving';
import { setServerNow, setZone } from '@/lib/time';
import { setCatalogue } from '@/locales';
import zh from '@/locales/zh-CN';
import { rowKey } from './actions';

const item = (change: Partial<DeskItem>): DeskItem => ({
  id: 7,
  kind: 'next_step',
  why: { zh: '', en: '' },
  why_detail: null,
  due_at: '2026-11-24T06:30:00Z',
  precision: 'minute',
  customer: { id: 3, name: '甲', intent_class: 'A' },
  contact: null,
  act: '电话问结论',
  last_words: null,
  last_at: null,
  last_channel: null,
  stage: null,
  clock: null,
  version: 1,
  ...change,
});

beforeAll(() => {
  setCatalogue('zh-CN', zh);
  setZone('Asia/Shanghai');
  setServerNow('2026-11-24T02:12:00Z');
});

describe('moving a to-do to another day', () => {
  it('keeps the hour that was agreed', () => {
    expect(movedTo(item({}), 1, '18:00')).toEqual({ due_at: '2026-11-25T06:30:00Z', precision: 'minute' });
  });

  it('ends a day without an hour at closing time', () => {
    expect(movedTo(item({ precision: 'day' }), 3, '17:30')).toEqual({
      due_at: '2026-11-27T09:30:00Z',
      precision: 'day',
    });
    expect(movedTo(item({ due_at: null, id: null }), 1, '18:00').precision).toBe('day');
  });
});

describe('the name of a row', () => {
  it('tells to-dos and silent customers apart', () => {
    expect(rowKey(item({}))).toBe('a7');
    expect(rowKey(item({ id: null }))).toBe('c3');
  });
});
