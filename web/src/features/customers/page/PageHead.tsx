import { Dropdown } from 'antd';
import { ChevronLeft, Ellipsis, Phone } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useNavigate } from 'react-router';
import { refreshWork } from '@/api/queries';
import type { CustomerPageData } from '@/api/types';
import { useOpenLog } from '@/app/log';
import { useCan } from '@/app/session';
import { TopTools } from '@/app/TopBar';
import { Avatar } from '@/components/Avatar';
import { CallLink } from '@/components/CallLink';
import { ClassBadge } from '@/components/ClassBadge';
import { usePhone } from '@/lib/media';
import { formatMoney } from '@/lib/money';
import { useLabels } from '@/lib/options';
import { formatRelativeDay } from '@/lib/time';
import { t } from '@/locales';
import { StagePath } from './StagePath';
import { useCall } from './use-call';
import { USUAL } from './usual';

const LayoutDrawer = lazy(async () => ({
  default: (await import('@/components/layout/LayoutDrawer')).LayoutDrawer,
}));
const BatchDialog = lazy(async () => ({ default: (await import('../batch/BatchDialog')).BatchDialog }));
const VersionsDrawer = lazy(async () => ({
  default: (await import('@/components/versions/VersionsDrawer')).VersionsDrawer,
}));

function Facts({ page, phone }: { page: CustomerPageData; phone: boolean }) {
  const { label, reads } = useLabels();
  const { customer } = page;
  const told = (slug: string, text: string | null) => (reads('customer', slug) ? text : '');
  const facts = [
    told('life_cycle', label('life_cycle', customer.life_cycle)),
    phone ? '' : told('industry', label('industry', customer.industry)),
    phone ? '' : told('region', customer.region),
    customer.paused ? t('page.paused') : '',
  ].filter(Boolean);
  return (
    <p className="second head-facts">
      {facts.join(' · ')}
      {customer.amount === null || !reads('customer', 'amount') ? null : (
        <>
          {facts.length ? (phone ? ' · ' : '　') : ''}
          {t('page.amount')} <b>{formatMoney(customer.amount, customer.currency)}</b>
        </>
      )}
      {phone && customer.owner ? ` · ${t('page.owned', { name: customer.owner.name })}` : ''}
    </p>
  );
}

/** Name, what kind of customer, whose; under it the clock of every stage. */
export function PageHead({ page, edit }: { page: CustomerPageData; edit: () => void }) {
  const phone = usePhone();
  const navigate = useNavigate();
  const openLog = useOpenLog();
  const { customer } = page;
  const call = useCall(customer.id);
  const [verb, setVerb] = useState<'class' | 'transfer' | 'put_back' | 'delete' | null>(null);
  const [history, setHistory] = useState(false);
  const [shaping, setShaping] = useState(false);
  const mayShape = useCan('field.publish') && !phone;
  const main =
    page.contacts.find((one) => one.primary && one.phone) ?? page.contacts.find((one) => one.phone);
  const back = () => (window.history.length > 1 ? navigate(-1) : navigate('/customers'));
  const items = [
    { key: 'log', label: t('common.log'), onClick: () => openLog({ customerId: customer.id }) },
    ...(page.can.update ? [{ key: 'edit', label: t('page.edit_title'), onClick: edit }] : []),
    { key: 'versions', label: t('versions.open'), onClick: () => setHistory(true) },
    ...(mayShape ? [{ key: 'layout', label: t('page.layout'), onClick: () => setShaping(true) }] : []),
    ...(page.can.class
      ? [{ key: 'class', label: t('customers.batch_class'), onClick: () => setVerb('class') }]
      : []),
    ...(page.can.transfer
      ? [{ key: 'transfer', label: t('customers.batch_transfer'), onClick: () => setVerb('transfer') }]
      : []),
    ...(page.can.put_back
      ? [{ key: 'put_back', label: t('customers.batch_put_back'), onClick: () => setVerb('put_back') }]
      : []),
    ...(page.can.delete
      ? [{ key: 'delete', label: t('common.delete'), danger: true, onClick: () => setVerb('delete') }]
      : []),
  ];
  const people = [customer.owner, ...customer.collaborators].filter((one) => one !== null);
  return (
    <header className="head">
      <div className="head-top">
        <button type="button" className="plain head-back" onClick={back}>
          <ChevronLeft size={phone ? 24 : 17} strokeWidth={1.6} aria-hidden="true" />
          <span className={phone ? 'sr' : undefined}>{t('customers.title')}</span>
        </button>
        <span className="edit-gap" />
        {phone ? null : <TopTools />}
        {phone ? (
          <Dropdown menu={{ items }} trigger={['click']}>
            <button type="button" className="icon-act" aria-label={t('common.more')}>
              <Ellipsis size={22} strokeWidth={1.6} />
            </button>
          </Dropdown>
        ) : null}
      </div>
      <div className="head-name">
        <h1 className="song">{customer.name}</h1>
        <ClassBadge value={customer.intent_class} />
        <Facts page={page} phone={phone} />
        {phone ? null : (
          <>
            <span className="edit-gap" />
            <span className="head-people" title={people.map((one) => one.name).join(t('common.list'))}>
              {people.slice(0, 4).map((one) => (
                <Avatar key={one.id} name={one.name} size={24} />
              ))}
            </span>
            {customer.owner ? (
              <span className="second">{t('page.owned', { name: customer.owner.name })}</span>
            ) : null}
            {customer.last_contact_by && customer.last_contact_at ? (
              <span className="second head-last">
                {t('page.last_by', {
                  name: customer.last_contact_by.name,
                  when: formatRelativeDay(customer.last_contact_at),
                })}
              </span>
            ) : null}
            {main ? (
              <CallLink
                number={main.phone}
                whose={{ contact: main.id }}
                className="side-button"
                label={t('page.call', { name: main.name })}
                called={() => call(main.id, main.name)}
              >
                <Phone size={16} strokeWidth={1.6} />
              </CallLink>
            ) : null}
            <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
              <button type="button" className="side-button" aria-label={t('common.more')}>
                <Ellipsis size={17} strokeWidth={1.6} />
              </button>
            </Dropdown>
          </>
        )}
      </div>
      <StagePath page={page} />
      <Suspense fallback={null}>
        {history ? (
          <VersionsDrawer
            type="customer"
            id={customer.id}
            name={customer.name}
            close={() => setHistory(false)}
            changed={() => refreshWork(customer.id)}
          />
        ) : null}
        {shaping ? <LayoutDrawer type="customer" usual={USUAL} close={() => setShaping(false)} /> : null}
        {verb ? (
          <BatchDialog
            verb={verb}
            ids={[customer.id]}
            close={(done) => {
              setVerb(null);
              // A class leaves the customer where it is; the others may have taken it out of sight.
              if (done && verb === 'class') refreshWork(customer.id);
              else if (done) navigate('/customers');
            }}
          />
        ) : null}
      </Suspense>
    </header>
  );
}
