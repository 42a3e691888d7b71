import { Input } from 'antd';
import { useState } from 'react';
import type { RichText } from '@/api/types';
import { plainOf, treeOf } from '@/lib/blocks';
import { words } from '@/lib/names';
import { t } from '@/locales';
import { fetchAhead, RichBox } from '../rich/RichBox';
import type { Part } from './part';

/** A text that can have marks, lists, tables and quotations: plain until somebody asks for them. */
export function RichInput({ field, value, set, id }: Part) {
  const held = value as RichText | string | null;
  const { text, blocks } =
    typeof held === 'string' ? { text: held, blocks: [] } : (held ?? { text: '', blocks: [] });
  const [rich, setRich] = useState(blocks.length > 0);
  const put = (next: RichText) => set(next.text.trim() ? next : null);
  const label = words(field.label);
  if (rich)
    return (
      <RichBox
        value={blocks.length ? blocks : treeOf(text)}
        onChange={(tree) => put({ text: plainOf(tree), blocks: tree })}
        marks={[]}
        label={label}
        placeholder=""
        take={!blocks.length}
        onPlain={() => {
          setRich(false);
          put({ text, blocks: [] });
        }}
      />
    );
  return (
    <span className="rf-rich">
      <Input.TextArea
        id={id}
        dir="auto"
        autoSize={{ minRows: 2, maxRows: 8 }}
        value={text}
        onChange={(event) => put({ text: event.target.value, blocks: [] })}
      />
      <button
        type="button"
        className="act"
        onPointerEnter={fetchAhead}
        onFocus={fetchAhead}
        onClick={() => setRich(true)}
      >
        {t('fields.rich')}
      </button>
    </span>
  );
}
