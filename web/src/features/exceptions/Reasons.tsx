import type { Board } from '@/api/exceptions';
import { words } from '@/lib/names';
import { t } from '@/locales';
import type { Aim } from './ExceptionsPage';

/** 为什么: how many for each reason and who can undo it; what waits for the reader is the only red bar. */
export function Reasons({ board, aim }: { board: Board; aim: Aim }) {
  const { reasons, chosen } = board;
  const most = Math.max(1, ...reasons.map((one) => one.n));
  if (!reasons.length) return null;
  return (
    <section className="sheet exc-panel">
      <header className="exc-panel-head">
        <h3>{t('exceptions.why_title')}</h3>
        <span className="meta">{t('exceptions.why_who')}</span>
      </header>
      <ul>
        {reasons.map((one) => (
          <li key={one.key}>
            <button
              type="button"
              className="plain exc-why"
              data-you={one.key === 'you' || undefined}
              aria-pressed={chosen.reason === one.key}
              aria-label={t('exceptions.why_row', { name: words(one), n: one.n })}
              onClick={() => aim({ reason: chosen.reason === one.key ? '' : one.key })}
            >
              <span>{words(one)}</span>
              <span className="exc-bar" aria-hidden="true">
                <i style={{ width: `${(100 * one.n) / most}%` }} />
              </span>
              <span className="exc-n">{one.n}</span>
              <span className="meta exc-whom">{words(one.who)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
