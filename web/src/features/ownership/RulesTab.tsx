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
import { words } from '@/lib/names';
import { say, sayFailure } from '@/lib/notify';
import { t } from '@/locales';
import { type Draft, draftOf, moved, newRule, valuesOf } from './draft';
import { RuleCard } from './RuleCard';
import { RulePreview } from './RulePreview';

/** Which rule a refusal is about: `rules.2.name` is the third. */
function placeOf(failure: unknown): number | null {
  const found = failure instanceof ApiError ? /^rules\.(\d+)/.exec(failure.field ?? '') : null;
  return found ? Number(found[1]) : null;
}

function Editor({ plan }: { plan: Plan }) {
  const [rules, setRules] = useState<Draft[]>(() => plan.rules.map(draftOf));
  const [on, setOn] = useState(plan.version === 0 || plan.on);
  const [busy, setBusy] = useState(false);
  const sent = rules.map(valuesOf);
  const before = JSON.stringify([plan.on, plan.rules.map(draftOf).map(valuesOf)]);
  const dirty = JSON.stringify([on, sent]) !== before && (rules.length > 0 || plan.rules.length > 0);
  const preview = useQuery({
    queryKey: ['assignments', 'try', sent],
    queryFn: () => previewRules(sent),
    enabled: rules.length > 0,
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
      await savePlan(plan.version, on, sent);
      say(t('ownership.saved'));
      await queryClient.invalidateQueries({ queryKey: PLAN });
    } catch (failure) {
      sayFailure(failure);
    } finally {
      setBusy(false);
    }
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
            disabled={!plan.anywhere}
            aria-label={t('ownership.on')}
            onChange={(next) => setOn(next)}
          />
          <span>{t(on ? 'ownership.on' : 'ownership.off')}</span>
        </div>
        <ol className="assign-list">
          {rules.map((rule, at) => (
            <RuleCard
              key={rule.key}
              rule={rule}
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
          {dirty ? (
            <button
              type="button"
              className="act"
              onClick={() => {
                setRules(plan.rules.map(draftOf));
                setOn(plan.on);
              }}
            >
              {t('ownership.reset')}
            </button>
          ) : null}
          <Button
            type="primary"
            disabled={!dirty || preview.isError}
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
  if (query.error) return <ErrorState failure={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonRows rows={4} height={96} />;
  return <Editor key={query.data.version} plan={query.data} />;
}
