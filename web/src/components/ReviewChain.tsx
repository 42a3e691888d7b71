import { useQuery } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { Link } from 'react-router';
import { type Approval, type Chain, reviewKeys } from '@/api/approvals';
import { api } from '@/api/client';
import type { Id } from '@/api/types';
import { useMe } from '@/app/session';
import { words } from '@/lib/names';
import { formatDue, formatWhen } from '@/lib/time';
import { t } from '@/locales';
import './review-chain.css';

/** What was said about the record: each return with its fields, each verdict with its day. */
function Said({ approval }: { approval: Approval }) {
  return (
    <ul className="chain-said second">
      {approval.reasons.map((reason) => (
        <li key={`r${reason.id}`}>
          <b>{words(reason.label)}</b> {reason.text}
          <span className="meta"> {t(`reviews.reason_${reason.state}`)}</span>
        </li>
      ))}
      {approval.decisions.map((each) => (
        <li key={each.id}>
          <b>{each.by?.name}</b> {t(`reviews.verdict_${each.verdict}` as 'reviews.verdict_pass')}
          {each.note ? `：${each.note}` : ''}
          <span className="meta"> {formatWhen(each.at)}</span>
        </li>
      ))}
    </ul>
  );
}

/** Where one goes on: the verdict for the reviewer, mending for the author. */
function Way({ approval }: { approval: Approval }) {
  const me = useMe().member.id;
  if (
    approval.state === 'open' &&
    approval.steps.some((step) => step.state === 'open' && step.member?.id === me)
  ) {
    return (
      <Link className="act" to={`/reviews?which=records&id=${approval.id}`}>
        {t('reviews.to_review')}
      </Link>
    );
  }
  if (approval.state === 'returned' && approval.author?.id === me) {
    return (
      <Link className="act" to={`/reviews/mend/${approval.id}`}>
        {t('reviews.to_mend_it')}
      </Link>
    );
  }
  return null;
}

/** Report, review, action: which of the three is still open, and what was said in the review. */
export function ReviewChain({ type, id }: { type: 'followup' | 'customer'; id: Id }) {
  const chain = useQuery({
    queryKey: [...reviewKeys.all, 'of', type, id],
    queryFn: () => api.get<Chain>(`/approvals/of/${type}/${id}`),
  });
  if (!chain.data) return null;
  const [approval] = chain.data.approvals.filter((each) => each.kind !== 'peer');
  return (
    <section className="chain" aria-label={t('reviews.chain')}>
      <ol>
        {chain.data.chain
          .filter((link) => link.link !== 'review' || approval)
          .map(({ link, done, open }) => (
            <li key={link} data-done={done}>
              <span className="chain-mark">
                {done ? <Check size={12} strokeWidth={2.4} aria-hidden="true" /> : null}
              </span>
              <div>
                <b>{t(`reviews.chain_${link}`)}</b>
                <span className="meta"> {t(done ? 'reviews.chain_done' : 'reviews.chain_open')}</span>
                {/* What came back is said field by field below. */}
                {(link === 'review' && approval?.state === 'returned' ? [] : open).map((one) => (
                  <p className="second" key={`${one.zh}${one.due_at}`}>
                    {words(one)}
                    <span className="meta">
                      {' '}
                      {[one.who, one.due_at ? formatDue(one.due_at, 'day') : ''].filter(Boolean).join(' · ')}
                    </span>
                  </p>
                ))}
                {link === 'review' && approval ? (
                  <>
                    <Said approval={approval} />
                    <Way approval={approval} />
                  </>
                ) : null}
              </div>
            </li>
          ))}
      </ol>
    </section>
  );
}
