import { Trash2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useViews } from '@/api/queries';
import type { SavedView, ViewTab } from '@/api/types';
import { arrangeTabs, removeView } from '@/api/views';
import { useCan } from '@/app/session';
import { Sure } from '@/components/Sure';
import { UpDown } from '@/components/UpDown';
import { words } from '@/lib/names';
import { say, sayFailure } from '@/lib/notify';
import { t } from '@/locales';
import { useKind } from '../kind';
import type { ListState } from '../list-state';
import { refreshViews } from './keeping';
import './views.css';

const RoleTabs = lazy(async () => ({ default: (await import('./RoleTabs')).RoleTabs }));
const EditView = lazy(async () => ({ default: (await import('./EditView')).EditView }));

/** The tabs in their order, to be moved; one's own views to be renamed, shared or removed. */
export function ViewMenu({ state, close }: { state: ListState; close: () => void }) {
  const kind = useKind();
  const views = useViews(kind);
  const [order, setOrder] = useState<string[] | null>(null);
  const mayShare = useCan('view.share');
  const [arranging, setArranging] = useState(false);
  const [editing, setEditing] = useState<SavedView | null>(null);
  const items = views.data?.items ?? [];
  const keys = order ?? items.map((one) => one.key);
  const tabs = keys.flatMap((key) => items.find((one) => one.key === key) ?? []);

  const arrange = (next: string[]) => {
    setOrder(next);
    arrangeTabs(kind.record, next)
      .then(refreshViews)
      .catch((failure) => {
        setOrder(null);
        sayFailure(failure);
      });
  };
  const move = (at: number, by: number) => {
    const next = [...keys];
    const [key] = next.splice(at, 1);
    if (key) next.splice(at + by, 0, key);
    arrange(next);
  };
  const remove = async (tab: ViewTab) => {
    try {
      await removeView(Number(tab.key));
      say(t('views.removed', { name: words(tab.label) }));
      const first = keys.find((key) => key !== tab.key);
      if (state.view === tab.key && first) state.set({ view: first });
      await refreshViews();
    } catch (failure) {
      sayFailure(failure);
    }
  };
  return (
    <div className="view-menu">
      <p className="meta">{t(kind.words.first)}</p>
      <ul>
        {tabs.map((tab, at) => (
          <li key={tab.key}>
            {tab.saved?.can.change ? (
              <button
                type="button"
                className="plain view-name cut"
                onClick={() => setEditing(tab.saved ?? null)}
              >
                {words(tab.label)}
                {tab.saved.shared === 'nobody' ? null : <span className="meta">{t('views.is_shared')}</span>}
              </button>
            ) : (
              <span className="view-name cut">
                {words(tab.label)}
                {tab.saved ? <span className="meta">{tab.saved.owner.name}</span> : null}
              </span>
            )}
            {tab.saved?.can.change ? (
              <Sure
                className="icon-act"
                what={t('common.delete')}
                of={words(tab.label)}
                run={() => void remove(tab)}
              >
                <Trash2 size={14} strokeWidth={1.6} />
              </Sure>
            ) : null}
            <UpDown at={at} count={tabs.length} move={move} />
          </li>
        ))}
      </ul>
      {views.data?.arranged ? (
        <button type="button" className="act" onClick={() => arrange([])}>
          {t('views.order_reset')}
        </button>
      ) : null}
      {mayShare ? (
        <button type="button" className="act" onClick={() => setArranging(true)}>
          {t('views.role_tabs')}
        </button>
      ) : null}
      <Suspense fallback={null}>
        {arranging ? (
          <RoleTabs
            close={() => {
              setArranging(false);
              close();
            }}
          />
        ) : null}
        {editing ? (
          <EditView
            view={editing}
            close={() => {
              setEditing(null);
              close();
            }}
          />
        ) : null}
      </Suspense>
    </div>
  );
}
