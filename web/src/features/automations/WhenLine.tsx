import { Select } from 'antd';
import type { Body, Moved, Offered } from '@/api/automations';
import { Control } from '@/components/form/Control';
import { words } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { t } from '@/locales';
import { kindOf, triggerOf } from './subject';

/** Which field must have changed, and to what. */
function MovedLine({
  body,
  offered,
  set,
}: {
  body: Body;
  offered: Offered;
  set: (moved: Moved | undefined) => void;
}) {
  const labels = useLabels();
  const trigger = triggerOf(offered, body.event);
  if (!trigger?.moves) return null;
  const kind = kindOf(trigger);
  const slug = trigger.fixed || body.moved?.field || '';
  const field = labels.field(kind, slug);
  const to = body.moved?.to;
  return (
    <>
      {trigger.fixed ? null : (
        <Select
          aria-label={t('automations.which_field')}
          value={slug}
          showSearch={{ optionFilterProp: 'label' }}
          popupMatchSelectWidth={false}
          options={[
            { value: '', label: t('automations.any_field') },
            ...trigger.fields
              .filter((one) => !one.includes('.'))
              .map((one) => ({
                value: one,
                label: words(labels.field(kind, one)?.label) || one,
              })),
          ]}
          onChange={(next) => set(next ? { field: next } : undefined)}
        />
      )}
      {field?.type === 'option' ? (
        <>
          <span>{t('automations.becomes')}</span>
          <span className="au-value">
            <Control
              id="au-moved-to"
              field={{ ...field, required: false }}
              value={to ?? null}
              set={(value) =>
                set(value ? { field: slug, to: String(value) } : trigger.fixed ? undefined : { field: slug })
              }
            />
          </span>
          {to === undefined ? <span className="meta">{t('automations.any_value')}</span> : null}
        </>
      ) : null}
    </>
  );
}

/** 当 …: what must happen. Another event asks about other rows: what no longer fits goes. */
export function WhenLine({
  body,
  offered,
  change,
}: {
  body: Body;
  offered: Offered;
  change: (values: Partial<Body>) => void;
}) {
  return (
    <div className="au-line">
      <Select
        className="au-event"
        aria-label={t('automations.event')}
        value={body.event}
        popupMatchSelectWidth={false}
        listHeight={420}
        options={offered.triggers.map((one) => ({ value: one.key, label: words(one) }))}
        onChange={(event) => {
          const same = triggerOf(offered, event)?.kind === triggerOf(offered, body.event)?.kind;
          change({ event, moved: undefined, ...(same ? {} : { condition: undefined }) });
        }}
      />
      <MovedLine body={body} offered={offered} set={(moved) => change({ moved })} />
    </div>
  );
}
