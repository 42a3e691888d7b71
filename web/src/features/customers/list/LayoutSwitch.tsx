import { Columns3, List } from 'lucide-react';
import { usePhone } from '@/lib/media';
import { t } from '@/locales';
import type { ListState } from './list-state';

const LAYOUTS = [
  ['list', List],
  ['board', Columns3],
] as const;

/** The same customers as a list or as a board. */
export function LayoutSwitch({ state }: { state: ListState }) {
  const phone = usePhone();
  return (
    <span className="layouts" role="radiogroup" aria-label={t('board.layout')}>
      {LAYOUTS.map(([layout, Icon]) => (
        <button
          type="button"
          key={layout}
          role="radio"
          aria-checked={state.layout === layout}
          className="plain layout"
          onClick={() => state.set({ layout })}
        >
          {phone ? null : <Icon size={15} strokeWidth={1.6} aria-hidden="true" />}
          {t(`board.layout_${layout}`)}
        </button>
      ))}
    </span>
  );
}
