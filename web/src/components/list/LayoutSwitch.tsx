import { CalendarDays, Columns3, List } from 'lucide-react';
import { Radios } from '@/components/Tabs';
import { usePhone } from '@/lib/media';
import { t } from '@/locales';
import { useKind } from './kind';
import { type ListState, layoutsOf } from './list-state';

const ICONS = { list: List, board: Columns3, calendar: CalendarDays } as const;

/** The same rows as a list, as a board or in a calendar. */
export function LayoutSwitch({ state }: { state: ListState }) {
  const phone = usePhone();
  const kind = useKind();
  return (
    <Radios
      className="layouts"
      each="plain layout"
      label={t('board.layout')}
      value={state.layout}
      onChange={(layout) => state.set({ layout })}
      choices={layoutsOf(kind).map((layout) => {
        const Icon = ICONS[layout];
        return {
          key: layout,
          label: (
            <>
              {phone ? null : <Icon size={15} strokeWidth={1.6} aria-hidden="true" />}
              {t(`board.layout_${layout}`)}
            </>
          ),
        };
      })}
    />
  );
}
