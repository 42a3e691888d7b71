import { Button, Modal } from 'antd';
import { useState } from 'react';
import type { Clash } from '@/lib/clash';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';
import './conflict.css';

export interface ConflictField {
  slug: string;
  label: string;
  mine: string;
  theirs: string;
  /** The other changed this field too: then nobody is chosen beforehand. */
  both: boolean;
}
type Side = 'mine' | 'theirs';

/** Both versions field by field; mine is preselected only where the other did not change. */
export function Conflict({
  fields,
  clash: { sentence, by, at },
  busy,
  save,
  close,
}: {
  fields: readonly ConflictField[];
  clash: Pick<Clash, 'sentence' | 'by' | 'at'>;
  busy: boolean;
  save: (mine: Set<string>) => void;
  close: () => void;
}) {
  const [chosen, setChosen] = useState<Record<string, Side | undefined>>(() =>
    Object.fromEntries(fields.map((field) => [field.slug, field.both ? undefined : 'mine'])),
  );
  const open = fields.filter((field) => chosen[field.slug] === undefined).length;
  const choose = (slug: string, side: Side) => setChosen({ ...chosen, [slug]: side });
  return (
    <Modal
      open
      title={sentence}
      onCancel={close}
      width={640}
      footer={
        <>
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button
            type="primary"
            loading={busy}
            disabled={open > 0}
            onClick={() =>
              save(new Set(fields.filter((one) => chosen[one.slug] === 'mine').map((one) => one.slug)))
            }
          >
            {open ? t('common.conflict_open', { n: open }) : t('common.save')}
          </Button>
        </>
      }
    >
      <p className="second">
        {at ? `${t('common.conflict_at', { when: formatWhen(at) })} ` : ''}
        {t('common.conflict_hint')}
      </p>
      <div className="conflict">
        {fields.map((field) => (
          <fieldset key={field.slug}>
            <legend className="second">{field.label}</legend>
            {(['mine', 'theirs'] as const).map((side) => (
              <label key={side} data-on={chosen[field.slug] === side || undefined}>
                <input
                  type="radio"
                  name={`conflict-${field.slug}`}
                  checked={chosen[field.slug] === side}
                  onChange={() => choose(field.slug, side)}
                />
                <span className="meta">
                  {side === 'mine'
                    ? t('common.mine')
                    : by
                      ? t('common.theirs_of', { name: by })
                      : t('common.theirs')}
                </span>
                <span>{field[side] || t('common.empty_value')}</span>
              </label>
            ))}
          </fieldset>
        ))}
      </div>
    </Modal>
  );
}
