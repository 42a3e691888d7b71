import { Columns3, List } from 'lucide-react';
import { Radios } from '@/components/Tabs';
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
    <Radios
      className="layouts"
      each="plain layout"
      label={t('board.layout')}
      value={state.layout}
      onChange={(layout) => state.set({ layout })}
      choices={LAYOUTS.map(([layout, Icon]) => ({
        key: layout,
        label: (
          <>
            {phone ? null : <Icon size={15} strokeWidth={1.6} aria-hidden="true" />}
            {t(`board.layout_${layout}`)}
          </>
        ),
      }))}
    />
  );
}
