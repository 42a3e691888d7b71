import { Settings2 } from 'lucide-react';
import type { Design } from '@/api/designs';
import { DesignerBar } from '@/components/designer/DesignerBar';
import { capital, words } from '@/lib/names';
import { t } from '@/locales';
import type { Designer } from './use-designer';

/** The bar over a form that is shaped. */
export function Bar({
  designer,
  design,
  openVersions,
  openPublish,
}: {
  designer: Designer;
  design: Design;
  openVersions: () => void;
  openPublish: () => void;
}) {
  const { base, draft, select, changes, stored, undo, redo, theirs, start } = designer;
  return (
    <DesignerBar
      back={{ to: '/manage/forms', label: t('forms.back') }}
      kind={t('forms.form')}
      title={capital(words(draft.type ?? design.label) || words(design.label))}
      shaped={{
        version: base.version,
        changes: changes.length,
        stored,
        undo,
        redo,
        discard: () => start(theirs ?? design),
      }}
      beside={
        draft.type ? (
          <button type="button" className="act" onClick={() => select('type')}>
            <Settings2 size={15} strokeWidth={1.6} aria-hidden="true" />
            {t('forms.type_and_states')}
          </button>
        ) : null
      }
      openVersions={openVersions}
      openPublish={openPublish}
    />
  );
}
