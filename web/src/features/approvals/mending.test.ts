import { describe, expect, it } from 'vitest';
import { linesIn, linesOut, stepInputs, stepsOut, wayOf } from './mending';

describe('mending a returned field', () => {
  it('knows the input of each field', () => {
    expect(
      ['next_steps', 'contact_at', 'risks', 'objections', 'summary'].map((slug) =>
        wayOf(slug, false, 'longtext'),
      ),
    ).toEqual(['steps', 'when', 'lines', 'lines', 'text']);
    expect(wayOf('channel', true, 'option')).toBe('option');
    expect(wayOf('topic', false, 'text')).toBe('line');
    expect(wayOf('satisfaction', false, 'rating')).toBe('elsewhere');
    expect(wayOf('cf_3', false, 'rating')).toBe('own');
  });

  it('sends only steps that say something', () => {
    const inputs = stepInputs([
      { act: '发清单', due_at: '2026-11-27T02:00:00Z', precision: 'minute', goal: '', owner: null },
    ]);
    expect(stepsOut([...inputs, { key: 9, act: ' ', due: null, goal: '' }])).toEqual([
      { act: '发清单', due_at: '2026-11-27T02:00:00Z', goal: '', precision: 'minute' },
    ]);
    expect(stepInputs([])).toHaveLength(1);
  });

  it('keeps the answer of an objection whose words change', () => {
    const old = [{ kind: 'price', text: '嫌贵', answer: '分期' }];
    expect(linesIn(old)).toBe('嫌贵');
    expect(linesOut('objections', '嫌首付高\n交期长', old)).toEqual([
      { kind: 'price', text: '嫌首付高', answer: '分期' },
      { text: '交期长' },
    ]);
    expect(linesOut('risks', ' 现金流 \n\n', [])).toEqual(['现金流']);
  });
});
