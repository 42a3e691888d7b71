import { Button } from 'antd';
import { ChevronLeft } from 'lucide-react';
import { useState } from 'react';
import type { Id, Words } from '@/api/types';
import { type ComparedField, useCompared, type VersionedType, type VersionRow } from '@/api/versions';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { words } from '@/lib/names';
import { t } from '@/locales';

type Restore = (number: number, version: number, fields: string[] | null) => Promise<void>;

function Pair({ label, sides, note }: { label: Words; sides: [string, Words][]; note?: string }) {
  return (
    <>
      <h4>{words(label)}</h4>
      {note ? <p className="meta">{note}</p> : null}
      <div className="ver-pair">
        {sides.map(([head, text]) => (
          <div key={head}>
            <span className="meta">{head}</span>
            <p className={words(text) ? undefined : 'second'}>{words(text) || t('common.empty_value')}</p>
          </div>
        ))}
      </div>
    </>
  );
}

/** What this version changed, and how it differs from now; one field or all of it can be taken back. */
export function ComparePane({
  type,
  id,
  row,
  newest,
  back,
  restore,
}: {
  type: VersionedType;
  id: Id;
  row: VersionRow;
  newest: boolean;
  back: (() => void) | null;
  restore: Restore;
}) {
  const query = useCompared(type, id, row.number);
  // Fields to restore once confirmed; null = all that differ.
  const [asking, setAsking] = useState<{ fields: string[] | null; what: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const found = query.data;
  const able = found?.fields.filter((one) => one.restorable) ?? [];
  const kept = found?.fields.filter((one) => !one.restorable) ?? [];
  const go = async () => {
    if (!found || !asking) return;
    setBusy(true);
    await restore(row.number, found.version, asking.fields);
    setBusy(false);
    setAsking(null);
  };
  const ask = (field: ComparedField) => setAsking({ fields: [field.field], what: words(field.label) });
  return (
    <section className="ver-compare" aria-label={t('versions.number', { n: row.number })}>
      {back ? (
        <button type="button" className="act ver-back" onClick={back}>
          <ChevronLeft size={18} strokeWidth={1.6} aria-hidden="true" />
          {t('versions.all')}
        </button>
      ) : null}
      {row.changes.length ? (
        <div className="ver-part">
          <h3>{t('versions.changed_then', { n: row.number })}</h3>
          {row.changes.map((one) => (
            <Pair
              key={one.field}
              label={one.label}
              note={one.format_only ? t('versions.format_only') : undefined}
              sides={[
                [t('versions.before'), one.old],
                [t('versions.after'), one.new],
              ]}
            />
          ))}
        </div>
      ) : null}
      <div className="ver-part">
        <h3>{t('versions.beside_now', { n: row.number })}</h3>
        {query.error ? <ErrorState failure={query.error} retry={() => void query.refetch()} /> : null}
        {query.isPending ? <SkeletonRows rows={3} /> : null}
        {found && !found.fields.length ? (
          <p className="second">{newest ? t('versions.is_now') : t('versions.same')}</p>
        ) : null}
        {found?.fields.map((field) => (
          <div key={field.field}>
            <Pair
              label={field.label}
              note={field.format_only ? t('versions.format_only') : undefined}
              sides={[
                [t('versions.number', { n: row.number }), field.then],
                [t('versions.now'), field.now],
              ]}
            />
            {field.restorable ? (
              <button type="button" className="act" onClick={() => ask(field)}>
                {t('versions.restore_one')}
              </button>
            ) : null}
          </div>
        ))}
      </div>
      {asking ? (
        <div className="ver-ask" role="alertdialog" aria-label={t('versions.restore_all')}>
          <p>
            {t('versions.confirm', { n: row.number, what: asking.what })}
            {asking.fields === null && kept.length
              ? t('versions.kept', { what: kept.map((one) => words(one.label)).join(t('versions.and')) })
              : ''}
          </p>
          <Button onClick={() => setAsking(null)}>{t('common.cancel')}</Button>
          <Button type="primary" loading={busy} autoFocus onClick={() => void go()}>
            {t('versions.restore')}
          </Button>
        </div>
      ) : able.length ? (
        <div className="ver-ask">
          <Button
            onClick={() =>
              setAsking({ fields: null, what: able.map((one) => words(one.label)).join(t('versions.and')) })
            }
          >
            {t('versions.restore_all')}
          </Button>
        </div>
      ) : null}
    </section>
  );
}
