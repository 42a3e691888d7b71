import type { ReactNode } from 'react';
import { api } from '@/api/client';
import type { Id } from '@/api/types';
import { useCan } from '@/app/session';
import { sayFailure } from '@/lib/notify';

/** Whether only the ends of a number are shown. */
export const isMasked = (number: string | null | undefined): boolean => Boolean(number?.includes('*'));

/** The whole number of a contact, or of whoever stands on a customer's row; the log tells who looked. */
export async function reveal(whose: { contact: Id } | { customer: Id }): Promise<string> {
  const path =
    'contact' in whose ? `/contacts/${whose.contact}/reveal` : `/customers/${whose.customer}/reveal`;
  return (await api.post<{ phone: string }>(path)).phone;
}

/** A tap calls the number; a masked one is shown whole first, if one may. */
export function CallLink({
  number,
  whose,
  label,
  className,
  called,
  children,
}: {
  number: string | null | undefined;
  /** Whose number can be shown whole; nobody's where a masked one stays as it is. */
  whose: Parameters<typeof reveal>[0] | null;
  label?: string;
  className?: string;
  called?: () => void;
  children: ReactNode;
}) {
  const reveals = useCan('contact.reveal');
  if (!number) return null;
  if (!isMasked(number))
    return (
      <a className={className} href={`tel:${number}`} title={number} aria-label={label} onClick={called}>
        {children}
      </a>
    );
  if (!reveals || !whose) return null;
  const call = async () => {
    try {
      const whole = await reveal(whose);
      called?.();
      window.location.assign(`tel:${whole}`);
    } catch (failure) {
      sayFailure(failure);
    }
  };
  return (
    <button
      type="button"
      className={className ?? 'plain'}
      title={number}
      aria-label={label}
      onClick={() => void call()}
    >
      {children}
    </button>
  );
}
