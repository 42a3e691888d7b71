import { Button } from 'antd';
import { Plus, SlidersHorizontal } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useCustomerViews } from '@/api/queries';
import { useCan, useMe } from '@/app/session';
import { TopBar } from '@/app/TopBar';
import { EmptyState } from '@/components/EmptyState';
import { Sheet } from '@/components/Sheet';
import { usePhone } from '@/lib/media';
import { say } from '@/lib/notify';
import { rich, t } from '@/locales';
import { keepLook, type Look, lookOf } from './columns';
import { ExportMenu } from './ExportMenu';
import { FilterBar } from './FilterBar';
import { LayoutSwitch } from './LayoutSwitch';
import { ListBody } from './ListBody';
import { ListMore } from './ListMore';
import { type ListState, useListState } from './list-state';
import { SearchBox } from './SearchBox';
import { SortPicker } from './SortPicker';
import { Views } from './Views';
import { ViewBar } from './views/ViewBar';
import './list.css';
import './table.css';
import './filter-bar.css';

const NewCustomer = lazy(async () => ({ default: (await import('./NewCustomer')).NewCustomer }));
const ColumnSettings = lazy(async () => ({ default: (await import('./ColumnSettings')).ColumnSettings }));
const Board = lazy(async () => ({ default: (await import('../board/Board')).Board }));

function useSentence(): ReactNode {
  const summary = useCustomerViews().data?.summary;
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

/** A look follows its tab, and is kept on the device when it is changed. */
function useLook(state: ListState) {
  const { view, saved } = state;
  const [turn, setTurn] = useState(0);
  const held = useRef<{ at: string; look: Look }>(undefined);
  const at = `${view} ${saved?.version ?? ''} ${turn}`;
  if (held.current?.at !== at) held.current = { at, look: lookOf(view, saved) };
  return {
    look: held.current.look,
    set: (look: Look) => {
      keepLook(view, saved, look);
      setTurn(turn + 1);
    },
    again: () => setTurn(turn + 1),
  };
}

/** A view in an address that is gone: the list says so and opens another. */
function useKnownView(state: ListState) {
  const items = useCustomerViews().data?.items;
  const { view, set } = state;
  const gone = items !== undefined && /^\d+$/.test(view) && !items.some((one) => one.key === view);
  useEffect(() => {
    const first = items?.[0];
    if (!gone || !first) return;
    say(t('views.gone'), 'error');
    set({ view: first.key });
  });
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
  const phone = usePhone();
  const state = useListState();
  useKnownView(state);
  const { look, set, again } = useLook(state);
  const [total, setTotal] = useState<ReactNode>(null);
  const [settings, setSettings] = useState(false);
  const sentence = useSentence();
  const mayCreate = useCan('customer.create');
  const mayExport = useMe().verbs.some((verb) => verb.startsWith('export.'));
  const [creating, setCreating] = useNewCustomer();
  const search = useRef<HTMLInputElement>(null);
  const board = state.layout === 'board';
  const add = mayCreate ? () => setCreating(true) : null;
  return (
    <>
      <TopBar
        title={t('customers.title')}
        sentence={phone ? null : sentence}
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
      <Views state={state} look={look} />
      <div className="list-tools">
        <FilterBar state={state} />
        <ViewBar state={state} look={look} again={again} />
        <span className="list-acts">
          <span className="second list-total">{total}</span>
          <SearchBox state={state} input={search} />
          {phone ? null : (
            <>
              <LayoutSwitch state={state} />
              {mayExport ? <ExportMenu state={state} /> : null}
              {board ? null : (
                <Sheet
                  title={t('customers.columns')}
                  open={settings}
                  setOpen={setSettings}
                  content={
                    <Suspense fallback={<div className="column-settings" />}>
                      <ColumnSettings look={look} set={set} />
                    </Suspense>
                  }
                >
                  <button
                    type="button"
                    className="icon-act"
                    aria-label={t('customers.columns')}
                    title={t('customers.columns')}
                  >
                    <SlidersHorizontal size={16} strokeWidth={1.6} />
                  </button>
                </Sheet>
              )}
            </>
          )}
          <ListMore />
        </span>
      </div>
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
      <Suspense fallback={null}>
        {creating && mayCreate ? <NewCustomer close={() => setCreating(false)} /> : null}
      </Suspense>
    </>
  );
}
