import { useQuery } from '@tanstack/react-query';
import { Button, Switch } from 'antd';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { ApiError } from '@/api/client';
import { PLAN, type Plan, previewRules, savePlan, usePlan } from '@/api/ownership';
import { queryClient } from '@/api/queries';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { useHeld } from '@/lib/held';
import { words } from '@/lib/names';
import { say, sayFailure } from '@/lib/notify';
import { useSettled } from '@/lib/settled';
import { useUnsaved } from '@/lib/unsaved';
import { t } from '@/locales';
import { type Draft, draftOf, moved, newRule, valuesOf } from './draft';
import { RuleCard } from './RuleCard';
import { RulePreview } from './RulePreview';

/** Which rule a refusal is about: `rules.2.name` is the third. */
function placeOf(failure: unknown): number | null {
  const found = failure instanceof ApiError ? /^rules\.(\d+)/.exec(failure.field ?? '') : null;
  return found ? Number(found[1]) : null;
}

interface PlanDraft {
  on: boolean;
  rules: Draft[];
}

const begin = (plan: Plan): PlanDraft => ({
  on: plan.version === 0 || plan.on,
  rules: plan.rules.map(draftOf),
});

const isChanged = (plan: Plan, { on, rules }: PlanDraft): boolean =>
  (rules.length > 0 || plan.rules.length > 0) &&
  JSON.stringify([on, rules.map(valuesOf)]) !==
    JSON.stringify([plan.on, plan.rules.map(draftOf).map(valuesOf)]);

function Editor({ latest }: { latest: Plan }) {
  const { kept: plan, draft, dirty, late, change, reset, settled } = useHeld(latest, begin, isChanged);
  useUnsaved(dirty);
  const { on, rules } = draft;
  const setRules = (next: Draft[]) => change((old) => ({ ...old, rules: next }));
  const [busy, setBusy] = useState(false);
  const sent = rules.map(valuesOf);
  const asked = useSettled(JSON.stringify(sent));
  const preview = useQuery({
    queryKey: ['assignments', 'try', asked],
    queryFn: () => previewRules(JSON.parse(asked)),
    enabled: rules.length > 0 && asked !== '[]',
    placeholderData: (old) => old,
    retry: false,
    staleTime: 60_000,
  });
  const wrongAt = placeOf(preview.error);
  const set = (at: number, next: Partial<Draft>) =>
    setRules(rules.map((one, place) => (place === at ? { ...one, ...next } : one)));
  const save = async () => {
    setBusy(true);
    try {
      settled((await savePlan(plan.version, on, sent)).version);
      say(t('ownership.saved'));
    } catch (failure) {
      sayFailure(failure);
    }
    await queryClient.invalidateQueries({ queryKey: PLAN });
    setBusy(false);
  };
  if (!rules.length) {
    return (
      <EmptyState title={t('ownership.empty')} hint={t('ownership.empty_hint')}>
        <Button type="primary" onClick={() => setRules([newRule(true)])}>
          {t('ownership.start')}
        </Button>
      </EmptyState>
    );
  }
  return (
    <div className="assign-rules">
      <div>
        <div className="assign-on">
          <Switch
            checked={on}
            disabled={plan.within !== null}
            aria-label={t('ownership.on')}
            onChange={(next) => change((old) => ({ ...old, on: next }))}
          />
          <span>{t(on ? 'ownership.on' : 'ownership.off')}</span>
        </div>
        <ol className="assign-list">
          {rules.map((rule, at) => (
            <RuleCard
              key={rule.key}
              rule={rule}
              within={plan.within}
              at={at}
              last={at === rules.length - 1}
              count={wrongAt === null ? preview.data?.rules[at] : undefined}
              wrong={
                wrongAt === at
                  ? (preview.error as Error & { zh?: string }).message
                  : words(plan.rules.find((one) => one.id === rule.id)?.wrong)
              }
              set={(next) => set(at, next)}
              move={(by) => setRules(moved(rules, at, by))}
              remove={
                rules.length > 1 && at === rules.length - 1
                  ? null
                  : () => setRules(rules.filter((_, place) => place !== at))
              }
            />
          ))}
        </ol>
        <div className="assign-foot">
          <Button
            icon={<Plus size={15} strokeWidth={1.6} />}
            onClick={() => setRules([...rules.slice(0, -1), newRule(false), ...rules.slice(-1)])}
          >
            {t('ownership.add_rule')}
          </Button>
          <span className="assign-gap" />
          {late ? <span className="verm">{t('ownership.late')}</span> : null}
          {dirty ? (
            <button type="button" className="act" onClick={reset}>
              {t(late ? 'ownership.read_again' : 'ownership.reset')}
            </button>
          ) : null}
          <Button
            type="primary"
            disabled={!dirty || late || preview.isError}
            loading={busy}
            onClick={() => void save()}
          >
            {t('ownership.save')}
          </Button>
        </div>
      </div>
      <RulePreview preview={preview.data} failure={wrongAt === null ? preview.error : null} rules={rules} />
    </div>
  );
}

/** The rules as sentences, and beside them what they would have done with the last customers. */
export function RulesTab() {
  const query = usePlan(true);
  if (query.error && !query.data)
    return <ErrorState failure={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonRows rows={4} height={96} />;
  return <Editor latest={query.data} />;
}
