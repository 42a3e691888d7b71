import { Download } from 'lucide-react';
import { useMe } from '@/app/session';
import { sayFailure } from '@/lib/notify';
import { t } from '@/locales';
import { exportRows, type Format } from './export';
import { useKind } from './kind';
import type { ListState } from './list-state';
import { type Act, Menu } from './Menu';

const FORMATS: [Format, string][] = [
  ['xlsx', 'Excel (.xlsx)'],
  ['csv', 'CSV (.csv)'],
];

/** The whole view as a file, what the list shows this person and no more; nothing for who may not export. */
export function useExports(state: ListState): Act[] {
  const { record } = useKind();
  const may = useMe().verbs.some((verb) => verb.startsWith('export.'));
  if (!may) return [];
  return FORMATS.map(([format, label]) => ({
    key: format,
    label,
    run: () => exportRows(record, [], state, format).catch(sayFailure),
  }));
}

export function ExportMenu({ state }: { state: ListState }) {
  return (
    <Menu
      title={t('customers.batch_export')}
      acts={useExports(state)}
      icon={<Download size={16} strokeWidth={1.6} />}
    />
  );
}
