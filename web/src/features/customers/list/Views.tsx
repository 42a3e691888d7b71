import { useCustomerViews } from '@/api/queries';
import { words } from '@/lib/names';
import { t } from '@/locales';
import type { ListState } from './list-state';

/** Saved views with their counts. */
export function Views({ state }: { state: ListState }) {
  const views = useCustomerViews();
  return (
    <div className="views" role="tablist" aria-label={t('customers.views')}>
      {(views.data?.items ?? []).map((view) => (
        <button
          type="button"
          key={view.key}
          role="tab"
          aria-selected={state.view === view.key}
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
  );
}
