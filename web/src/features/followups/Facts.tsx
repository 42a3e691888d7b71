import type { TemplateSection } from '@/api/templates';
import type { Field } from '@/api/types';
import { formatMoney } from '@/lib/money';
import { words } from '@/lib/names';
import { t } from '@/locales';
import type { Log } from './use-log';

function textOf(log: Log, field: Field, value: unknown): string {
  if (value === null || value === undefined || value === '') return '';
  if (field.type === 'option') return log.labels.label(field.options ?? '', String(value));
  if (field.type === 'money') return formatMoney(value as number);
  if (field.type === 'money_range') {
    const { low, high } = value as { low: number | null; high: number | null };
    return [low, high]
      .filter((one) => one !== null)
      .map((one) => formatMoney(one))
      .join('–');
  }
  if (Array.isArray(value)) return value.join('、');
  return String(value);
}

/** What the template shows of the customer: known already, filled in on the customer's own page. */
export function Facts({ log, section }: { log: Log; section: TemplateSection }) {
  const slugs = section.parts
    .flatMap((part) => part.fields)
    .filter((slug) => slug.startsWith('customer.') && slug !== 'customer.name');
  const { page } = log;
  if (!slugs.length || !page) return null;
  return (
    <p className="tpl-facts">
      {slugs.map((slug) => {
        const field = log.labels.field('customer', slug.slice('customer.'.length));
        if (!field) return null;
        const text = textOf(log, field, page.customer[field.slug]);
        return (
          <span key={slug}>
            <span className="meta">{words(field.label)}</span>{' '}
            {text || <span className="meta">{t('followups.not_filled')}</span>}
          </span>
        );
      })}
    </p>
  );
}
