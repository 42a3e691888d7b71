import { describe, expect, it } from 'vitest';
import { type Tree, treeOf } from '@/lib/blocks';
import {
  allQuotes,
  countOf,
  emptyDraft,
  hasContent,
  type LogDraft,
  mergeDrafts,
  readSentence,
  toBody,
  withReadActs,
  withTree,
} from './draft';

const NOW = '2026-11-24T02:12:00Z';
const draft = (patch: Partial<LogDraft> = {}): LogDraft => ({ ...emptyDraft(7, NOW), ...patch });
const step = (patch: object = {}) => ({
  ...(emptyDraft(7, NOW).steps[0] as LogDraft['steps'][number]),
  ...patch,
});

describe('mergeDrafts', () => {
  it('goes on with the one saved later', () => {
    const device = draft({ summary: '旧', saved_at: '2026-11-24T02:00:00Z' });
    const server = draft({ summary: '新', saved_at: '2026-11-24T02:05:00Z' });
    expect(mergeDrafts(draft(), device, server).summary).toBe('新');
    expect(mergeDrafts(draft(), server, device).summary).toBe('新');
  });
  it('never mixes two drafts', () => {
    const device = draft({ summary: '甲', feedback: '', saved_at: '2026-11-24T02:05:00Z' });
    const server = draft({ summary: '', feedback: '乙', saved_at: '2026-11-24T02:00:00Z' });
    expect(mergeDrafts(draft(), device, server).feedback).toBe('');
  });
  it('starts afresh when there is nothing or nonsense', () => {
    const fresh = draft({ channel: 'phone' });
    for (const bad of [null, 'x', 3, {}, { summary: 1, steps: 2 }, draft()]) {
      expect(mergeDrafts(fresh, bad, null)).toBe(fresh);
    }
  });
  it('adds words brought along to an older draft, once', () => {
    const old = draft({ summary: '旧', saved_at: NOW });
    const once = mergeDrafts(draft({ summary: '新' }), old, null);
    expect(once.summary).toBe('旧\n新');
    expect(mergeDrafts(draft({ summary: '新' }), { ...once, saved_at: NOW }, null).summary).toBe('旧\n新');
  });
  it('fills up fields an older form did not have, and keeps what this one must close', () => {
    const { risks: _, ...old } = draft({ summary: '甲', closes: [1], saved_at: NOW });
    const merged = mergeDrafts(draft({ closes: [2] }), old, null);
    expect(merged.risks).toEqual([]);
    expect(merged.closes).toEqual([2, 1]);
  });
});

describe('a rich content', () => {
  const tree: Tree = [
    { type: 'paragraph', text: [{ text: '王总看了方案' }] },
    { type: 'quote', text: [{ text: '30 天内能到就定' }] },
  ];
  it('is sent as its tree, its quotations are the customer’s words', () => {
    const body = toBody(draft(withTree(tree)), NOW);
    expect(body.summary_blocks).toEqual(tree);
    expect(body.summary).toBe('');
    expect(body.quotes).toEqual(['30 天内能到就定']);
  });
  it('without marks is sent as plain text', () => {
    const body = toBody(draft(withTree(treeOf('王总看了方案\n要分项价'))), NOW);
    expect(body.summary).toBe('王总看了方案\n要分项价');
    expect(body).not.toHaveProperty('summary_blocks');
  });
  it('leaves a quotation too long for the list in the text', () => {
    const long = '长'.repeat(501);
    const body = toBody(draft(withTree([{ type: 'quote', text: [{ text: long }] }])), NOW);
    expect(body.quotes).toEqual([]);
    expect(body.summary_blocks).toHaveLength(1);
  });
  it('lives on in the draft; what is no tree does not', () => {
    const kept = draft({ ...withTree(tree), saved_at: NOW });
    expect(mergeDrafts(draft(), kept, null).summary_blocks).toEqual(tree);
    const spoilt = { ...kept, summary_blocks: [{ type: 'html', html: '<b>' }] };
    expect(mergeDrafts(draft(), spoilt, null)).toMatchObject({ summary: kept.summary, summary_blocks: null });
  });
  it('takes words brought along as further lines', () => {
    const kept = draft({ ...withTree(tree), saved_at: NOW });
    const merged = mergeDrafts(draft({ summary: '又打来一次' }), kept, null);
    expect(merged.summary).toBe('王总看了方案\n“30 天内能到就定”\n又打来一次');
    expect(merged.summary_blocks).toHaveLength(3);
  });
});

