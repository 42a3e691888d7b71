import { useQuery } from '@tanstack/react-query';
import { Button, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { api } from '@/api/client';
import { queryClient, refreshWork } from '@/api/queries';
import type { Body, Words } from '@/api/types';
import { SkeletonRows } from '@/components/Skeletons';
import { words } from '@/lib/names';
import { say } from '@/lib/notify';
import { useSubmit } from '@/lib/use-submit';
import { t } from '@/locales';
import { Section } from './Section';
import './calendar-page.css';

type ClockName = 'hours' | 'days' | 'workdays';
interface Limit {
  amount: number;
  clock: ClockName;
  warn_hours: number | null;
}
interface Stage extends Words {
  key: string;
  limit: Limit | null;
}
const KEY = ['stage-limits'];
const CLOCKS: ClockName[] = ['workdays', 'days', 'hours'];

function Row({ stage }: { stage: Stage }) {
  const [amount, setAmount] = useState<number | null>(stage.limit?.amount ?? null);
  const [clock, setClock] = useState<ClockName>(stage.limit?.clock ?? 'workdays');
  const kept = stage.limit ? `${stage.limit.amount} ${stage.limit.clock}` : 'null workdays';
  const changed = `${amount} ${clock}` !== kept && (amount !== null || stage.limit !== null);
  const { busy, submit, sentence } = useSubmit(async () => {
    const same = amount !== null && clock === stage.limit?.clock && amount >= stage.limit.amount;
    const body: Body<'LimitIn'> = { limit: amount, clock, warn_hours: same ? stage.limit?.warn_hours : null };
    await api.put(`/stages/${stage.key}/limit`, body);
    await queryClient.invalidateQueries({ queryKey: KEY });
    refreshWork();
    say(t('common.saved'));
  });
  return (
    <li>
      <form
        className="limit-row"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <span className="limit-name">{words(stage)}</span>
        <InputNumber
          aria-label={`${words(stage)} ${t('people.limit_amount')}`}
          min={1}
          max={clock === 'hours' ? 87_840 : 3660}
          placeholder={t('people.limit_none')}
          value={amount}
          onChange={setAmount}
        />
        <Select
          aria-label={`${words(stage)} ${t('people.limit_clock')}`}
          value={clock}
          onChange={setClock}
          options={CLOCKS.map((value) => ({ value, label: t(`people.clock_${value}`) }))}
        />
        <Button htmlType="submit" loading={busy} disabled={!changed}>
          {t('common.save')}
        </Button>
      </form>
      {sentence ? <p className="row-error">{sentence}</p> : null}
    </li>
  );
}

/** How long a customer may stay in each stage; an empty figure means no limit. */
export function StageLimits() {
  const read = useQuery({ queryKey: KEY, queryFn: () => api.get<{ items: Stage[] }>('/stages') });
  return (
    <Section title={t('people.limits')} note={t('people.limits_hint')}>
      {read.data ? (
        <ul className="limit-rows">
          {read.data.items.map((stage) => (
            <Row key={`${stage.key} ${stage.limit?.amount} ${stage.limit?.clock}`} stage={stage} />
          ))}
        </ul>
      ) : (
        <SkeletonRows rows={4} />
      )}
    </Section>
  );
}
