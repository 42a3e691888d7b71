import { useSearchParams } from 'react-router';
import { useCan } from '@/app/session';
import { TopBar } from '@/app/TopBar';
import { Tabs } from '@/components/Tabs';
import { usePhone } from '@/lib/media';
import { t } from '@/locales';
import { LogTab } from './LogTab';
import { PeopleTab } from './PeopleTab';
import { RulesTab } from './RulesTab';
import { WaitingTab } from './WaitingTab';
import '@/components/ownership/ownership.css';
import '@/components/page-tabs.css';
import './assign.css';

const LEADER = ['rules', 'waiting', 'log', 'people'] as const;
const OWN = ['log', 'people'] as const;
type Tab = (typeof LEADER)[number];

/** 分配: the rules, who waits, who got what and who can receive; a rep sees what was given to him. */
export function AssignPage() {
  const phone = usePhone();
  const leads = useCan('assignment.rules');
  const [params, setParams] = useSearchParams();
  const tabs: readonly Tab[] = leads ? LEADER : OWN;
  const wanted = params.get('tab') as Tab;
  const tab = tabs.includes(wanted) ? wanted : tabs[0];
  return (
    <>
      <TopBar
        title={t('ownership.title')}
        sentence={phone ? null : t(leads ? 'ownership.sentence' : 'ownership.sentence_own')}
      />
      <Tabs
        className="page-tabs"
        label={t('ownership.title')}
        value={tab ?? null}
        onChange={(one) => setParams({ tab: one }, { replace: true })}
        choices={tabs.map((one) => ({ key: one, label: t(`ownership.tab_${one}`) }))}
      />
      <div className="page-scroll">
        {tab === 'rules' ? <RulesTab /> : null}
        {tab === 'waiting' ? <WaitingTab /> : null}
        {tab === 'log' ? <LogTab leads={leads} /> : null}
        {tab === 'people' ? <PeopleTab leads={leads} /> : null}
      </div>
    </>
  );
}
