import { CircleHelp } from 'lucide-react';
import { useState } from 'react';
import { Sheet } from '@/components/Sheet';
import { t } from '@/locales';

/** The sign behind a number's name: how it is counted. */
export function Means({ what, text }: { what: string; text: string }) {
  const [open, setOpen] = useState(false);
  const label = t('targets.means', { what });
  return (
    <Sheet
      title={label}
      open={open}
      setOpen={setOpen}
      content={
        <p className="means-text">
          <b>{label}</b>
          {text}
        </p>
      }
    >
      <button type="button" className="plain means" aria-label={label}>
        <CircleHelp size={14} strokeWidth={1.6} aria-hidden="true" />
      </button>
    </Sheet>
  );
}
