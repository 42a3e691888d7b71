import { Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { type ContractRow, type ContractState, useContracts } from '@/api/contracts';
import { TopBar } from '@/app/TopBar';
import { CustomerTabs } from '@/components/CustomerTabs';
import { dayOf, stateOf, toneOf } from '@/components/contracts/words';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { Tabs } from '@/components/Tabs';
import { usePhone } from '@/lib/media';
import { formatMoney } from '@/lib/money';
import { t } from '@/locales';
import '@/components/page-tabs.css';
import '@/components/contracts/contracts.css';
import './contract-pages.css';

type Which = '' | ContractState | 'overdue';
const WHICH: readonly Which[] = ['', 'draft', 'in_review', 'approved', 'signed', 'overdue', 'ended'];

function Sum({ row, name }: { row: ContractRow; name: 'amount' | 'open' | 'overdue' }) {
  const value = row[name];
  return (
    <span className={`contract-row-sum${name === 'overdue' && value ? ' verm' : ''}`}>
      <span className="second">{t(`contracts.sum_${name}`)}</span>
      {value === null || (name !== 'amount' && row.state !== 'signed' && row.state !== 'ended')
        ? '—'
        : formatMoney(value, row.currency)}
    </span>
  );
}

function Row({ row }: { row: ContractRow }) {
  return (
    <li>
      <Link className="contract-row" to={`/contracts/${row.id}`}>
        <span className="contract-row-what">
          <b className="cut">{row.title || t('contracts.contract')}</b>
          <span className="second cut">
            {[row.customer.name, row.number, row.owner?.name].filter(Boolean).join(' · ')}
          </span>
        </span>
        <Sum row={row} name="amount" />
        <Sum row={row} name="open" />
        <Sum row={row} name="overdue" />
        <span className="second contract-row-until">
          {row.service_to ? t('contracts.until', { day: dayOf(row.service_to) }) : ''}
        </span>
        <span className={toneOf(row.state)}>{stateOf(row.state)}</span>
      </Link>
    </li>
  );
}

/** All contracts one may see: state, money, how long the service runs. */
export function ContractsPage() {
  const phone = usePhone();
  const [which, setWhich] = useState<Which>('');
  const [words, setWords] = useState('');
  const [asked, setAsked] = useState('');
  const query = useContracts(which === 'overdue' ? '' : which, asked, which === 'overdue');
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <TopBar
        title={t(phone ? 'contracts.contracts' : 'customers.title')}
        tabs={phone ? undefined : <CustomerTabs />}
      />
      {phone ? <CustomerTabs /> : null}
      <div className="contract-list">
        <div className="contract-list-head">
          <Tabs<Which>
            label={t('contracts.contracts')}
            value={which}
            onChange={setWhich}
            className="page-tabs"
            choices={WHICH.map((key) => ({
              key,
              label: t(
                key === ''
                  ? 'contracts.all'
                  : key === 'overdue'
                    ? 'contracts.overdue'
                    : `contracts.state_${key}`,
              ),
            }))}
          />
          <Input.Search
            className="contract-list-find"
            allowClear
            maxLength={100}
            value={words}
            aria-label={t('contracts.find')}
            placeholder={t('contracts.find')}
            onChange={(event) => {
              setWords(event.target.value);
              if (!event.target.value) setAsked('');
            }}
            onSearch={(text) => setAsked(text.trim())}
          />
        </div>
        {query.error && !query.data ? (
          <ErrorState failure={query.error} retry={() => void query.refetch()} />
        ) : !query.data ? (
          <SkeletonRows rows={6} height={60} />
        ) : rows.length ? (
          <ul className="sheet">
            {rows.map((row) => (
              <Row key={row.id} row={row} />
            ))}
          </ul>
        ) : (
          <EmptyState title={t('contracts.none')} hint={t('contracts.none_hint')} />
        )}
        {query.hasNextPage ? (
          <button type="button" className="act" onClick={() => void query.fetchNextPage()}>
            {t('common.more')}
          </button>
        ) : null}
      </div>
    </>
  );
}
