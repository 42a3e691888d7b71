import { Button } from 'antd';
import { ArrowLeft, History, Redo2, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Sure } from '@/components/Sure';
import { MAC } from '@/lib/media';
import { t } from '@/locales';
import './designer-bar.css';

const CTRL = MAC ? '⌘' : 'Ctrl';

/** What is shaped, as the bar over it needs to know it. */
export interface Shaped {
  version: number;
  /** So many changes are not published. */
  changes: number;
  /** The device keeps them. */
  stored: boolean;
  undo: (() => void) | null;
  redo: (() => void) | null;
  discard: () => void;
}

/** Way back, what is shaped, its version, the steps, what is not published yet, and publishing. */
export function DesignerBar({
  back,
  kind,
  title,
  shaped,
  beside,
  middle,
  openVersions,
  openPublish,
}: {
  back: { to: string; label: string };
  kind: string;
  title: string;
  shaped: Shaped;
  /** Behind the title. */
  beside?: ReactNode;
  middle?: ReactNode;
  openVersions: () => void;
  openPublish: () => void;
}) {
  const { version, changes, stored, undo, redo, discard } = shaped;
  return (
    <header className="fd-bar">
      <Link className="icon-act" to={back.to} aria-label={back.label} title={back.label}>
        <ArrowLeft size={18} strokeWidth={1.6} />
      </Link>
      <span className="second fd-bar-kind">{kind}</span>
      <h1 className="cut">{title}</h1>
      {beside}
      <span className="fd-chip">
        {version ? t('designer.version', { n: version }) : t('designer.version_none')}
      </span>
      {changes ? (
        <span className="meta" role="status">
          {t(stored ? 'designer.stored' : 'designer.not_stored')}
        </span>
      ) : null}
      <span className="fd-bar-gap" />
      {middle ? (
        <>
          {middle}
          <span className="fd-bar-gap" />
        </>
      ) : null}
      <button
        type="button"
        className="icon-act"
        disabled={!undo}
        aria-label={t('designer.undo')}
        title={`${t('designer.undo')} ${CTRL} Z`}
        onClick={() => undo?.()}
      >
        <Undo2 size={17} strokeWidth={1.6} />
      </button>
      <button
        type="button"
        className="icon-act"
        disabled={!redo}
        aria-label={t('designer.redo')}
        title={`${t('designer.redo')} ${CTRL} Shift Z`}
        onClick={() => redo?.()}
      >
        <Redo2 size={17} strokeWidth={1.6} />
      </button>
      <span className="fd-bar-line" />
      <span className="second">
        {changes ? t('designer.open', { n: changes }) : t('designer.nothing_open')}
      </span>
      {changes ? <Sure what={t('designer.discard')} run={discard} /> : null}
      <Button icon={<History size={15} strokeWidth={1.6} />} onClick={openVersions}>
        {t('designer.versions')}
      </Button>
      <Button disabled={!changes} onClick={openPublish}>
        {t('designer.impact')}
      </Button>
      <Button type="primary" disabled={!changes} onClick={openPublish}>
        {t('designer.publish')}
      </Button>
    </header>
  );
}
