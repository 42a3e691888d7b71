import type { DeskGroupKey, DeskItem } from '@/api/types';
import { useLabels } from '@/lib/options';
import { type Key, t } from '@/locales';
import { rowKey } from './actions';
import { DeskCard } from './DeskCard';
import { DeskRow } from './DeskRow';
import type { DeskView, Filter } from './desk-view';
import type { RowVerbs } from './RowActions';

const GROUPS: Record<DeskGroupKey, Key> = {
  overdue: 'desk.group_overdue',
  today: 'desk.group_today',
  near: 'desk.group_near',
  silent: 'desk.group_silent',
  tomorrow: 'desk.group_tomorrow',
};
const FILTERS: [Filter, Key][] = [
  ['all', 'desk.filter_all'],
  ['call', 'desk.filter_call'],
  ['visit', 'desk.filter_visit'],
  ['message', 'desk.filter_message'],
  ['desk', 'desk.filter_desk'],
];

function Filters({ view, filter, set }: { view: DeskView; filter: Filter; set: (next: Filter) => void }) {
  const kinds = FILTERS.filter(([kind]) => (view.counts.get(kind) ?? 0) > 0);
  if (kinds.length < 3) return null;
  return (
    <span className="desk-filters">
      {kinds.map(([kind, label]) => (
        <button
          type="button"
          className="plain"
          key={kind}
          aria-pressed={filter === kind}
          onClick={() => set(kind)}
        >
          {t(label)}
          {kind === 'all' ? '' : ` ${view.counts.get(kind)}`}
        </button>
      ))}
    </span>
  );
}

export interface ListProps {
  view: DeskView;
  filter: Filter;
  setFilter: (next: Filter) => void;
  chosen: string | null;
  choose: (key: string | null) => void;
  verbsOf: (item: DeskItem) => RowVerbs;
}

/** Groups with their heads; on the phone cards, else rows. */
export function DeskList({
  view,
  filter,
  setFilter,
  chosen,
  choose,
  verbsOf,
  phone,
}: ListProps & { phone: boolean }) {
  const labels = useLabels();
  const box = phone
    ? {}
    : {
        role: 'listbox',
        tabIndex: 0,
        'aria-label': t('desk.list_label'),
        'aria-activedescendant': chosen ? `desk-${chosen}` : undefined,
      };
  return (
    <div className={phone ? 'desk-cards' : 'desk-list'} {...box}>
      {view.groups.map((group, index) => (
        <section key={group.key}>
          <h2 className="desk-group" data-group={group.key}>
            <span className="desk-dot" aria-hidden="true" />
            {t(GROUPS[group.key])}
            <span className="desk-count">{group.items.length}</span>
            {index === 0 && !phone ? <Filters view={view} filter={filter} set={setFilter} /> : null}
          </h2>
          {phone ? (
            <ul>
              {group.items.map((item) => (
                <DeskCard
                  key={rowKey(item)}
                  item={item}
                  group={group.key}
                  open={chosen === rowKey(item)}
                  toggle={() => choose(chosen === rowKey(item) ? null : rowKey(item))}
                  verbs={verbsOf(item)}
                />
              ))}
            </ul>
          ) : (
            group.items.map((item) => (
              <DeskRow
                key={rowKey(item)}
                item={item}
                group={group.key}
                chosen={chosen === rowKey(item)}
                choose={() => choose(rowKey(item))}
                labels={labels}
                verbs={verbsOf(item)}
              />
            ))
          )}
        </section>
      ))}
    </div>
  );
}
