import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { type RunLine, useRuns } from '@/api/automations';
import type { Id } from '@/api/types';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { Radios } from '@/components/Tabs';
import { usePhone } from '@/lib/media';
import { words } from '@/lib/names';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';

const WHICH = ['', 'done', 'failed', 'skipped'] as const;
type Which = (typeof WHICH)[number];
const BAD = ['failed', 'partly', 'refused', 'capped'];

function Line({ run }: { run: RunLine }) {
  const { customer, record } = run;
  // A row of one of the team's own types is what a run was about; else the customer.
  const about = record ?? customer;
  const path = record ? `/records/${record.type}/${record.id}` : `/customers/${customer?.id}`;
  return (
    <li className="au-run">
      <span className="au-example-head">
        {about?.id ? (
          <Link className="cut" to={path}>
            {about.name}
          </Link>
        ) : (
          <span className="second">
            {t(
              record ? 'automations.unseen_row' : customer ? 'automations.unseen' : 'automations.no_customer',
            )}
          </span>
        )}
        <span className={BAD.includes(run.state) ? 'verm' : 'second'}>
          {t(`automations.run_${run.state as 'done'}`)}
        </span>
      </span>
      {run.why ? <span className="verm">{words(run.why)}</span> : null}
      {run.steps.map((step, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: actions have no name but their place
        <span className={step.state === 'failed' || step.state === 'refused' ? 'verm' : undefined} key={at}>
          {words(step) || t(`automations.do_${step.do}`)}
          <span className="meta">
            {' · '}
            {step.state === 'waiting' && step.tries
              ? t('automations.step_again', { n: step.tries, at: formatWhen(step.next_at ?? run.at) })
              : t(`automations.step_${step.state}`)}
          </span>
        </span>
      ))}
      <span className="meta">
        {formatWhen(run.at)}
        {run.took_ms === null ? '' : ` · ${t('automations.took', { n: run.took_ms })}`}
        {` · ${t('automations.version', { n: run.number })}`}
      </span>
    </li>
  );
}

/** 运行记录: which event, which row, what each action became. */
export function RunLog({ id, name, close }: { id: Id; name: string; close: () => void }) {
  const phone = usePhone();
  const [which, setWhich] = useState<Which>('');
  const query = useRuns(id, which);
  const runs = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Drawer
      open
      title={t('automations.log_of', { name })}
      onClose={close}
      size={phone ? '100%' : 560}
      closable={{ placement: 'end' }}
    >
      <Radios<Which>
        className="au-days"
        each=""
        label={t('automations.log')}
        value={which}
        onChange={setWhich}
        choices={WHICH.map((key) => ({ key, label: t(`automations.which_${key || 'all'}`) }))}
      />
      {query.error && !query.data ? (
        <ErrorState failure={query.error} retry={() => void query.refetch()} />
      ) : null}
      {query.isPending ? <SkeletonRows rows={6} height={64} /> : null}
      {query.data && !runs.length ? (
        <EmptyState title={t('automations.log_none')} hint={t('automations.log_none_hint')} />
      ) : null}
      <ol className="au-runs">
        {runs.map((run) => (
          <Line key={run.id} run={run} />
        ))}
      </ol>
      {query.hasNextPage ? (
        <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('automations.more')}
        </Button>
      ) : runs.length ? (
        <p className="meta">{t('automations.log_kept')}</p>
      ) : null}
    </Drawer>
  );
}
