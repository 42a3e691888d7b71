import { expect, it } from 'vitest';
import { answered, askWhose, firstAsked, type Whose } from './whose';

const question = (sentence: string): Whose => ({
  fields: [{ slug: 'text', label: '内容', mine: '甲', theirs: '乙', both: true }],
  clash: { sentence, by: '', at: null },
  save: async () => undefined,
});

it('keeps a second question until the first is answered, under a number of its own', () => {
  expect(firstAsked()).toBeNull();
  askWhose(question('one'));
  askWhose(question('two'));
  const first = firstAsked();
  expect(first?.clash.sentence).toBe('one');
  answered(first?.number ?? 0);
  const second = firstAsked();
  expect(second?.clash.sentence).toBe('two');
  expect(second?.number).not.toBe(first?.number);
  answered(first?.number ?? 0);
  expect(firstAsked()).toBe(second);
  answered(second?.number ?? 0);
  expect(firstAsked()).toBeNull();
});

it('asks nothing where the other touched nothing of mine, and saves mine', () => {
  const saved: string[][] = [];
  const save = async (mine: ReadonlySet<string>) => void saved.push([...mine]);
  const field = { slug: 'title', label: '职务', mine: '总监', theirs: '经理', both: false };
  askWhose({ ...question('none'), fields: [field], save });
  askWhose({ ...question('nothing at all'), fields: [], save });
  expect(firstAsked()).toBeNull();
  expect(saved).toEqual([['title'], []]);
});
