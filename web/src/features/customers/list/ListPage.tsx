import { Button } from 'antd';
import { Plus } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useViews } from '@/api/queries';
import { useCan } from '@/app/session';
import { TopBar } from '@/app/TopBar';
import { CustomerTabs } from '@/components/CustomerTabs';
import { EmptyState } from '@/components/EmptyState';
import { KindProvider } from '@/components/list/kind';
import { LayoutSwitch } from '@/components/list/LayoutSwitch';
import { ListTools } from '@/components/list/ListTools';
import { type ListState, useListState } from '@/components/list/list-state';
import { useLook } from '@/components/list/look';
import { SortPicker } from '@/components/list/SortPicker';
import { useKnownView } from '@/components/list/use-known-view';
import { usePhone } from '@/lib/media';
import { rich, t } from '@/locales';
import { CUSTOMERS } from './kind';
import { ListBody } from './ListBody';
import { useMore } from './use-more';
import '@/components/list/table.css';

const NewCustomer = lazy(async () => ({ default: (await import('./NewCustomer')).NewCustomer }));
const Board = lazy(async () => ({ default: (await import('../board/Board')).Board }));

function useSentence(): ReactNode {
  const summary = useViews(CUSTOMERS).data?.summary;
  if (!summary || summary.week_due + summary.no_next_step === 0) return null;
  const values = { due: summary.week_due, overdue: summary.overdue, none: summary.no_next_step };
  return summary.overdue > 0
    ? rich('customers.summary', values, 'verm')
    : t('customers.summary_calm', values);
}

function Empty({ state, create }: { state: ListState; create: (() => void) | null }) {
  const navigate = useNavigate();
  const untouched = state.nodes.length === 0 && !state.q && ['mine', 'all', 'team'].includes(state.view);
  return (
    <EmptyState
      title={untouched ? t('customers.empty_first') : t('customers.empty_title')}
      hint={untouched ? t('customers.empty_first_hint') : t('customers.empty_hint')}
    >
      {untouched ? (
        <>
          <Button onClick={() => navigate('/import')}>{t('shell.import')}</Button>
          {create ? <Button onClick={create}>{t('customers.new')}</Button> : null}
        </>
      ) : (
        <Button onClick={() => state.set({ nodes: [], q: '' })}>{t('customers.filter_clear')}</Button>
      )}
    </EmptyState>
  );
}

function useNewCustomer(): [boolean, (on: boolean) => void] {
  const [params, setParams] = useSearchParams();
  const set = (on: boolean) =>
    setParams(
      (old) => {
        const next = new URLSearchParams(old);
        if (on) next.set('new', '1');
        else next.delete('new');
        return next;
      },
      { replace: true },
    );
  return [params.get('new') === '1', set];
}

export function ListPage() {
  return (
    <KindProvider value={CUSTOMERS}>
      <Customers />
    </KindProvider>
  );
}

function Customers() {
  const phone = usePhone();
  const state = useListState();
  useKnownView(state);
  const { look, set, again } = useLook(state.view, state.saved);
  const [total, setTotal] = useState<ReactNode>(null);
  const sentence = useSentence();
  const mayCreate = useCan('customer.create');
  const [creating, setCreating] = useNewCustomer();
  const search = useRef<HTMLInputElement>(null);
  const [more, drawer] = useMore();
  const board = state.layout === 'board';
  const add = mayCreate ? () => setCreating(true) : null;
  return (
    <>
      <TopBar
        title={t('customers.title')}
        sentence={phone ? null : sentence}
        tabs={phone ? undefined : <CustomerTabs />}
        action={
          add ? (
            <Button type="primary" icon={<Plus size={16} strokeWidth={1.6} />} onClick={add}>
              {t('customers.new')}
            </Button>
          ) : null
        }
        tools={
          <>
            <LayoutSwitch state={state} />
            {add ? (
              <button type="button" className="icon-act" aria-label={t('customers.new')} onClick={add}>
                <Plus size={20} strokeWidth={1.6} />
              </button>
            ) : null}
            <SortPicker state={state} />
          </>
        }
      />
      {phone ? <CustomerTabs /> : null}
      <ListTools
        state={state}
        look={look}
        set={set}
        again={again}
        total={total}
        input={search}
        before={<LayoutSwitch state={state} />}
        more={more}
        columns={!board}
      />
      {board ? (
        <Suspense fallback={<div className="list-scroll" />}>
          <Board state={state} total={setTotal} empty={<Empty state={state} create={add} />} />
        </Suspense>
      ) : (
        <ListBody
          state={state}
          look={look}
          setLook={set}
          total={setTotal}
          search={() => search.current?.focus()}
          empty={<Empty state={state} create={add} />}
        />
      )}
      {drawer}
      <Suspense fallback={null}>
        {creating && mayCreate ? <NewCustomer close={() => setCreating(false)} /> : null}
      </Suspense>
    </>
  );
}
