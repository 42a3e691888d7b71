import { Paperclip } from 'lucide-react';
import type { RecordField, RecordPageData, RecordSection } from '@/api/templates';
import type { StoredFile } from '@/api/types';
import { FileLink } from '@/components/files/FileLink';
import { Rich, SaidWords } from '@/components/Rich';
import { SafeLink } from '@/components/Value';
import { words } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { locale, t } from '@/locales';
import { ordinal } from '../ordinal';

const linesOf = (field: RecordField): string[] => (locale() === 'zh-CN' ? field.text.zh : field.text.en);

/** Attachments under their type, each a link that asks for the right again. */
function Files({ files }: { files: StoredFile[] }) {
  const { options, label } = useLabels();
  const order = options('file_kind').map((one) => one.key);
  const kinds = [...new Set(files.map((file) => file.kind))].sort(
    (one, two) => order.indexOf(one) - order.indexOf(two),
  );
  return kinds.map((kind) => (
    <p key={kind} className="rec-files">
      <span className="meta">{label('file_kind', kind)}</span>
      {files
        .filter((file) => file.kind === kind)
        .map((file) => (
          <FileLink key={file.id} file={file}>
            <Paperclip size={13} strokeWidth={1.6} aria-hidden="true" />
            {file.name}
          </FileLink>
        ))}
    </p>
  ));
}

function Lines({ lines }: { lines: string[] }) {
  if (lines.length === 1) return <SaidWords text={lines[0] ?? ''} />;
  return (
    <ol className="rec-lines">
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same line may stand twice
        <li key={at}>
          <SaidWords text={line} />
        </li>
      ))}
    </ol>
  );
}

function Value({ field, files }: { field: RecordField; files: StoredFile[] }) {
  if (field.type === 'files') return <Files files={files} />;
  if (field.type === 'url') return <SafeLink value={linesOf(field)[0] ?? ''} />;
  if (field.blocks) return <Rich tree={field.blocks} text="" />;
  return <Lines lines={linesOf(field)} />;
}

const LINES = ['longtext', 'richtext', 'steps', 'files', 'needs', 'objections', 'qa', 'risks', 'quotes'];
/** Short fields share a line, so that a record stays one screen. */
const isWide = (field: RecordField): boolean =>
  LINES.includes(field.type) || linesOf(field).length > 1 || (linesOf(field)[0] ?? '').length > 18;

/** The sections of a record in the order of its template; what was left blank is said only where it counts. */
export function Sections({ record }: { record: RecordPageData }) {
  const filled = (section: RecordSection) => section.fields.filter((field) => linesOf(field).length);
  const shown = record.sections.filter((section) => section.always || filled(section).length);
  return shown.map((section, at) => (
    <section className="rec-section" key={section.key}>
      <h2>
        {ordinal(at)}
        {words(section)}
      </h2>
      {filled(section).length ? (
        <dl>
          {filled(section).map((field) => (
            <div key={field.slug} data-wide={isWide(field) || undefined}>
              <dt>{words(field)}</dt>
              <dd>
                <Value field={field} files={record.files} />
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        <p className="meta">{t('record.blank')}</p>
      )}
    </section>
  ));
}

/** The end of every record: what came of this contact beside what comes next. */
export function Closing({ record }: { record: RecordPageData }) {
  const fields = new Map(record.sections.flatMap((section) => section.fields.map((one) => [one.slug, one])));
  const of = (slug: string) => {
    const field = fields.get(slug);
    return field ? linesOf(field) : [];
  };
  const result = of('result').length ? of('result') : of('feedback');
  const boxes = [
    ['record.result', result],
    ['record.next', of('next_steps')],
  ] as const;
  return (
    <div className="rec-closing">
      {boxes.map(([title, lines]) => (
        <section key={title}>
          <h2>{t(title)}</h2>
          {lines.length ? <Lines lines={lines} /> : <p className="meta">{t('record.blank')}</p>}
        </section>
      ))}
    </div>
  );
}
