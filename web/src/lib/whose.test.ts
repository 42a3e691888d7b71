import { expect, it } from 'vitest';
import { answered, askWhose, firstAsked, type Whose } from './whose';

const question = (sentence: string): Whose => ({
  fields: [],
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
