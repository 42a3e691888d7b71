import { useQuery } from '@tanstack/react-query';
import { Button, InputNumber } from 'antd';
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

interface Rule extends Words {
  list: 'intent_class' | 'life_cycle';
  key: string;
  days: number | null;
  floor: number | null;
  most: number | null;
}
interface Effect {
  due: number;
  would: number;
}
const KEY = ['cadence'];

/** What saving would do to the coming week, asked for once the figures stand. */
function Effects({ draft }: { draft: Body<'CadenceDraftIn'> }) {
  const read = useQuery({
    queryKey: ['cadence', 'preview', draft],
    queryFn: () => api.post<Effect>('/cadence/preview', { items: [draft] }),
    retry: false,
  });
  if (!read.data) return null;
  const { due, would } = read.data;
  return (
    <p className="meta">
      {due === would ? t('people.cadence_same', { due }) : t('people.cadence_effect', { due, would })}
    </p>
  );
}

function Row({ rule }: { rule: Rule }) {
  const [days, setDays] = useState(rule.days);
  const [floor, setFloor] = useState(rule.floor);
  const [most, setMost] = useState(rule.most);
  const body: Body<'CadenceIn'> = {
    days,
    floor: days === null ? null : floor,
    most: days === null ? null : most,
  };
  const changed = days !== rule.days || (days !== null && (floor !== rule.floor || most !== rule.most));
  const { busy, submit, sentence } = useSubmit(async () => {
    await api.put(`/cadence/${rule.list}/${rule.key}`, body);
    await queryClient.invalidateQueries({ queryKey: KEY });
    refreshWork();
    say(t('common.saved'));
  });
  const name = words(rule);
  const figure = (
    label: string,
    value: number | null,
    max: number,
    change: (value: number | null) => void,
  ) => (
    <InputNumber
      aria-label={`${name} ${label}`}
      min={label === t('people.cadence_floor') ? 0 : 1}
      max={max}
      precision={0}
      value={value}
      placeholder={label === t('people.cadence_days') ? t('people.cadence_none') : '—'}
      onChange={change}
    />
  );
  return (
    <li>
      <form
        className="pace-row"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <span className="limit-name">{name}</span>
        {figure(t('people.cadence_days'), days, 365, setDays)}
        {figure(t('people.cadence_floor'), days === null ? null : floor, 364, setFloor)}
        {figure(t('people.cadence_most'), days === null ? null : most, 7, setMost)}
        <Button htmlType="submit" loading={busy} disabled={!changed}>
          {t('common.save')}
        </Button>
      </form>
      {changed && !sentence ? <Effects draft={{ ...body, list: rule.list, key: rule.key }} /> : null}
      {sentence ? <p className="row-error">{sentence}</p> : null}
    </li>
  );
}

/** How often customers of a class or a life cycle are contacted, with what a change would do this week. */
export function CadenceRules() {
  const read = useQuery({
    queryKey: KEY,
    queryFn: () => api.get<{ items: Rule[]; unpublished_year: number | null }>('/cadence'),
  });
  return (
    <Section id="cadence" title={t('people.cadence')} note={t('people.cadence_hint')}>
      {read.data ? (
        <>
          <div className="pace-row pace-head meta" aria-hidden="true">
            <span />
            <span>{t('people.cadence_head')}</span>
            <span>{t('people.cadence_head_floor')}</span>
            <span>{t('people.cadence_head_most')}</span>
          </div>
          <ul className="limit-rows">
            {read.data.items.map((rule) => (
              <Row key={`${rule.list} ${rule.key} ${rule.days} ${rule.floor} ${rule.most}`} rule={rule} />
            ))}
          </ul>
          {read.data.unpublished_year ? (
            <p className="meta">{t('people.cadence_unpublished', { year: read.data.unpublished_year })}</p>
          ) : null}
        </>
      ) : (
        <SkeletonRows rows={4} />
      )}
    </Section>
  );
}
