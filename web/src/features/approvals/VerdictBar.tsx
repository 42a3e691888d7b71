import { Button } from 'antd';
import { Check, ChevronLeft, ChevronRight, Undo2 } from 'lucide-react';
import { useMedia } from '@/lib/media';
import { t } from '@/locales';

const HINTS = [
  [['J', 'K'], 'reviews.key_record'],
  [['Tab'], 'reviews.key_field'],
  [['C'], 'reviews.key_comment'],
  [['1', '3'], 'reviews.key_quick'],
  [['Z'], 'reviews.key_undo'],
] as const;

/** Below the record: the keys, and the two verdicts. */
export function VerdictBar({
  phone,
  may,
  comments,
  pass,
  giveBack,
  previous,
  next,
}: {
  phone: boolean;
  may: boolean;
  comments: number;
  pass: () => void;
  giveBack: () => void;
  previous: () => void;
  next: () => void;
}) {
  const wide = useMedia('(min-width: 1200px)');
  return (
    <footer className="verdict">
      {phone ? null : wide ? (
        <span className="verdict-keys meta">
          {HINTS.map(([names, label]) => (
            <span key={label}>
              <kbd>{names[0]}</kbd>
              {names[1] ? (
                <>
                  {names[1] === '3' ? '–' : ''}
                  <kbd>{names[1]}</kbd>
                </>
              ) : null}
              {t(label)}
            </span>
          ))}
        </span>
      ) : (
        <span className="verdict-keys">
          <Button icon={<ChevronLeft size={16} />} onClick={previous}>
            {t('reviews.previous')}
          </Button>
          <Button icon={<ChevronRight size={16} />} iconPlacement="end" onClick={next}>
            {t('reviews.next')}
          </Button>
        </span>
      )}
      <Button disabled={!may} icon={<Undo2 size={16} strokeWidth={1.6} />} onClick={giveBack}>
        {comments
          ? t(phone ? 'reviews.return_n_phone' : 'reviews.return_n', { n: comments })
          : t('reviews.return')}
        {phone ? null : <kbd>R</kbd>}
      </Button>
      <Button type="primary" disabled={!may} icon={<Check size={16} strokeWidth={1.6} />} onClick={pass}>
        {t('reviews.pass')}
        {phone ? null : <kbd>A</kbd>}
      </Button>
    </footer>
  );
}
