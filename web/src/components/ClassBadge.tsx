import { t } from '@/locales';
import './marks.css';

/** A filled ink, B outlined, C pale outline: no colour, so that it never competes with lateness. */
export function ClassBadge({ value }: { value: string | null | undefined }) {
  if (!value) return null;
  const letter = value.toUpperCase();
  return (
    <span className={`class-badge class-${letter.toLowerCase()}`} title={t('common.class_of', { c: letter })}>
      {letter}
    </span>
  );
}
