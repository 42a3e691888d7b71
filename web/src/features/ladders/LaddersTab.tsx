import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import {
  type LadderPlan,
  type LadderRule,
  refreshLadders,
  saveLadders,
  tryLadders,
  useLadders,
} from '@/api/ladders';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { useHeld } from '@/lib/held';
import { say, sayFailure } from '@/lib/notify';
import { useSettled } from '@/lib/settled';
import { useUnsaved } from '@/lib/unsaved';
import { locale, t } from '@/locales';
import { RuleCard } from './RuleCard';
import './ladders.css';

interface Draft extends LadderRule {
  /** Tells cards apart while they are moved. */
  id: number;
}
let ids = 0;
const kept = (rule: LadderRule): Draft => {
  ids += 1;
  return { ...rule, id: ids };
};
const bare = ({ id: _, ...rule }: Draft): LadderRule => rule;
const begin = (plan: LadderPlan): Draft[] => plan.rules.map(kept);
const isChanged = (plan: LadderPlan, draft: Draft[]): boolean =>
  JSON.stringify(draft.map(bare)) !== JSON.stringify(plan.rules);
/** What most teams begin with. */
const FIRST: LadderRule = {
  kind: 'node_limit',
  classes: ['A'],
  sources: [],
  nodes: [],
  rungs: [
    { from: 'before', amount: 1, clock: 'days', do: 'remind', to: 'owner' },
    { from: 'due', amount: 0, clock: 'hours', do: 'alert', to: 'owner' },
    { from: 'due', amount: 4, clock: 'hours', do: 'copy', to: 'superior' },
  ],
};

function Editor({ latest }: { latest: LadderPlan }) {
  const { kept: plan, draft, dirty, late, change, reset, settled } = useHeld(latest, begin, isChanged);
  useUnsaved(dirty);
  const [busy, setBusy] = useState(false);
  const rules = draft.map(bare);
  const asked = useSettled(JSON.stringify(rules));
  const seen = useQuery({
    queryKey: ['ladders', 'try', asked],
    queryFn: () => tryLadders(JSON.parse(asked)),
    enabled: asked !== '[]',
    placeholderData: (old) => old,
    retry: false,
    staleTime: 60_000,
  });
  const problems = draft.length ? (seen.data?.problems ?? []) : [];
  const wrong = (at: number) => (part: string) => {
    const found = problems.find((one) => one.field === `rules.${at}.${part}`);
    return found ? found[locale() === 'zh-CN' ? 'zh' : 'en'] : '';
  };
  const save = async () => {
    setBusy(true);
    try {
      settled((await saveLadders(plan.version, rules)).version);
      say(t('ladders.saved'));
    } catch (failure) {
      sayFailure(failure);
    }
    await refreshLadders();
    setBusy(false);
  };
  const move = (at: number, by: number) =>
    change((old) => {
      const next = [...old];
      const [one] = next.splice(at, 1);
      if (one) next.splice(at + by, 0, one);
      return next;
    });
  if (!draft.length && !dirty)
    return (
      <EmptyState title={t('ladders.empty')} hint={t('ladders.empty_hint')}>
        <Button type="primary" onClick={() => change([kept(FIRST)])}>
          {t('ladders.start')}
        </Button>
      </EmptyState>
    );
  return (
    <div className="ld">
      <p className="second">{t('ladders.lead')}</p>
      <ol className="ld-list">
        {draft.map((rule, at) => (
          <RuleCard
            key={rule.id}
            rule={rule}
            at={at}
            count={draft.length}
            plan={plan}
            said={seen.data?.words[at]}
            wrong={wrong(at)}
            set={(next) =>
              change((old) => old.map((one, place) => (place === at ? { ...one, ...next } : one)))
            }
            move={move}
            remove={() => change((old) => old.filter((_, place) => place !== at))}
          />
        ))}
      </ol>
      <div className="ld-foot">
        <Button
          icon={<Plus size={15} strokeWidth={1.6} />}
          onClick={() => change((old) => [...old, kept({ ...FIRST, classes: [] })])}
        >
          {t('ladders.add')}
        </Button>
        <span className="ld-gap" />
        {late ? <span className="verm">{t('ladders.late')}</span> : null}
        {dirty ? (
          <button type="button" className="act" onClick={reset}>
            {t('ladders.reset')}
          </button>
        ) : null}
        <Button
          type="primary"
          disabled={!dirty || late || problems.length > 0}
          loading={busy}
          onClick={() => void save()}
        >
          {t('ladders.save')}
        </Button>
      </div>
    </div>
  );
}

/** 上报阶梯: who hears of a to-do that nobody does, by class, source and node. */
export function LaddersTab() {
  const query = useLadders();
  if (query.error && !query.data)
    return <ErrorState failure={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonRows rows={4} height={96} />;
  return <Editor latest={query.data} />;
}