describe('toBody', () => {
  it('sends the four inputs and nothing that was not touched', () => {
    const body = toBody(
      draft({
        channel: 'phone',
        summary: ' 他说“交期太长” ',
        steps: [step({ act: '周五 10:00 电话问预算' }), step()],
      }),
      NOW,
    );
    expect(body).toEqual({
      customer_id: 7,
      contact_at: NOW,
      precision: 'minute',
      channel: 'phone',
      summary: '他说“交期太长”',
      feedback: '',
      quotes: ['交期太长'],
      next_steps: [
        { act: '周五 10:00 电话问预算', owner_id: null, due_at: null, precision: 'day', goal: '' },
      ],
    });
  });
  it('keeps a time chosen by hand, else the moment of sending', () => {
    const at = '2026-11-23T01:00:00Z';
    expect(toBody(draft({ contact_at: at, at_by_hand: true }), NOW).contact_at).toBe(at);
    expect(toBody(draft({ contact_at: at }), NOW).contact_at).toBe(NOW);
  });
  it('leaves blank rows of lists out', () => {
    const body = toBody(
      draft({
        needs: [
          { kind: 'price', priority: null, text: '' },
          { kind: 'price', priority: null, text: '80 万内' },
        ],
        risks: ['', '预算没批'],
        qa: [{ q: '', a: '答' }],
      }),
      NOW,
    );
    expect(body.needs).toHaveLength(1);
    expect(body.risks).toEqual(['预算没批']);
    expect(body.qa).toBeUndefined();
  });
});

describe('readSentence', () => {
  const read = {
    act: '问预算',
    owner: { id: 4, name: '周凯' },
    due_at: NOW,
    precision: 'minute' as const,
    goal: '确认预算',
  };
  it('takes person, date and aim from the sentence', () => {
    expect(readSentence(step(), read)).toMatchObject({ owner_id: 4, due_at: NOW, goal: '确认预算' });
  });
  it('sends the act as read, only while the sentence is still the same', () => {
    const steps = [readSentence(step({ act: '周五 10:00 问预算' }), read)];
    const body = toBody(draft({ steps }), NOW);
    expect(withReadActs(body, steps).next_steps[0]).toMatchObject({ act: '问预算', due_at: NOW });
    const later = steps.map((one) => ({ ...one, act: '周六再问' }));
    expect(withReadActs(toBody(draft({ steps: later }), NOW), later).next_steps[0]?.act).toBe('周六再问');
  });
  it('does not touch what was chosen by hand', () => {
    const chosen = step({ due_at: '2026-12-01T02:00:00Z', by_hand: { due: true } });
    expect(readSentence(chosen, read)).toMatchObject({ due_at: '2026-12-01T02:00:00Z', owner_id: 4 });
  });
});

describe('what a draft holds', () => {
  it('counts a quotation once, marked or written apart', () => {
    expect(allQuotes(draft({ summary: '他说“太贵”', quotes: ['太贵', ' 再看看 '] }))).toEqual([
      '太贵',
      '再看看',
    ]);
    expect(countOf(draft({ summary: '他说“太贵”' }), { fields: ['quotes'] })).toBe(1);
    expect(countOf(draft({ details: { amount: 0, topic: ' ' } }), { fields: ['amount', 'topic'] })).toBe(1);
  });
  it('is empty until something is written', () => {
    expect(hasContent(draft({ channel: 'phone', contact_id: 3 }))).toBe(false);
    expect(hasContent(draft({ steps: [step({ act: '问' })] }))).toBe(true);
  });
});
