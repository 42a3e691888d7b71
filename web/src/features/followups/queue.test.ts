import { describe, expect, it } from 'vitest';
import { ApiError, OfflineError } from '@/api/client';
import type { Logged } from '@/api/followups';
import { enqueue, flush, type Shelf, type Waiting } from './queue';

function shelfOf(...keys: string[]): Shelf {
  let items = keys.map((key) => item(key));
  return {
    read: () => items,
    write: (next) => {
      items = next;
    },
  };
}
const item = (key: string): Waiting => ({
  key,
  what: 'followup',
  body: {} as Waiting['body'],
  customer: '恒锐',
  at: '',
});
const logged = {} as Logged;

describe('the queue of unsent records', () => {
  it('keeps one entry for one key', () => {
    const shelf = shelfOf('a');
    enqueue({ ...item('a'), customer: '新' }, shelf);
    expect(shelf.read().map((one) => one.customer)).toEqual(['新']);
  });
  it('sends in the order of writing and forgets what was written', async () => {
    const shelf = shelfOf('a', 'b');
    const seen: string[] = [];
    const result = await flush(shelf, async (one) => {
      seen.push(one.key);
      return logged;
    });
    expect(seen).toEqual(['a', 'b']);
    expect(result).toEqual({ sent: 2, refused: 0 });
    expect(shelf.read()).toEqual([]);
  });
  it('leaves to the page what may still be taken back, and sends it when that time is over', async () => {
    const shelf = shelfOf('a');
    shelf.write([{ ...item('a'), held: Date.now() + 60_000 }]);
    expect(await flush(shelf, async () => logged)).toEqual({ sent: 0, refused: 0 });
    shelf.write([{ ...item('a'), held: Date.now() - 1 }]);
    expect(await flush(shelf, async () => logged)).toEqual({ sent: 1, refused: 0 });
  });
  it('stops without network and loses nothing', async () => {
    const shelf = shelfOf('a', 'b');
    await flush(shelf, async () => {
      throw new OfflineError();
    });
    expect(shelf.read().map((one) => one.key)).toEqual(['a', 'b']);
  });
  it('keeps a refused record with its reason and goes on with the next', async () => {
    const shelf = shelfOf('a', 'b');
    const result = await flush(shelf, async (one) => {
      if (one.key === 'a') throw new ApiError(422, { message: '没写下一步' });
      return logged;
    });
    expect(result).toEqual({ sent: 1, refused: 1 });
    expect(shelf.read()).toMatchObject([{ key: 'a', refused: '没写下一步' }]);
  });
  it('waits on after a fault of the server or a lost login', async () => {
    for (const status of [401, 500, 503]) {
      const shelf = shelfOf('a');
      await flush(shelf, async () => {
        throw new ApiError(status, {});
      });
      expect(shelf.read()[0]?.refused).toBeUndefined();
    }
  });
});
