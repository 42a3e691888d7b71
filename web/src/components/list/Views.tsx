import { Ellipsis, Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useViews } from '@/api/queries';
import { useCan } from '@/app/session';
import { Sheet } from '@/components/Sheet';
import { Tabs } from '@/components/Tabs';
import { words } from '@/lib/names';
import { t } from '@/locales';
import { useKind } from './kind';
import type { ListState } from './list-state';
import type { Look } from './look';

const ViewMenu = lazy(async () => ({ default: (await import('./views/ViewMenu')).ViewMenu }));
const SaveView = lazy(async () => ({ default: (await import('./views/SaveView')).SaveView }));

/** The views over the list as tabs with their counts; at their end what can be done with them. */
export function Views({ state, look }: { state: ListState; look: Look }) {
  const views = useViews(useKind());
  const mayKeep = useCan('view.create');
  const [menu, setMenu] = useState(false);
  const [naming, setNaming] = useState(false);
  const items = views.data?.items ?? [];
  return (
    <div className="views">
      <Tabs
        className="views-row"
        each="plain view"
        label={t('customers.views')}
        value={state.view}
        onChange={(view) => state.set({ view })}
        choices={items.map((view) => ({
          key: view.key,
          label: (
            <>
              <bdi>{words(view.label)}</bdi>{' '}
              <span className="view-count">
                {view.count}
                {view.capped ? '+' : ''}
              </span>
            </>
          ),
        }))}
      />
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
