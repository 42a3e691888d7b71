import { expect, it } from 'vitest';
import { newState, sentStates, statesOf } from './states';

it('sends states as they were read, new ones named by their words', () => {
  const read = statesOf([
    { key: 'asked', zh: '待审', en: 'Asked', color: '#4A86D8', closed: false, next: ['sent'] },
    { key: 'sent', zh: '已寄出', en: '已寄出', color: '', closed: true, next: null },
  ]);
  expect(sentStates(read)).toEqual([
    { key: 'asked', zh: '待审', en: 'Asked', color: '#4A86D8', next: ['sent'] },
    { key: 'sent', zh: '已寄出', closed: true },
  ]);
  const fresh = newState(' 不寄 ', '#C0563B', true);
  const [first, ...rest] = read;
  const next = [{ ...first, next: ['sent', fresh.uid] }, ...rest, fresh, newState()];
  const sent = sentStates(next as typeof read);
  expect(sent[0]?.next).toEqual(['sent', '不寄']);
  expect(sent[2]).toEqual({ zh: '不寄', color: '#C0563B', closed: true });
  expect(sent).toHaveLength(3);
});
