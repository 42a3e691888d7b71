import { Button } from 'antd';
import { ArrowLeft, History, Redo2, Settings2, Undo2 } from 'lucide-react';
import { Link } from 'react-router';
import type { Design } from '@/api/designs';
import { Sure } from '@/components/Sure';
import { MAC } from '@/lib/media';
import { capital, words } from '@/lib/names';
import { t } from '@/locales';
import type { Designer } from './use-designer';

const CTRL = MAC ? '⌘' : 'Ctrl';

/** Way back, what is shaped, its version, the steps, what is not published yet, and publishing. */
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
  const { base, draft, select, changes, dirty, stored, undo, redo, theirs, start } = designer;
  const version = base.version ? t('forms.version', { n: base.version }) : t('forms.version_none');
  return (
    <header className="fd-bar">
      <Link className="icon-act" to="/manage/forms" aria-label={t('forms.back')} title={t('forms.back')}>
        <ArrowLeft size={18} strokeWidth={1.6} />
      </Link>
      <span className="second fd-bar-kind">{t('forms.form')}</span>
      <h1>{capital(words(draft.type ?? design.label) || words(design.label))}</h1>
      {draft.type ? (
        <button type="button" className="act" onClick={() => select('type')}>
          <Settings2 size={15} strokeWidth={1.6} aria-hidden="true" />
          {t('forms.type_and_states')}
        </button>
      ) : null}
      <span className="fd-chip">{version}</span>
      {dirty ? (
        <span className="meta" role="status">
          {t(stored ? 'forms.stored' : 'forms.not_stored')}
        </span>
      ) : null}
      <span className="fd-bar-gap" />
      <button
        type="button"
        className="icon-act"
        disabled={!undo}
        aria-label={t('forms.undo')}
        title={`${t('forms.undo')} ${CTRL} Z`}
        onClick={() => undo?.()}
      >
        <Undo2 size={17} strokeWidth={1.6} />
      </button>
      <button
        type="button"
        className="icon-act"
        disabled={!redo}
        aria-label={t('forms.redo')}
        title={`${t('forms.redo')} ${CTRL} Shift Z`}
        onClick={() => redo?.()}
      >
        <Redo2 size={17} strokeWidth={1.6} />
      </button>
      <span className="fd-bar-line" />
      <span className="second">
        {dirty ? t('forms.open', { n: changes.length }) : t('forms.nothing_open')}
      </span>
      {dirty ? <Sure what={t('forms.discard')} run={() => start(theirs ?? design)} /> : null}
      <Button icon={<History size={15} strokeWidth={1.6} />} onClick={openVersions}>
        {t('forms.versions')}
      </Button>
      <Button disabled={!dirty} onClick={openPublish}>
        {t('forms.impact')}
      </Button>
      <Button type="primary" disabled={!dirty} onClick={openPublish}>
        {t('forms.publish')}
      </Button>
    </header>
  );
}
