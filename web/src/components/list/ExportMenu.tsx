import { Download } from 'lucide-react';
import { useState } from 'react';
import { Sheet } from '@/components/Sheet';
import { sayFailure } from '@/lib/notify';
import { t } from '@/locales';
import { exportRows, type Format } from './export';
import { useKind } from './kind';
import type { ListState } from './list-state';

const FORMATS: [Format, string][] = [
  ['xlsx', 'Excel (.xlsx)'],
  ['csv', 'CSV (.csv)'],
];

/** The whole view as a file: what the list shows this person, no more. */
export function ExportMenu({ state }: { state: ListState }) {
  const { record } = useKind();
  const [open, setOpen] = useState(false);
  const go = (format: Format) => {
    setOpen(false);
    exportRows(record, [], state, format).catch(sayFailure);
  };
  const content = (
    <div className="sort-menu">
      {FORMATS.map(([format, name]) => (
        <button type="button" className="plain filter-field" key={format} onClick={() => go(format)}>
          {name}
        </button>
      ))}
    </div>
  );
  return (
    <Sheet title={t('customers.batch_export')} open={open} setOpen={setOpen} content={content}>
      <button
        type="button"
        className="icon-act"
        aria-label={t('customers.batch_export')}
        title={t('customers.batch_export')}
      >
        <Download size={16} strokeWidth={1.6} />
      </button>
    </Sheet>
  );
}
