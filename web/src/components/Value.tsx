import { Link } from 'react-router';
import { previewUrl } from '@/api/followups';
import type { Field, Option, Pointed, RichText } from '@/api/types';
import { words } from '@/lib/names';
import type { Labels } from '@/lib/options';
import { shown } from '@/lib/shown';
import { CallLink, isMasked } from './CallLink';
import { Chip } from './Chip';
import { FileLink } from './files/FileLink';
import { Rich } from './Rich';
import './chip.css';

/** An address as one reads it; null for one that no browser should open. */
export function linkOf(value: string): { href: string; text: string } | null {
  if (!/^https?:\/\//i.test(value)) return null;
  return { href: value, text: value.replace(/^https?:\/\/(www\.)?/i, '').replace(/\/$/, '') };
}

/** A link that leads out of the house: the other side learns nothing of the page and gets no hold of it. */
export function SafeLink({ value }: { value: string }) {
  const link = linkOf(value);
  if (!link) return <>{value}</>;
  return (
    <a
      className="value-link"
      href={link.href}
      title={value}
      target="_blank"
      rel="noopener noreferrer nofollow"
    >
      {link.text}
    </a>
  );
}

function Options({ field, value, labels }: { field: Field; value: unknown; labels: Labels }) {
  const set = field.options ?? '';
  const keys = (Array.isArray(value) ? value : [value]) as string[];
  const found = keys.map((key): Option => labels.option(set, key) ?? { key, zh: key, en: key });
  return (
    <span className="opts">
      {found.map((one) => (
        <Chip key={one.key} color={one.color}>
          {words(one)}
        </Chip>
      ))}
    </span>
  );
}

/** Files by their names; pictures as they look where there is room. */
function Files({ files, pictures }: { files: readonly Pointed[]; pictures: boolean }) {
  return (
    <span className="value-files">
      {files.map((file) => (
        <FileLink key={file.id} className="value-link cut" file={file}>
          {pictures ? <img src={previewUrl(file.id)} alt={file.name} /> : file.name}
        </FileLink>
      ))}
    </span>
  );
}

/** The page of a linked record; null for what has none of its own. */
function pageOf(to: unknown, id: Pointed['id']): string | null {
  if (to === 'customer') return `/customers/${id}`;
  if (to === 'followup') return `/followups/${id}`;
  return typeof to === 'string' && to.startsWith('x_') ? `/records/${to}/${id}` : null;
}

/** What a record is linked to, leading to its page. */
function LinkTo({ field, value, children }: { field: Field; value: Pointed; children: string }) {
  const page = pageOf(field.settings?.to, value.id);
  if (!page || !value.name) return <>{children}</>;
  return (
    <Link className="value-link" to={page} onClick={(event) => event.stopPropagation()}>
      {children}
    </Link>
  );
}

/** One value as it is read: words, options with their colours, links that open and call. Nothing when it is blank. */
export function Value({
  field,
  value,
  labels,
  currency = null,
  called,
  whole = false,
}: {
  field: Field;
  value: unknown;
  labels: Labels;
  /** Of the record, for amounts that have none of their own. */
  currency?: string | null;
  /** There is room for lists and tables. */
  whole?: boolean;
  /** A number was called. */
  called?: () => void;
}) {
  const text = shown(field, value, labels, currency);
  if (text === null) return null;
  switch (field.type) {
    case 'option':
    case 'options':
      return <Options field={field} value={value} labels={labels} />;
    case 'attachment':
    case 'picture':
      return <Files files={value as Pointed[]} pictures={field.type === 'picture' && whole} />;
    case 'link':
      return (
        <LinkTo field={field} value={value as Pointed}>
          {text}
        </LinkTo>
      );
    case 'url':
      return <SafeLink value={text} />;
    case 'email':
      return (
        <a className="value-link" href={`mailto:${text}`}>
          {text}
        </a>
      );
    case 'phone':
      return isMasked(text) ? (
        text
      ) : (
        <CallLink number={text} whose={null} className="value-link" called={called}>
          {text}
        </CallLink>
      );
    case 'rich':
      return whole ? (
        <Rich tree={(value as RichText).blocks} text={text} />
      ) : (
        <span className="value-long" title={text}>
          {text}
        </span>
      );
    case 'longtext':
      return (
        <span className="value-long" title={text}>
          {text}
        </span>
      );
    default:
      return text;
  }
}
