import type { TemplateSection } from '@/api/templates';
import { words } from '@/lib/names';
import { shown } from '@/lib/shown';
import { t } from '@/locales';
import type { Log } from './use-log';

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
        const text = shown(field, page.customer[field.slug], log.labels, page.customer.currency);
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
