import { describe, expect, it } from 'vitest';
import type { CustomerPath, PathNode } from '@/api/process';
import type { StageStep } from '@/api/types';
import { setCatalogue } from '@/locales';
import zh from '@/locales/zh-CN';
import { missingOf, stepsOf } from './steps';

setCatalogue('zh-CN', zh as unknown as Record<string, Record<string, string>>);
const node = (key: string, state: PathNode['state'], values: Partial<PathNode> = {}): PathNode => ({
  key,
  zh: key,
  en: key,
  state,
  entered_at: null,
  left_at: null,
  worked_minutes: 0,
  passages: 0,
  late: false,
  optional: false,
  beside: null,
  ...values,
});
const clock = { share: 0.5, state: 'ok' as const, zh: '剩 1 天', en: '1 day left' };
const limit = { zh: '7 天', en: '7 days' };
const stages: StageStep[] = [
  { key: 'a', zh: 'a', en: 'a', state: 'done', limit },
  { key: 'b', zh: 'b', en: 'b', state: 'current', limit: null, clock },
];
const path: CustomerPath = {
  playbook: { key: 'p', title: limit },
  nodes: [
    node('a', 'done', { entered_at: '2026-11-06T00:00:00Z', left_at: '2026-11-26T00:00:00Z' }),
    node('x', 'skipped'),
    node('b', 'now'),
    node('s', 'side', { beside: 'b' }),
    node('c', 'ahead'),
  ],
  now: {
    action: '',
    output: '',
    owner: null,
    required_missing: [
      { field: 'industry', label: { zh: '行业', en: 'Industry' } },
      { field: 'budget', label: { zh: '预算', en: 'Budget' } },
    ],
    gate: {
      to: 'c',
      strict: true,
      items: [
        { kind: 'field', zh: '填写预算', en: 'Budget', met: false, field: 'budget' },
        { kind: 'record', zh: '有记录', en: 'A record', met: true },
      ],
    },
    assets: [],
    limit,
    clock,
    side: [],
  },
  next: ['c'],
  back: ['a'],
  others: [],
};

describe('the path on the page', () => {
  it('is what the page knows until the path has come', () => {
    expect(stepsOf(stages, undefined).map((one) => [one.key, one.state])).toEqual([
      ['a', 'done'],
      ['b', 'current'],
    ]);
  });

  it('then shows what was skipped and how long it stayed, without what runs beside', () => {
    const steps = stepsOf(stages, path);
    expect(steps.map((one) => [one.key, one.state])).toEqual([
      ['a', 'done'],
      ['x', 'skipped'],
      ['b', 'current'],
      ['c', 'todo'],
    ]);
    expect(steps[0]).toMatchObject({ used: '20 天', limit });
    expect(steps[2]).toMatchObject({ clock, limit });
  });

  it('names each missing thing once', () => {
    expect(missingOf(undefined)).toEqual([]);
    expect(missingOf(path).map((one) => one.zh)).toEqual(['填写预算', '行业']);
  });
});
