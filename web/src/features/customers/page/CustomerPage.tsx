import { useQuery } from '@tanstack/react-query';
import { ChevronRight, TriangleAlert } from 'lucide-react';
import { lazy, Suspense, startTransition, useEffect, useState } from 'react';
import { useLocation, useNavigate, useParams } from 'react-router';
import { api } from '@/api/client';
import { keys } from '@/api/queries';
import type { CustomerPageData } from '@/api/types';
import { useKeys } from '@/app/keyboard';
import { useOpenLog } from '@/app/log';
import { ComplaintBand } from '@/components/complaints/ComplaintBand';
import { ErrorState } from '@/components/ErrorState';
import { HelpPanel } from '@/components/ownership/HelpPanel';
import { TakeUpStrip } from '@/components/ownership/TakeUpStrip';
import { PageSkeleton } from '@/components/Skeletons';
import { Tabs } from '@/components/Tabs';
import { usePhone } from '@/lib/media';
import { words } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { arranged, groupOf, inColumn } from '@/lib/page-layout';
import { loadWords, t } from '@/locales';
import { Approvals } from './Approvals';
import { Collision } from './Collision';
import { Complaints } from './Complaints';
import { Composer } from './Composer';
import { Handover } from './Handover';
import { LinkedRecords } from './LinkedRecords';
import { Needs } from './Needs';
import { Objections } from './Objections';
import { PageHead } from './PageHead';
import { People } from './People';
import { Satisfaction } from './Satisfaction';
import { Sharing } from './Sharing';
import { Profile, Warnings } from './Side';
import { Timeline } from './Timeline';
import { USUAL } from './usual';
import './side.css';
import './page.css';
import './timeline.css';

const EditDrawer = lazy(async () => ({ default: (await import('./EditDrawer')).EditDrawer }));
const CustomerDeals = lazy(async () => {
  const [part] = await Promise.all([import('./CustomerDeals'), loadWords('deals')]);
  return { default: part.CustomerDeals };
});
const TABS = ['line', 'profile', 'people', 'needs'] as const;
type Tab = (typeof TABS)[number];
const CareCard = lazy(async () => {
  const [card] = await Promise.all([import('./CareCard'), loadWords('care')]);
  return { default: card.CareCard };
});

/** Days between contacts that the customer's class allows. */
function useCadence(page: CustomerPageData | undefined): number | null {
  const { options } = useLabels();
  if (!page) return null;
  const { cadence_days: own, intent_class: level } = page.customer;
  if (own) return own;
  const option = options('intent_class').find((one) => one.key === level) as
    | { cadence_days?: number; facts?: { cadence_days?: number } }
    | undefined;
  return option?.cadence_days ?? option?.facts?.cadence_days ?? null;
}

/** The one warning line of the phone; the whole stands in the profile tab. */
function Alert({ page, open }: { page: CustomerPageData; open: () => void }) {
  const [first, ...rest] = page.warnings;
  const others = rest.length + page.similar.length;
  if (!first && !others) return null;
  return (
    <button type="button" className="plain phone-alert" onClick={open}>
      <TriangleAlert size={17} strokeWidth={1.6} aria-hidden="true" />
      <span>
        {first ? <b>{words(first)}</b> : null}
        {first && others ? '　' : ''}
        {others ? t(page.similar.length ? 'page.alert_collision' : 'page.alert_more', { n: others }) : ''}
      </span>
      <ChevronRight size={17} strokeWidth={1.6} aria-hidden="true" />
    </button>
  );
}

/** Most customers have none: neither the panel nor its words come with the page. */
const Contracts = lazy(async () => {
  const [panel] = await Promise.all([import('./Contracts'), loadWords('contracts')]);
  return { default: panel.Contracts };
});

/** The tab of the phone on which a part stands; groups of fields stand with the profile. */
const PHONE: Record<string, Tab | undefined> = {
  help: 'people',
  people: 'people',
  sharing: 'people',
  contracts: 'needs',
  complaints: 'needs',
  satisfaction: 'needs',
  objections: 'needs',
  approvals: 'needs',
  deals: 'needs',
  needs: 'needs',
  care: 'needs',
};
/** The tab on which a link into the page ends. */
const AIMED: Record<string, Tab | undefined> = {
  '#help': 'people',
  '#contracts': 'needs',
  '#complaints': 'needs',
  '#satisfaction': 'needs',
  '#objections': 'needs',
  '#approvals': 'needs',
  '#care': 'needs',
};

