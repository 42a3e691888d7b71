import { Button, Input, Select } from 'antd';
import { X } from 'lucide-react';
import { useState } from 'react';
import type { WordList, WordsSaid } from '@/api/standard';
import { words } from '@/lib/names';
import { t } from '@/locales';
import { wordsIn } from './draft';

const SEPARATORS = [' ', ',', '，', '、', '；', '\n'];

/** Word lists: what the team adds to each, and what of the pack's it does not want. */
export function WordLists({
  rows,
  said,
  set,
}: {
  rows: readonly WordList[];
  said: Record<string, WordsSaid>;
  set: (row: WordList, said: WordsSaid) => void;
}) {
  return (
    <ul className="sheet st-rows">
      {rows.map((row) => (
        <li className={row.key in said ? 'st-list st-own' : 'st-list'} key={row.key}>
          <span className="st-name">
            <b>{words(row)}</b>
            <span className="meta cut">
              {t('standard.list_few', { n: row.words, few: row.few.slice(0, 6).join(t('common.list')) })}
            </span>
          </span>
          <Select
            mode="tags"
            open={false}
            suffixIcon={null}
            tokenSeparators={SEPARATORS}
            value={said[row.key]?.add ?? []}
            placeholder={t('standard.add_words')}
            aria-label={t('standard.added_to', { name: words(row) })}
            onChange={(value: string[]) => set(row, { add: wordsIn(value.join(' ')) })}
          />
          {said[row.key]?.drop?.length ? (
            <p className="meta">
              {t('standard.dropped', { words: (said[row.key]?.drop ?? []).join(t('common.list')) })}{' '}
              <button type="button" className="act" onClick={() => set(row, { drop: [] })}>
                {t('standard.reset')}
              </button>
            </p>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

/** Words that only this house uses, and what outsiders would say. */
export function Glossary({
  usual,
  said,
  set,
}: {
  usual: Record<string, string>;
  said: Record<string, string>;
  set: (word: string, meaning: string | null) => void;
}) {
  const [word, setWord] = useState('');
  const [meaning, setMeaning] = useState('');
  const known = Object.entries({ ...usual, ...said }).filter(([, each]) => each);
  const add = () => {
    const [short = '', long = ''] = [word.trim(), meaning.trim()];
    if (!short || !long) return;
    set(short, long);
    setWord('');
    setMeaning('');
  };
  return (
    <div className="sheet st-glossary">
      <ul className="st-terms">
        {known.map(([each, means]) => (
          <li className={each in said ? 'st-own' : ''} key={each}>
            <b>{each}</b> <span>{means}</span>
            <button
              type="button"
              className="icon-act"
              aria-label={t('standard.term_out', { word: each })}
              title={t('standard.term_out', { word: each })}
              onClick={() => set(each, each in usual ? '' : null)}
            >
              <X size={14} strokeWidth={1.6} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
      <form
        className="st-term"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <Input
          value={word}
          maxLength={20}
          placeholder={t('standard.term')}
          aria-label={t('standard.term')}
          onChange={(event) => setWord(event.target.value)}
        />
        <Input
          value={meaning}
          maxLength={60}
          placeholder={t('standard.meaning')}
          aria-label={t('standard.meaning')}
          onChange={(event) => setMeaning(event.target.value)}
        />
        <Button htmlType="submit" disabled={!word.trim() || !meaning.trim()}>
          {t('standard.term_add')}
        </Button>
      </form>
    </div>
  );
}
