import { Link } from 'react-router';
import { useLinkedRecords, useRecordTypes } from '@/api/records';
import type { Named } from '@/api/types';
import { Chip } from '@/components/Chip';
import { capital, words } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { formatAgo } from '@/lib/time';
import { t } from '@/locales';
import { Section } from './Side';

/** What of the team's own types hangs on this customer, newest first, each type by itself. */
export function LinkedRecords({ customer }: { customer: Named }) {
  const labels = useLabels();
  const { data } = useLinkedRecords(customer.id);
  const types = useRecordTypes(labels.ownTypes.length > 0);
  const may = (type: string) => types.data?.items.find((one) => one.slug === type)?.can.create ?? false;
  return (data?.types ?? [])
    .filter((one) => one.items.length || may(one.type))
    .map((one) => (
      <Section
        key={one.type}
        title={capital(words(one.label))}
        note={
          may(one.type) ? (
            <Link
              className="act"
              to={`/records/${one.type}`}
              state={{ customer: { id: customer.id, name: customer.name } }}
            >
              {t('own.new')}
            </Link>
          ) : null
        }
      >
        {one.items.length ? null : <p className="second">{t('own.linked_none')}</p>}
        <ul className="side-linked">
          {one.items.map((row) => {
            const state = labels.option(`${one.type}.state`, row.state);
            return (
              <li key={row.id}>
                <Link className="cut" to={`/records/${one.type}/${row.id}`} title={row.name}>
                  {row.name}
                </Link>
                {state ? <Chip color={state.color}>{words(state)}</Chip> : null}
                <span className="meta">{formatAgo(row.updated_at)}</span>
              </li>
            );
          })}
        </ul>
        {one.more ? (
          <Link
            className="act"
            to={`/records/${one.type}?view=all&filter=${encodeURIComponent(
              JSON.stringify({ field: 'customer', op: 'eq', value: customer.id }),
            )}`}
          >
            {t('own.linked_more')}
          </Link>
        ) : null}
      </Section>
    ));
}
