import { useQuery } from '@tanstack/react-query';
import { Button, InputNumber } from 'antd';
import { Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { ApiError } from '@/api/client';
import { type PoolPlan, previewPools, refreshPools, savePools, usePoolPlan } from '@/api/pools';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { SubjectProvider } from '@/components/list/kind';
import { SkeletonRows } from '@/components/Skeletons';
import { useHeld } from '@/lib/held';
import { words } from '@/lib/names';
import { say, sayFailure } from '@/lib/notify';
import { useLabels } from '@/lib/options';
import { useSettled } from '@/lib/settled';
import { useUnsaved } from '@/lib/unsaved';
import { t } from '@/locales';
import { begin, type Draft, isChanged, moved, newPool, valuesOf } from './draft';
import { PoolCard } from './PoolCard';
import { Tonight } from './Tonight';
import './rules.css';

/** Which pool a refusal is about: `pools.2` is the third. */
function placeOf(failure: unknown): number | null {
  const found = failure instanceof ApiError ? /^pools\.(\d+)/.exec(failure.field ?? '') : null;
  return found ? Number(found[1]) : null;
}

/** What a pool may ask of a customer: a pool says of departments itself, and what lies in it is nobody's. */
function useSubjectOfPools() {
  const labels = useLabels();
  return useMemo(() => {
    const asked = labels.fields('customer').filter((one) => !['owner', 'department'].includes(one.slug));
    return { record: 'customer', labels: { ...labels, fields: () => asked } };
  }, [labels]);
}

const CAPS = [
  ['claims_a_day', 'pools.caps_day'],
  ['most_held', 'pools.caps_held'],
  ['most_untouched', 'pools.caps_untouched'],
] as const;

function Editor({ latest }: { latest: PoolPlan }) {
  const { kept: plan, draft, dirty, late, change, reset, settled } = useHeld(latest, begin, isChanged);
  useUnsaved(dirty);
  const subject = useSubjectOfPools();
  const [busy, setBusy] = useState(false);
  const { pools, ...caps } = draft;
  const setPools = (next: Draft[]) => change((old) => ({ ...old, pools: next }));
  const sent = pools.map(valuesOf);
  const asked = useSettled(JSON.stringify(sent));
  const preview = useQuery({
    queryKey: ['pools', 'try', asked],
    queryFn: () => previewPools(JSON.parse(asked)),
    enabled: asked !== '[]',
    placeholderData: (old) => old,
    retry: false,
    staleTime: 60_000,
  });
  const wrongAt = placeOf(preview.error);
  const save = async () => {
    setBusy(true);
    try {
      settled((await savePools(plan.version, caps, sent)).version);
      say(t('pools.saved'));
    } catch (failure) {
      sayFailure(failure);
    }
    refreshPools();
    setBusy(false);
  };
  if (!pools.length && !dirty)
    return (
      <EmptyState title={t('pools.rules_empty')} hint={t('pools.rules_empty_hint')}>
        <Button type="primary" onClick={() => setPools([newPool(true)])}>
          {t('pools.start')}
        </Button>
      </EmptyState>
    );
  return (
    <SubjectProvider value={subject}>
      <p className="second pool-rules-line">{t('pools.rules_line')}</p>
      <div className="pool-rules">
        <div>
          <div className="sheet pool-rule">
            <div className="pool-line">
              <span className="pool-word">{t('pools.caps_title')}</span>
              {CAPS.map(([key, label]) => (
                <span className="pool-part" key={key}>
                  {t(label)}
                  <InputNumber
                    aria-label={t(label)}
                    className="pool-days"
                    min={1}
                    precision={0}
                    value={caps[key]}
                    placeholder={t('pools.never')}
                    onChange={(value) => change((old) => ({ ...old, [key]: value }))}
                  />
                  {t('pools.firms')}
                </span>
              ))}
              <span className="meta">{t('pools.caps_note')}</span>
              {plan.over.length ? (
                <span className="amber">
                  {t('pools.over_now', {
                    names: plan.over
                      .map((one) => `${one.name} ${one.held} / ${one.most}`)
                      .join(t('common.list')),
                  })}
                </span>
              ) : null}
            </div>
          </div>
          <ol className="pool-rule-list">
            {pools.map((pool, at) => {
              const stored = plan.pools.find((one) => one.id === pool.id);
              const each = wrongAt === null ? preview.data?.pools[at] : undefined;
              return (
                <PoolCard
                  key={pool.key}
                  pool={pool}
                  at={at}
                  count={pools.length}
                  notes={
                    <span className="meta">
                      {[
                        stored ? t('pools.lying', { n: stored.count }) : '',
                        each ? t('pools.impact_each', { ...each }) : '',
                      ]
                        .filter(Boolean)
                        .join(' · ')}
                    </span>
                  }
                  wrong={wrongAt === at ? (preview.error as Error).message : words(stored?.wrong)}
                  set={(next) =>
                    setPools(pools.map((one, place) => (place === at ? { ...one, ...next } : one)))
                  }
                  move={(from, by) => setPools(moved(pools, from, by))}
                  remove={() => setPools(pools.filter((_, place) => place !== at))}
                />
              );
            })}
          </ol>
          <div className="pool-rules-foot">
            <Button
              icon={<Plus size={15} strokeWidth={1.6} />}
              onClick={() => setPools([newPool(pools.length === 0), ...pools])}
            >
              {t('pools.add')}
            </Button>
            <span className="pool-gap" />
            {late ? <span className="verm">{t('pools.late')}</span> : null}
            {dirty ? (
              <button type="button" className="act" onClick={reset}>
                {t(late ? 'pools.read_again' : 'pools.reset')}
              </button>
            ) : null}
            <Button
              type="primary"
              disabled={!dirty || late || preview.isError}
              loading={busy}
              onClick={() => void save()}
            >
              {t('pools.save')}
            </Button>
          </div>
        </div>
        <Tonight preview={preview.data} failure={wrongAt === null ? preview.error : null} />
      </div>
    </SubjectProvider>
  );
}

/** The pools as sentences, and beside them what this night would do. */
export function RulesTab() {
  const query = usePoolPlan();
  if (query.error && !query.data)
    return <ErrorState failure={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonRows rows={4} height={96} />;
  return <Editor latest={query.data} />;
}
