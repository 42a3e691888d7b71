import { Check, X } from 'lucide-react';
import type { Proof } from '@/api/handovers';
import { words } from '@/lib/names';
import { t } from '@/locales';
import './proof.css';

/** Before = after, a line for each kind of thing that hangs on the customers. */
export function ProofTable({ proof, notes = false }: { proof: Proof; notes?: boolean }) {
  return (
    <table className="proof">
      <thead>
        <tr>
          <th scope="col">{t('batch.proof_what')}</th>
          <th scope="col">{t('batch.proof_before')}</th>
          <th scope="col">{t('batch.proof_after')}</th>
          <th aria-label={t('batch.proof_equal')} />
        </tr>
      </thead>
      <tbody>
        {proof.rows.map((row) => (
          <tr key={row.slug}>
            <th scope="row">
              {words(row)}
              {notes && words(row.note) ? <span className="meta"> {words(row.note)}</span> : null}
            </th>
            <td>{row.before}</td>
            <td>{row.after}</td>
            <td>
              {row.before === row.after ? (
                <Check
                  size={16}
                  strokeWidth={1.6}
                  className="proof-same"
                  aria-label={t('batch.proof_equal')}
                />
              ) : (
                <X size={16} strokeWidth={1.6} className="verm" aria-label={t('batch.proof_differs')} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