/** One part of the page by its name. */
function Part({ name, page, edit }: { name: string; page: CustomerPageData; edit: () => void }) {
  const { id } = page.customer;
  switch (name) {
    case 'contracts':
      return (
        <Suspense fallback={null}>
          <Contracts customerId={id} />
        </Suspense>
      );
    case 'complaints':
      return <Complaints customerId={id} />;
    case 'satisfaction':
      return <Satisfaction customerId={id} />;
    case 'objections':
      return <Objections customerId={id} />;
    case 'deals':
      return (
        <Suspense fallback={null}>
          <CustomerDeals customerId={id} />
        </Suspense>
      );
    case 'approvals':
      return <Approvals customerId={id} />;
    case 'help':
      return <HelpPanel customerId={id} />;
    case 'people':
      return <People page={page} />;
    case 'needs':
      return <Needs page={page} />;
    case 'sharing':
      return <Sharing page={page} />;
    case 'care':
      return (
        <Suspense fallback={null}>
          <CareCard customerId={id} />
        </Suspense>
      );
    case 'linked':
      return <LinkedRecords customer={page.customer} />;
    case 'profile':
      return <Profile page={page} edit={edit} />;
    default:
      return <Profile page={page} edit={edit} group={groupOf({ key: name, place: 'side' }) ?? ''} />;
  }
}

function PhoneBody({
  page,
  cadence,
  edit,
}: {
  page: CustomerPageData;
  cadence: number | null;
  edit: () => void;
}) {
  const asked = AIMED[useLocation().hash];
  const [tab, setTab] = useState<Tab>(asked ?? 'line');
  const shown = arranged(USUAL, useLabels().page('customer')).filter(({ place }) => place !== 'hidden');
  const mine = (of: Tab) =>
    shown
      .filter(({ key }) => (PHONE[key] ?? 'profile') === of)
      .map(({ key }) => <Part key={key} name={key} page={page} edit={edit} />);
  useEffect(() => {
    if (asked) setTab(asked);
  }, [asked]);
  const count = { line: null, profile: null, people: page.contacts.length, needs: page.needs.length };
  return (
    <>
      <Alert page={page} open={() => setTab('profile')} />
      <Tabs
        className="phone-tabs"
        each=""
        value={tab}
        onChange={setTab}
        choices={TABS.map((one) => ({
          key: one,
          label: `${t(`page.tab_${one}`)}${count[one] ? ` ${count[one]}` : ''}`,
        }))}
      />
      <div className="phone-part">
        {tab === 'line' ? (
          <>
            <Handover page={page} />
            <Timeline page={page} cadence={cadence} />
          </>
        ) : null}
        {tab === 'profile' ? (
          <>
            <Warnings page={page} />
            <Collision page={page} />
            {mine('profile')}
          </>
        ) : null}
        {tab === 'people' || tab === 'needs' ? mine(tab) : null}
      </div>
    </>
  );
}

/** One customer: the clock on top, one timeline, beside it what is urgent, who decides and what is needed. */
export function CustomerPage() {
  const id = Number(useParams().id);
  const phone = usePhone();
  const openLog = useOpenLog();
  const [editing, setEditing] = useState(false);
  const query = useQuery({
    queryKey: keys.customer(id),
    queryFn: () => api.get<CustomerPageData>(`/customers/${id}`),
  });
  const page = query.data;
  const cadence = useCadence(page);
  const labels = useLabels();
  const navigate = useNavigate();
  const lives = page?.customer.id ?? id;
  // The id of a file that was merged away leads to the one that stayed.
  useEffect(() => {
    if (lives !== id) navigate(`/customers/${lives}`, { replace: true });
  }, [lives, id, navigate]);
  useKeys((key) => {
    if (key.toLowerCase() === 'l' && page?.can.log) openLog({ customerId: id });
  });
  if (query.error && !page) return <ErrorState failure={query.error} retry={() => void query.refetch()} />;
  if (!page) return <PageSkeleton />;
  const edit = () => startTransition(() => setEditing(true));
  const parts = arranged(USUAL, labels.page('customer'));
  const part = (key: string) => <Part key={key} name={key} page={page} edit={edit} />;
  return (
    <div className="cpage" key={id}>
      {phone ? (
        <div className="cpage-scroll">
          <PageHead page={page} edit={edit} />
          <TakeUpStrip customerId={page.customer.id} />
          <ComplaintBand customerId={page.customer.id} />
          <PhoneBody page={page} cadence={cadence} edit={edit} />
        </div>
      ) : (
        <>
          <PageHead page={page} edit={edit} />
          <TakeUpStrip customerId={page.customer.id} />
          <ComplaintBand customerId={page.customer.id} />
          <div className="cpage-body">
            <div className="cpage-main">
              <div className="cpage-scroll">
                {inColumn(parts, 'main').length ? (
                  <div className="cpage-parts">{inColumn(parts, 'main').map(part)}</div>
                ) : null}
                <Timeline page={page} cadence={cadence} />
              </div>
              <Composer page={page} />
            </div>
            <aside className="cpage-side" aria-label={t('page.side')}>
              <Warnings page={page} />
              <Handover page={page} />
              <Collision page={page} />
              {inColumn(parts, 'side').map(part)}
            </aside>
          </div>
        </>
      )}
      {phone ? <Composer page={page} /> : null}
      <Suspense fallback={null}>
        {editing ? <EditDrawer customer={page.customer} close={() => setEditing(false)} /> : null}
      </Suspense>
    </div>
  );
}
