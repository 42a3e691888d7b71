import { Ellipsis, Plus } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useCustomerViews } from '@/api/queries';
import { useCan } from '@/app/session';
import { Sheet } from '@/components/Sheet';
import { words } from '@/lib/names';
import { t } from '@/locales';
import type { Look } from './columns';
import type { ListState } from './list-state';

const ViewMenu = lazy(async () => ({ default: (await import('./views/ViewMenu')).ViewMenu }));
const SaveView = lazy(async () => ({ default: (await import('./views/SaveView')).SaveView }));

/** The views over the list as tabs with their counts; at their end what can be done with them. */
export function Views({ state, look }: { state: ListState; look: Look }) {
  const views = useCustomerViews();
  const mayKeep = useCan('view.create');
  const row = useRef<HTMLDivElement>(null);
  const [menu, setMenu] = useState(false);
  const [naming, setNaming] = useState(false);
  const items = views.data?.items ?? [];
  // The chosen tab is in sight, also on the phone, where few have room.
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked for when tabs or choice change
  useEffect(() => {
    const chosen = row.current?.querySelector<HTMLElement>('[aria-selected="true"]');
    const box = row.current;
    if (!chosen || !box) return;
    const left = chosen.offsetLeft - box.offsetLeft;
    if (left < box.scrollLeft || left + chosen.offsetWidth > box.scrollLeft + box.clientWidth)
      box.scrollLeft = Math.max(0, left - 48);
  }, [state.view, items.length]);
  const walk = (event: React.KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = items.findIndex((one) => one.key === state.view);
    const next = step === undefined ? undefined : items[at + step];
    if (!next) return;
    event.preventDefault();
    state.set({ view: next.key });
    row.current?.querySelectorAll<HTMLElement>('[role="tab"]')[at + (step ?? 0)]?.focus();
  };
  return (
    <div className="views">
      <div className="views-row" role="tablist" aria-label={t('customers.views')} ref={row} onKeyDown={walk}>
        {items.map((view) => (
          <button
            type="button"
            key={view.key}
            role="tab"
            aria-selected={state.view === view.key}
            tabIndex={state.view === view.key ? 0 : -1}
            className="plain view"
            onClick={() => state.set({ view: view.key })}
          >
            {words(view.label)}{' '}
            <span className="view-count">
              {view.count}
              {view.capped ? '+' : ''}
            </span>
          </button>
        ))}
      </div>
      {mayKeep && items.length ? (
        <div className="views-acts">
          <button type="button" className="plain view-new" onClick={() => setNaming(true)}>
            <Plus size={15} strokeWidth={1.6} aria-hidden="true" />
            <span>{t('views.new')}</span>
          </button>
          <Sheet
            title={t('views.manage')}
            open={menu}
            setOpen={setMenu}
            content={
              <Suspense fallback={<div className="view-menu" />}>
                <ViewMenu state={state} close={() => setMenu(false)} />
              </Suspense>
            }
          >
            <button
              type="button"
              className="icon-act"
              aria-label={t('views.manage')}
              title={t('views.manage')}
            >
              <Ellipsis size={17} strokeWidth={1.6} />
            </button>
          </Sheet>
        </div>
      ) : null}
      <Suspense fallback={null}>
        {naming ? <SaveView state={state} look={look} close={() => setNaming(false)} /> : null}
      </Suspense>
    </div>
  );
}
