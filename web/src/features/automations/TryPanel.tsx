import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { type Body, type Tried, tryAutomation } from '@/api/automations';
import { sentenceOf } from '@/api/client';
import { Radios } from '@/components/Tabs';
import { words } from '@/lib/names';
import { useSettled } from '@/lib/settled';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';
import { isOwnKind } from './subject';

const DAYS = [7, 30] as const;

function Examples({ tried }: { tried: Tried }) {
  return (
    <ol className="au-examples">
      {tried.examples.map((one) => (
        <li key={`${one.record.type} ${one.record.id} ${one.at}`}>
          <span className="au-example-head">
            {isOwnKind(one.record.type) ? (
              <Link className="cut" to={`/records/${one.record.type}/${one.record.id}`}>
                {one.record.name}
              </Link>
            ) : one.customer ? (
              <Link className="cut" to={`/customers/${one.customer.id}`}>
                {one.customer.name || one.record.name}
              </Link>
            ) : (
              <b className="cut">{one.record.name}</b>
            )}
            <span className="meta">{formatWhen(one.at)}</span>
          </span>
          {one.actions.map((act) => (
            <span className={act.can ? 'second' : 'amber'} key={`${act.do} ${act.zh}`}>
              {words(act)}
            </span>
          ))}
        </li>
      ))}
    </ol>
  );
}

function Result({ tried }: { tried: Tried }) {
  const { days, looked, begun, busiest, cap } = tried;
  return (
    <>
      <p className="au-figure">
        {looked ? t('automations.tried', { days, looked, begun }) : t('automations.tried_none', { days })}
      </p>
      {busiest > cap ? <p className="amber">{t('automations.over_cap', { busiest, cap })}</p> : null}
      {tried.capped ? <p className="meta">{t('automations.tried_capped')}</p> : null}
      <Examples tried={tried} />
      {looked ? <p className="meta">{t('automations.tried_note')}</p> : null}
    </>
  );
}

/** 试算: how often it would have begun lately, and what it would have done; nothing is written. */
export function TryPanel({ body }: { body: Body }) {
  const [days, setDays] = useState<(typeof DAYS)[number]>(7);
  const asked = useSettled(JSON.stringify({ ...body, name: body.name.trim() || '—' }));
  const query = useQuery({
    queryKey: ['automation-try', days, asked],
    queryFn: () => tryAutomation(JSON.parse(asked) as Body, days),
    placeholderData: (old) => old,
    retry: false,
    staleTime: 30_000,
    gcTime: 60_000,
  });
  return (
    <aside className="sheet au-try" aria-live="polite">
      <header>
        <h2>{t('automations.try')}</h2>
        <Radios<(typeof DAYS)[number]>
          className="au-days"
          each=""
          label={t('automations.try')}
          value={days}
          onChange={setDays}
          choices={DAYS.map((key) => ({ key, label: t('automations.days', { n: key }) }))}
        />
      </header>
      {query.error ? <p className="verm">{sentenceOf(query.error)}</p> : null}
      {!query.error && query.data ? <Result tried={query.data} /> : null}
      {query.isPending ? <p className="second">{t('common.loading')}</p> : null}
    </aside>
  );
}
