import { ChevronRight, TriangleAlert } from 'lucide-react';
import { Link } from 'react-router';
import { useComplaints } from '@/api/complaints';
import type { Id } from '@/api/types';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';
import { wordOf } from './ComplaintForms';
import './complaints.css';

/** A customer with an open complaint says so on top of its page, whatever part of it is open. */
export function ComplaintBand({ customerId }: { customerId: Id }) {
  const { data } = useComplaints(customerId);
  const open = data?.items.filter((one) => one.state !== 'confirmed') ?? [];
  const unsolved = open.filter((one) => one.state !== 'resolved');
  const first = [...unsolved].sort((a, b) => a.due_at.localeCompare(b.due_at))[0];
  if (!data || !open.length) return null;
  const about = first
    ? [
        t('complaints.band_what', {
          level: wordOf(data.options, 'complaint_level', first.level),
          kind: wordOf(data.options, 'complaint_kind', first.kind),
        }),
        first.owner ? t('complaints.with', { name: first.owner.name }) : '',
        t(first.late ? 'complaints.late' : 'complaints.until', { when: formatWhen(first.due_at) }),
      ]
        .filter(Boolean)
        .join(' · ')
    : t('complaints.asks');
  return (
    <Link className="complaint-band" to="#complaints" data-late={first ? true : undefined} role="status">
      <TriangleAlert size={17} strokeWidth={1.6} aria-hidden="true" />
      <span>
        <b>
          {t(first ? 'complaints.band' : 'complaints.band_resolved', {
            n: first ? unsolved.length : open.length,
          })}
        </b>
        <span>{about}</span>
      </span>
      <ChevronRight size={17} strokeWidth={1.6} aria-hidden="true" />
    </Link>
  );
}
