import { FileDown, TriangleAlert } from 'lucide-react';
import { Link } from 'react-router';
import type { Quotation } from '@/api/deals';
import { formatMoneyFull } from '@/lib/money';
import { words } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { formatDay, formatWhen } from '@/lib/time';
import { t } from '@/locales';

/** The lines of a deal or a quotation as they are kept. */
export function LinesTable({ lines, currency }: { lines: Quotation['lines']; currency: string }) {
  return (
    <div className="deal-kept">
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a kept line never moves
        <div className="deal-kept-line" key={at}>
          <span className="cut" title={line.name}>
            {line.name} {line.code ? <span className="meta">{line.code}</span> : null}
          </span>
          <span className="second">
            {line.quantity} {line.unit} × {formatMoneyFull(line.price, currency)}
            {line.discount === '0' ? '' : ` − ${line.discount}%`}
          </span>
          <span className="deal-line-sum">{formatMoneyFull(line.amount, currency)}</span>
        </div>
      ))}
    </div>
  );
}

/** What the offer rests on, and what was told after it. */
function Based({ quote }: { quote: Quotation }) {
  const labels = useLabels();
  const { talk, warning } = quote;
  return (
    <div className="quote-based">
      {talk ? (
        <>
          <p className="meta">
            {t('deals.based_on', {
              when: formatWhen(talk.contact_at, talk.precision),
              channel: labels.label('channel', talk.channel),
            })}{' '}
            <Link to={`/followups/${talk.id}`}>{t('deals.see_talk')}</Link>
          </p>
          <p className="quote-words">{talk.summary}</p>
          {talk.feedback ? <p className="quote-words second">{talk.feedback}</p> : null}
        </>
      ) : (
        <p className="meta">{t('deals.talk_closed')}</p>
      )}
      {warning ? (
        <p className="amber quote-warning">
          <TriangleAlert size={15} strokeWidth={1.6} aria-hidden="true" />
          <span>
            {words(warning)}{' '}
            {quote.later.map((id) => (
              <Link key={id} to={`/followups/${id}`}>
                {t('deals.see_newer')}
              </Link>
            ))}
          </span>
        </p>
      ) : null}
    </div>
  );
}

/** One edition: its sum, its state, its lines beside the talk; the PDF where it may be sent. */
export function QuoteSheet({ quote }: { quote: Quotation }) {
  const prints = quote.total !== null && (quote.state === 'valid' || quote.state === 'replaced');
  const state = quote.ended ? 'ended' : quote.state;
  return (
    <article className="quote-sheet" data-state={state}>
      <header>
        <b>{quote.number}</b>
        <span className={state === 'waiting' || state === 'refused' ? 'amber' : 'second'}>
          {t(`deals.quote_${state}`)}
        </span>
        <span className="quote-sum">
          {quote.total === null ? '—' : formatMoneyFull(quote.total, quote.currency)}
        </span>
      </header>
      <p className="meta">
        {[
          quote.made_by,
          formatWhen(quote.made_at),
          t('deals.until_day', { day: formatDay(quote.valid_until) }),
          quote.percent && quote.percent !== '0' ? t('deals.below_list', { n: quote.percent }) : '',
        ]
          .filter(Boolean)
          .join(' · ')}
        {prints ? (
          <a className="quote-pdf" href={`/api/v1/quotations/${quote.id}/file.pdf`}>
            <FileDown size={15} strokeWidth={1.6} aria-hidden="true" />
            {t('deals.pdf')}
          </a>
        ) : null}
      </p>
      {state === 'replaced' ? null : (
        <div className="quote-sides">
          <LinesTable lines={quote.lines} currency={quote.currency} />
          <Based quote={quote} />
        </div>
      )}
    </article>
  );
}
