import { describe, expect, it } from 'vitest';
import type { Finding } from '@/api/types';
import { fromWallText, toWallText } from '@/lib/wall';
import { split } from './ChannelRow';
import { emptyDraft } from './draft';
import { fixable, fixLabel, fixOf, partOf, visible } from './findings';

const NOW = '2026-11-24T02:12:00Z';
const finding = (patch: Partial<Finding>): Finding => ({
  rule: 'x',
  severity: 'error',
  field: 'summary',
  span: null,
  message: { zh: '', en: '' },
  why: '',
  example: null,
  suggestion: null,
  fix: null,
  ...patch,
});

describe('findings', () => {
  it('belong to an input by slug or by header', () => {
    expect(partOf('跟进内容')).toBe('summary');
    expect(partOf('next_steps[0].act')).toBe('next_steps');
    expect(partOf(null)).toBeNull();
  });
  it('wait until the text was left or is longer than 12 characters', () => {
    const draft = { ...emptyDraft(1, NOW), summary: '刚开始写' };
    expect(visible([finding({})], draft, new Set(), false)).toHaveLength(0);
    expect(visible([finding({})], draft, new Set(['summary']), false)).toHaveLength(1);
    expect(
      visible([finding({})], { ...draft, summary: '已经写了不止十二个字的内容' }, new Set(), false),
    ).toHaveLength(1);
    expect(visible([finding({})], draft, new Set(), true)).toHaveLength(1);
  });
  it('show the graver first', () => {
    const draft = emptyDraft(1, NOW);
    const rows = visible([finding({ severity: 'warning' }), finding({})], draft, new Set(), true);
    expect(rows.map((row) => row.severity)).toEqual(['error', 'warning']);
  });
  it('a fix of the next step is read anew, also what was chosen by hand', () => {
    const draft = emptyDraft(1, NOW);
    draft.steps = [
      { ...(draft.steps[0] as (typeof draft.steps)[0]), act: '等', due_at: NOW, by_hand: { due: true } },
    ];
    const patch = fixOf(finding({ field: '下一步计划', fix: '周五 10:00 电话问李经理' }), draft);
    expect(patch?.steps?.[0]).toMatchObject({ act: '周五 10:00 电话问李经理', due_at: null, by_hand: {} });
    expect(fixOf(finding({ fix: null }), draft)).toBeNull();
  });
  it('offer a fix that mends several findings once', () => {
    const draft = emptyDraft(1, NOW);
    const rows = [
      finding({ field: 'next_steps', fix: null }),
      finding({ rule: 'vague', field: 'next_steps', fix: '周五问' }),
      finding({ rule: 'wait', field: 'next_steps', fix: '周五问' }),
      finding({ field: 'summary', fix: '换成原话' }),
    ];
    expect(fixable(rows, draft).map((one) => one.fix)).toEqual(['周五问', '换成原话']);
  });
  it('a long text on the button gives way to what it does', () => {
    expect(fixLabel(finding({ fix: '周五 10:00 电话问李经理' }))).toBe('周五 10:00 电话问李经理');
    expect(
      fixLabel(finding({ fix: '长'.repeat(60), suggestion: { zh: '换成他的原话', en: 'Use his words' } })),
    ).toBe('换成他的原话');
  });
});

describe('time as text', () => {
  it('goes there and back in the zone of the organisation', () => {
    expect(toWallText(NOW)).toBe('2026-11-24T10:12');
    expect(fromWallText('2026/11/24 10：12')).toBe(NOW);
    expect(fromWallText('2026年11月24日 10:12')).toBe(NOW);
  });
  it('refuses days and hours that do not exist', () => {
    for (const bad of ['2026-02-30 10:00', '2026-11-24 25:00', '2026-11-24', ''])
      expect(fromWallText(bad)).toBeNull();
  });
});

it('five ways stand in the row, the chosen one always among them', () => {
  const options = ['phone', 'wechat', 'wecom', 'sms', 'email', 'visit', 'meeting'].map((key) => ({
    key,
    zh: key,
    en: key,
  }));
  expect(split(options, 'phone').row.map((one) => one.key)).toEqual([
    'phone',
    'wechat',
    'visit',
    'meeting',
    'email',
  ]);
  expect(split(options, 'sms').row.map((one) => one.key)).toContain('sms');
  expect(split(options, 'sms').row).toHaveLength(5);
});
