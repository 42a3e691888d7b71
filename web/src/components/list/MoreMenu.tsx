import { Download, Ellipsis } from 'lucide-react';
import { usePhone } from '@/lib/media';
import { t } from '@/locales';
import { useExports } from './ExportMenu';
import type { ListState } from './list-state';
import { type Act, Menu } from './Menu';

/**
 * What is rarely needed over a list; on the phone the export too, which has a button of its own where there is room.
 * The columns are not here: they are those of the table. A card of the phone holds what its width can show, the same
 * in every view, and what else a row tells lies one tap away.
 */
export function MoreMenu({ state, acts }: { state: ListState; acts: readonly Act[] }) {
  const phone = usePhone();
  const exports = useExports(state).map((one) => ({
    ...one,
    label: `${t('customers.batch_export')} ${one.label}`,
    icon: <Download size={16} strokeWidth={1.6} aria-hidden="true" />,
  }));
  return (
    <Menu
      className="list-more"
      title={t('common.more')}
      acts={phone ? [...exports, ...acts] : acts}
      icon={<Ellipsis size={phone ? 20 : 18} strokeWidth={1.6} />}
    />
  );
}
