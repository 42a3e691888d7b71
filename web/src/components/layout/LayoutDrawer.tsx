import { Button, Drawer, Segmented, Select } from 'antd';
import { X } from 'lucide-react';
import { useState } from 'react';
import { api } from '@/api/client';
import { type Design, useDesign } from '@/api/designs';
import { keys, queryClient } from '@/api/queries';
import { UpDown } from '@/components/UpDown';
import { groupTitle } from '@/lib/filling';
import { say, sayFailure } from '@/lib/notify';
import { useLabels } from '@/lib/options';
import { arranged, type Column, groupOf, groupPart, type PagePart, shifted } from '@/lib/page-layout';
import { type Key, t } from '@/locales';
import './layout.css';

const COLUMNS: Column[] = ['main', 'side', 'hidden'];

/** The form in force as it is sent back, with another layout of its page. */
function bodyOf(design: Design, page: PagePart[]) {
  const fields = design.fields.map(({ own: _, can: __, ...field }) => field);
  return { version: design.version, fields, groups: design.groups, page, why: t('page.layout') };
}

/** What stands where, drawn small. */
function Preview({ parts, name }: { parts: PagePart[]; name: (part: PagePart) => string }) {
  return (
    <div className="lay-preview" aria-hidden="true">
      {(['main', 'side'] as const).map((place) => (
        <div key={place} data-place={place}>
          {parts
            .filter((part) => part.place === place)
            .map((part) => (
              <span key={part.key} className="cut">
                {name(part)}
              </span>
            ))}
          {place === 'main' ? <span data-fixed>{t('page.layout_rest')}</span> : null}
        </div>
      ))}
    </div>
  );
}

/** 页面版面: which parts of a record's page stand in which column, in which order; for the whole team. */
export function LayoutDrawer({
  type,
  usual,
  close,
}: {
  type: string;
  usual: readonly PagePart[];
  close: () => void;
}) {
  const labels = useLabels();
  const { data: design } = useDesign(type, true);
  const [changed, setChanged] = useState<PagePart[] | null>(null);
  const [busy, setBusy] = useState(false);
  const parts = changed ?? arranged(usual, labels.page(type));
  const groups = [...new Set(labels.fields(type).map((field) => field.group))];
  const free = groups.filter((key) => !parts.some((part) => groupOf(part) === key));
  const title = (key: string) => groupTitle(key, labels.groups(type));
  const name = (part: PagePart) => {
    const group = groupOf(part);
    // A group may be called like a part: both stand in one list here.
    return group === null ? t(`page.part_${part.key}` as Key) : `${t('page.part_profile')} · ${title(group)}`;
  };
  const put = (at: number, place: Column) =>
    setChanged(parts.map((part, each) => (each === at ? { ...part, place } : part)));
  const save = async () => {
    if (!design) return;
    setBusy(true);
    try {
      await api.put(`/designs/${type}`, bodyOf(design, parts));
      await queryClient.invalidateQueries({ queryKey: keys.schema });
      say(t('page.layout_saved'));
      close();
    } catch (failure) {
      sayFailure(failure);
    }
    setBusy(false);
  };
  return (
    <Drawer
      open
      size={460}
      title={t('page.layout')}
      onClose={close}
      footer={
        <div className="lay-foot">
          <Button onClick={() => setChanged([...usual])}>{t('page.layout_usual')}</Button>
          <span className="edit-gap" />
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button type="primary" loading={busy} disabled={!changed || !design} onClick={() => void save()}>
            {t('page.layout_save')}
          </Button>
        </div>
      }
    >
      <p className="second">{t('page.layout_hint')}</p>
      <Preview parts={parts} name={name} />
      <ol className="lay-parts">
        {parts.map((part, at) => (
          <li key={part.key}>
            <b className="cut">{name(part)}</b>
            <Segmented<Column>
              size="small"
              aria-label={name(part)}
              value={part.place}
              options={COLUMNS.map((value) => ({ value, label: t(`page.place_${value}`) }))}
              onChange={(place) => put(at, place)}
            />
            <UpDown at={at} count={parts.length} move={(from, by) => setChanged(shifted(parts, from, by))} />
            {groupOf(part) === null ? (
              <span className="lay-none" />
            ) : (
              <button
                type="button"
                className="icon-act"
                aria-label={t('page.layout_join', { name: name(part) })}
                onClick={() => setChanged(parts.filter((one) => one.key !== part.key))}
              >
                <X size={14} strokeWidth={1.6} />
              </button>
            )}
          </li>
        ))}
      </ol>
      {free.length ? (
        <Select
          className="lay-add"
          aria-label={t('page.layout_split')}
          placeholder={t('page.layout_split')}
          value={null}
          options={free.map((key) => ({ value: key, label: title(key) }))}
          onChange={(key: string | null) => key && setChanged([groupPart(key, 'side'), ...parts])}
        />
      ) : null}
    </Drawer>
  );
}
