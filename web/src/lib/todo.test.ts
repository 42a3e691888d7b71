import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { setCatalogue } from '@/locales';
import zh from '@/locales/zh-CN';
import { setServerNow, setZone } from './time';
import { finishTodo, moveTodo, type Todo } from './todo';
import { UNDO_SECONDS } from './undo';
import { askWhose, type Whose } from './whose';

const asked = vi.hoisted(() => [] as (Whose | null)[]);
vi.mock('./whose', () => ({ askWhose: (next: Whose | null) => asked.push(next) }));

const item: Todo = {
  id: 7,
  version: 1,
  act: '电话问结论',
  due_at: '2026-11-24T06:30:00Z',
  precision: 'minute',
  customer: { id: 3 },
};
const to = { due_at: '2026-11-27T06:30:00Z', precision: 'minute' as const };
const sent: { path: string; body: Record<string, unknown> }[] = [];

/** The first call is refused as somebody else was faster; the next ones are taken. */
function fasterWith(theirs: Record<string, unknown>) {
  const clash = {
    code: 'conflict',
    message: '刘洋刚改过这条：时间。留谁的？',
    version: 4,
    by: { name: '刘洋' },
    theirs,
  };
  vi.stubGlobal('fetch', async (url: string, options: RequestInit) => {
    sent.push({ path: url, body: JSON.parse(String(options.body)) });
    const [status, body] = sent.length === 1 ? [409, clash] : [200, {}];
    return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
  });
}

beforeAll(() => {
  setCatalogue('zh-CN', zh);
  setZone('Asia/Shanghai');
  setServerNow('2026-11-24T02:12:00Z');
  vi.stubGlobal('document', { cookie: '' });
});
beforeEach(() => {
  sent.length = 0;
  asked.length = 0;
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());
const wait = () => vi.advanceTimersByTimeAsync(UNDO_SECONDS * 1000 + 50);

it('asks whose day stays when another moved the to-do too', async () => {
  fasterWith({ act: '电话问结论', due_at: '2026-11-25T06:30:00Z', owner_id: 2 });
  moveTodo(item, to);
  await wait();
  expect(asked[0]?.clash.sentence).toBe('刘洋刚改过这条：时间。留谁的？');
  expect(asked[0]?.fields[0]).toMatchObject({
    mine: '11月27日 14:30',
    theirs: '明天 14:30',
    both: true,
  });
  await asked[0]?.save(new Set());
  expect(sent.length).toBe(1);
  await asked[0]?.save(new Set(['todo']));
  expect(sent[1]?.body).toEqual({ version: 4, ...to });
});

it('sends again without a question when the other left the day alone', async () => {
  fasterWith({ act: '电话问结论', due_at: '2026-11-24T06:30:00+00:00', owner_id: 2 });
  moveTodo(item, to);
  await wait();
  expect(asked).toEqual([]);
  expect(sent[1]?.body).toEqual({ version: 4, ...to });
});

it('asks before it closes what another has changed', async () => {
  fasterWith({ act: '电话问结论', due_at: '2026-11-24T06:30:00Z', owner_id: 2 });
  finishTodo(item);
  await wait();
  expect(asked[0]?.fields[0]?.mine).toBe('完成');
  expect(askWhose).toBeDefined();
});
