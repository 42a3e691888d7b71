import { useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { useNavigate } from 'react-router';
import { api } from '@/api/client';
import type { Similar } from '@/api/types';
import { words } from '@/lib/names';
import { formatRelativeDay } from '@/lib/time';
import { t } from '@/locales';

/** Firms that may be the same, while the name or phone is being typed. */
export function useSimilar(typed: { name: string; phone: string }): Similar[] {
  const name = useDeferredValue(typed.name.trim());
  const phone = useDeferredValue(typed.phone.trim());
  const asked = { name: name.length >= 2 ? name : undefined, phone: phone.length >= 7 ? phone : undefined };
  const found = useQuery({
    queryKey: ['lookup', asked],
    queryFn: () => api.post<{ items: Similar[] }>('/customers/lookup', asked),
    enabled: Boolean(asked.name ?? asked.phone),
    placeholderData: (old) => old,
  });
  return asked.name || asked.phone ? (found.data?.items ?? []) : [];
}

export function SimilarBox({ rows, close }: { rows: Similar[]; close: () => void }) {
  const navigate = useNavigate();
  if (rows.length === 0) return null;
  return (
    <div className="similar" role="status">
      <b>{t('customers.similar')}</b>
      {rows.slice(0, 4).map((row) => {
        const owner = typeof row.owner === 'string' ? row.owner : (row.owner?.name ?? '—');
        return (
          <p key={`${row.id}${row.name}`}>
            <span>
              {t('customers.similar_line', { name: row.name, owner })}
              <span className="meta">
                {' '}
                {words(row.why)}
                {row.last_contact_at
                  ? ` · ${t(row.last_contact_by ? 'customers.similar_last_by' : 'customers.similar_last', {
                      name: row.last_contact_by ?? '',
                      when: formatRelativeDay(row.last_contact_at),
                    })}`
                  : ''}
              </span>
            </span>
            {row.visible && row.id !== null ? (
              <button
                type="button"
                className="act"
                onClick={() => {
                  close();
                  navigate(`/customers/${row.id}`);
                }}
              >
                {t('customers.similar_open')}
              </button>
            ) : null}
          </p>
        );
      })}
    </div>
  );
}
