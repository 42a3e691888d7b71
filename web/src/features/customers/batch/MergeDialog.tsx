import { useState } from 'react';
import { type MergeField, type MergePreview, mergeCustomers } from '@/api/batches';
import type { Id } from '@/api/types';
import { Confirm } from '@/components/batch/Confirm';
import { usePreview } from '@/components/batch/Preview';
import { sayWithUndo } from '@/components/batch/undo';
import { words } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { shown } from '@/lib/shown';
import { useNames } from '@/lib/who';
import { t } from '@/locales';

/** Which of them stays. */
function Survivor({ preview, choose }: { preview: MergePreview; choose: (id: Id) => void }) {
  return (
    <fieldset className="merge-into">
      <legend>{t('batch.merge_into')}</legend>
      <div className="merge-options">
        {preview.customers.map((one) => (
          <label key={one.id} data-on={one.id === preview.into || undefined}>
            <input
              type="radio"
              name="merge-into"
              checked={one.id === preview.into}
              onChange={() => choose(one.id)}
            />
            <span>
              <b>{one.name}</b>
              {one.owner ? <span className="meta">{t('page.owned', { name: one.owner })}</span> : null}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** One field in which they differ: whose value stays. A blank one cannot be chosen by mistake. */
function Choice({
  field,
  preview,
  choose,
}: {
  field: MergeField;
  preview: MergePreview;
  choose: (id: Id) => void;
}) {
  const labels = useLabels();
  const kind = labels.fields('customer').find((one) => one.slug === field.slug);
  const names = new Map(preview.customers.map((one) => [one.id, one.name]));
  return (
    <fieldset>
      <legend className="second">{words(field.label)}</legend>
      <div className="merge-options">
        {field.values.map(({ id, value }) => {
          const text = kind ? shown(kind, value, labels, null) : String(value ?? '');
          return (
            <label key={id} data-on={id === field.kept || undefined} data-blank={!text || undefined}>
              <input
                type="radio"
                name={`merge-${field.slug}`}
                checked={id === field.kept}
                onChange={() => choose(id)}
              />
              <span>
                {text ?? <span className="faint">{t('common.empty_value')}</span>}
                {field.slug === 'name' ? null : <span className="meta cut">{names.get(id)}</span>}
              </span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}

/** Several files of one firm become one: who stays, whose values, which people are the same. */
export function MergeDialog({ ids, close }: { ids: number[]; close: (done: boolean) => void }) {
  const [into, setInto] = useState<Id | null>(null);
  const [choices, setChoices] = useState<Record<string, Id>>({});
  const preview = usePreview<MergePreview>({ verb: 'merge', ids, into, choices });
  const { data } = preview;
  const labels = useLabels();
  useNames(data?.fields.map(({ slug }) => labels.field('customer', slug)) ?? []);
  return (
    <Confirm
      title={t('batch.merge_title', { n: ids.length })}
      preview={data}
      previewFailure={preview.error}
      ready={Boolean(data && data.ids.length >= 2)}
      width={720}
      close={close}
      run={async (can, key) => {
        if (!data) return;
        const done = await mergeCustomers({ ids: can, into: data.into, choices }, key);
        const name = data.customers.find((one) => one.id === data.into)?.name ?? '';
        sayWithUndo(t('batch.merge_done', { n: can.length, name }), done.batch);
      }}
    >
      {data ? (
        <div className="merge">
          <Survivor
            preview={data}
            choose={(id) => {
              setInto(id);
              setChoices({});
            }}
          />
          {data.fields.length ? (
            <section className="merge-fields">
              <h3>{t('batch.merge_fields', { n: data.fields.length })}</h3>
              {data.fields.map((field) => (
                <Choice
                  key={field.slug}
                  field={field}
                  preview={data}
                  choose={(id) => setChoices({ ...choices, [field.slug]: id })}
                />
              ))}
            </section>
          ) : null}
          {data.joined.length ? (
            <p className="second">
              {t('batch.merge_joined')}
              {data.joined
                .map((one) => (one.kept === one.gone ? one.kept : `${one.gone} → ${one.kept}`))
                .join(t('common.list'))}
            </p>
          ) : null}
        </div>
      ) : null}
    </Confirm>
  );
}
