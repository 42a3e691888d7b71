import { Lock, ShieldCheck } from 'lucide-react';
import { acts, fileOf, type Handover, refreshHandovers } from '@/api/handovers';
import { ProofTable } from '@/components/ProofTable';
import { sayFailure } from '@/lib/notify';
import { formatWhen } from '@/lib/time';
import { locale, t } from '@/locales';

const short = (sum: string): string => `${sum.slice(0, 4)}…${sum.slice(-4)}`;
export const equal = (handover: Handover): boolean =>
  handover.proof.rows.every((row) => row.before === row.after);

/** Counts before and after, what does not change, and the checksum. */
export function ProofPane({ handover }: { handover: Handover }) {
  const { proof } = handover;
  const wrong = proof.rows.filter((row) => row.before !== row.after).length;
  const again = () => acts.rehearse(handover.id).then(refreshHandovers).catch(sayFailure);
  return (
    <section className="sheet handover-part" aria-label={t('handovers.before_after')}>
      <header className="handover-head">
        <h2>{t('handovers.before_after')}</h2>
        <span className={wrong ? 'verm' : 'handover-equal'}>
          <ShieldCheck size={16} strokeWidth={1.6} aria-hidden="true" />
          {wrong
            ? t('handovers.not_equal', { n: wrong })
            : t('handovers.all_equal', { n: proof.rows.length })}
        </span>
      </header>
      <ProofTable proof={proof} notes />
      <div className="handover-fixed">
        <b>{t('handovers.fixed_title')}</b>
        <p className="second">{t('handovers.fixed', { giver: handover.giver.name })}</p>
      </div>
      <footer className="handover-sum">
        <span className="second" title={proof.checksum}>
          <Lock size={14} strokeWidth={1.6} aria-hidden="true" /> {t('handovers.checksum')}{' '}
          <code>{short(proof.checksum)}</code>
        </span>
        {handover.proven ? (
          <a className="act" href={fileOf(handover.id, 'proof.pdf', locale() === 'en-US' ? 'en' : 'zh')}>
            {t('handovers.download')}
          </a>
        ) : handover.can.change ? (
          <button type="button" className="act" onClick={() => void again()}>
            {t('handovers.rehearse')}
          </button>
        ) : handover.rehearsed_at ? (
          <span className="meta">
            {t('handovers.rehearsed', { when: formatWhen(handover.rehearsed_at) })}
          </span>
        ) : null}
      </footer>
    </section>
  );
}
