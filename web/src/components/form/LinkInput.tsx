import { Input, Select } from 'antd';
import { ChevronDown, X } from 'lucide-react';
import { useState } from 'react';
import { useLinkable } from '@/api/links';
import type { Pointed } from '@/api/types';
import { usePhone } from '@/lib/media';
import { words } from '@/lib/names';
import { t } from '@/locales';
import { Sheet } from '../Sheet';
import type { Part } from './part';

/** Another record, found by its words: a list below the field, on the phone a sheet. */
export function LinkInput({ field, value, set, id }: Part) {
  const phone = usePhone();
  const [open, setOpen] = useState(false);
  const [sought, setSought] = useState('');
  const found = useLinkable(field.settings?.to, sought, open);
  const held = value && typeof value === 'object' ? (value as Pointed) : null;
  const label = words(field.label);
  const name = held ? held.name || t('fields.unseen') : '';
  const choose = (next: Pointed | null) => {
    set(next);
    setOpen(false);
    setSought('');
  };
  if (phone) {
    const list = (
      <div className="rf-found">
        <Input
          autoFocus
          allowClear
          value={sought}
          aria-label={t('fields.link_find')}
          placeholder={t('fields.link_find')}
          onChange={(event) => setSought(event.target.value)}
        />
        {found.map((one) => (
          <button
            type="button"
            key={one.id}
            className="plain rf-hit"
            onClick={() => choose({ id: one.id, name: one.name })}
          >
            <span className="cut">{one.name}</span>
            <span className="meta cut">{one.note}</span>
          </button>
        ))}
        {found.length ? null : <p className="meta">{t('fields.link_none')}</p>}
      </div>
    );
    return (
      <span className="rf-link">
        <Sheet title={label} open={open} setOpen={setOpen} content={list}>
          <button type="button" id={id} className="plain pick-phone" aria-label={`${label}：${name}`}>
            <span className="cut">{name}</span>
            <ChevronDown size={16} strokeWidth={1.6} aria-hidden="true" />
          </button>
        </Sheet>
        {held ? (
          <button
            type="button"
            className="icon-act"
            aria-label={t('fields.clear')}
            onClick={() => choose(null)}
          >
            <X size={16} strokeWidth={1.6} />
          </button>
        ) : null}
      </span>
    );
  }
  const choices = found.map((one) => ({ value: Number(one.id), label: one.name, note: one.note }));
  const mine = held ? [{ value: Number(held.id), label: name, note: '' }] : [];
  return (
    <Select<number>
      id={id}
      className="pick"
      aria-label={label}
      allowClear
      open={open}
      onOpenChange={setOpen}
      placeholder={t('fields.link_find')}
      value={held ? Number(held.id) : undefined}
      options={[...mine.filter((one) => !choices.some(({ value }) => value === one.value)), ...choices]}
      optionRender={({ data }) => (
        <span className="rf-hit">
          <span className="cut">{data.label}</span>
          <span className="meta cut">{data.note}</span>
        </span>
      )}
      notFoundContent={<span className="meta">{t('fields.link_none')}</span>}
      showSearch={{ filterOption: false, onSearch: setSought, searchValue: sought }}
      onChange={(next) => {
        const one = found.find((each) => Number(each.id) === next);
        choose(one ? { id: one.id, name: one.name } : null);
      }}
    />
  );
}
