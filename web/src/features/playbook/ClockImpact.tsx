import type { ClockImpact as Clocks } from '@/api/playbooks';
import { t } from '@/locales';

/** Whose clocks begin, move or end, and whose are over the moment it is published. */
export function ClockImpact({ clocks }: { clocks: Clocks }) {
  const said = [
    clocks.begun ? t('playbook.impact_begun', { n: clocks.begun, over: clocks.begun_over }) : '',
    clocks.redated ? t('playbook.impact_redated', { n: clocks.redated, over: clocks.redated_over }) : '',
    clocks.ended ? t('playbook.impact_ended', { n: clocks.ended }) : '',
    clocks.begun_over ? t('playbook.impact_quiet') : '',
  ].filter(Boolean);
  if (!said.length) return null;
  return (
    <>
      {said.map((one) => (
        <p className="second" key={one}>
          {one}
        </p>
      ))}
      {clocks.owners.length ? (
        <table className="pb-replayed">
          <caption>{t('playbook.impact_owners')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('playbook.impact_owner')}</th>
              <th scope="col">{t('playbook.impact_owner_begun')}</th>
              <th scope="col">{t('playbook.impact_owner_over')}</th>
            </tr>
          </thead>
          <tbody>
            {clocks.owners.map((one) => (
              <tr key={one.id}>
                <th scope="row">{one.name}</th>
                <td>{one.begun}</td>
                <td>{one.over}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </>
  );
}
