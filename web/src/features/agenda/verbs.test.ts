import { expect, it } from 'vitest';
import type { AgendaItem } from '@/api/types';
import { verbsOf } from './actions';

const of = (kind: string, customer = true) =>
  verbsOf({
    id: 1,
    kind,
    customer: customer ? { id: 3 } : null,
    source: { type: 'followup', id: 9 },
  } as AgendaItem);

it('ticks and moves plain to-dos only, and logs where there is a customer', () => {
  expect(of('todo')).toEqual({ settle: null, elsewhere: null, own: true, log: true });
  expect(of('todo', false)).toEqual({ settle: null, elsewhere: null, own: true, log: false });
});

it('takes over and answers instead of ticking', () => {
  expect(of('takeup')).toEqual({ settle: 'takeup', elsewhere: null, own: false, log: true });
  expect(of('help')).toEqual({ settle: 'help', elsewhere: null, own: false, log: false });
});

it('leads to the page where a verdict is given or a record mended', () => {
  expect(of('review')).toMatchObject({ elsewhere: '/reviews?which=records', own: false, log: false });
  expect(of('handover')).toMatchObject({ elsewhere: '/handovers/9', own: false, log: false });
  expect(of('mend')).toMatchObject({ elsewhere: '/reviews/mend/9', own: false, log: false });
});
