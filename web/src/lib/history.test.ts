import { expect, it } from 'vitest';
import { begin, everywhere, redone, STEPS, stepped, undone } from '@/lib/history';

it('goes back and forth, and forgets what was ahead of a new step', () => {
  const three = stepped(stepped(begin(1), 2), 3);
  expect(undone(three).now).toBe(2);
  expect(redone(undone(three))).toEqual(three);
  expect(undone(undone(undone(three))).now).toBe(1);
  expect(redone(three)).toBe(three);
  expect(stepped(undone(three), 9).future).toEqual([]);
  expect(stepped(three, 3)).toBe(three);
});

it('takes the letters of one word as one step', () => {
  const typed = stepped(stepped(stepped(begin(''), 'a', 'zh:x'), 'ab', 'zh:x'), 'abc', 'zh:x');
  expect(undone(typed).now).toBe('');
  const other = stepped(typed, 'abc!', 'en:x');
  expect(undone(other).now).toBe('abc');
  expect(stepped(undone(other), 'abcd', 'zh:x').past).toEqual(['', 'abc']);
});

it('keeps the last hundred steps', () => {
  let history = begin(0);
  for (let at = 1; at <= STEPS + 20; at += 1) history = stepped(history, at);
  expect(history.past).toHaveLength(100);
  expect(history.past[0]).toBe(20);
});

it('changes every state alike', () => {
  const history = undone(stepped(stepped(begin(1), 2), 3));
  expect(everywhere(history, (one) => one * 10)).toMatchObject({ past: [10], now: 20, future: [30] });
});
