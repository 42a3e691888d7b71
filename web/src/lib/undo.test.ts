import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { doWithUndo, flushUndo, UNDO_SECONDS, undoLast } from './undo';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  flushUndo();
  vi.useRealTimers();
});

const verb = (key: string) => ({ key, text: key, commit: vi.fn(async () => {}), revert: vi.fn() });

describe('verbs that can be taken back', () => {
  it('go to the server after eight seconds and not before', async () => {
    const done = verb('a1');
    doWithUndo(done, () => {});
    await vi.advanceTimersByTimeAsync(UNDO_SECONDS * 1000 - 1);
    expect(done.commit).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(done.commit).toHaveBeenCalledTimes(1);
  });

  it('never go when undone, the last first', async () => {
    const first = verb('a1');
    const second = verb('a2');
    doWithUndo(first, () => {});
    doWithUndo(second, () => {});
    expect(undoLast()).toBe(true);
    await vi.advanceTimersByTimeAsync(UNDO_SECONDS * 1000);
    expect(second.commit).not.toHaveBeenCalled();
    expect(second.revert).toHaveBeenCalledTimes(1);
    expect(first.commit).toHaveBeenCalledTimes(1);
    expect(undoLast()).toBe(false);
  });

  it('the same row twice is one verb', async () => {
    const once = verb('a1');
    const again = verb('a1');
    doWithUndo(once, () => {});
    doWithUndo(again, () => {});
    await vi.advanceTimersByTimeAsync(UNDO_SECONDS * 1000);
    expect(once.commit).toHaveBeenCalledTimes(1);
    expect(again.commit).not.toHaveBeenCalled();
  });

  it('a refusal puts the row back and is told', async () => {
    const refused = { ...verb('a1'), commit: vi.fn(async () => Promise.reject(new Error('409'))) };
    const told = vi.fn();
    doWithUndo(refused, told);
    await vi.advanceTimersByTimeAsync(UNDO_SECONDS * 1000);
    expect(refused.revert).toHaveBeenCalledTimes(1);
    expect(told).toHaveBeenCalledTimes(1);
  });

  it('leaving the page sends what still waits, once', async () => {
    const waiting = verb('a1');
    doWithUndo(waiting, () => {});
    flushUndo();
    await vi.advanceTimersByTimeAsync(UNDO_SECONDS * 2000);
    expect(waiting.commit).toHaveBeenCalledTimes(1);
  });
});
