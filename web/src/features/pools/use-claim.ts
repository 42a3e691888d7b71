import { useState } from 'react';
import { useNavigate } from 'react-router';
import { askForCustomer, claimCustomer, type Pooled, refreshPools } from '@/api/pools';
import type { Id } from '@/api/types';
import { shortFirm } from '@/lib/names';
import { say, sayFailure } from '@/lib/notify';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';

export interface Claim {
  busy: Id | null;
  take: (row: Pick<Pooled, 'id' | 'name'>, firstAt?: string | null) => Promise<void>;
  ask: (row: Pick<Pooled, 'id' | 'name'>, why: string) => Promise<void>;
}

/** 领取 and 申请领取; whoever comes too late reads who was faster, and the list is read anew. */
export function useClaim(done: () => void): Claim {
  const navigate = useNavigate();
  const [busy, setBusy] = useState<Id | null>(null);
  const run = async (id: Id, go: () => Promise<void>) => {
    setBusy(id);
    try {
      await go();
      done();
    } catch (failure) {
      sayFailure(failure);
    } finally {
      setBusy(null);
      refreshPools(id);
    }
  };
  return {
    busy,
    take: ({ id, name }, firstAt = null) =>
      run(id, async () => {
        const { due_at } = await claimCustomer(id, firstAt);
        const firm = shortFirm(name);
        const text = due_at
          ? t('pools.claimed_by', { name: firm, when: formatWhen(due_at) })
          : t('pools.claimed', { name: firm });
        say(text, 'ok', { label: t('pools.open'), run: () => navigate(`/customers/${id}`) });
      }),
    ask: ({ id, name }, why) =>
      run(id, async () => {
        const { asked } = await askForCustomer(id, why);
        say(t('pools.asked', { name: shortFirm(name), who: asked }));
      }),
  };
}
