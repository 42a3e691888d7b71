import { useQuery } from '@tanstack/react-query';
import { Modal } from 'antd';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { api, sentenceOf } from '@/api/client';
import { queryClient } from '@/api/queries';
import type { CustomerRow, FindResult, Page } from '@/api/types';
import { RichLine } from '@/components/Rich';
import type { Run } from '@/lib/blocks';
import { say } from '@/lib/notify';
import { type Key, t } from '@/locales';
import { calls } from './calls';
import { useOpenLog } from './log';
import { type PaletteMode, usePalette } from './palette-context';
import { useMe } from './session';
import './palette.css';

/** What the server takes; longer words would find nothing either. */
const LONGEST = 100;

interface Entry {
  id: string;
  group: Key;
  title: string;
  /** The title with its marks. */
  runs?: Run[];
  note?: string;
  run: () => void;
}

/** Where the palette leads: pinyin of the Chinese name (a blank between syllables), the right that opens the place. */
const PLACES: [path: string, label: Key, spelling: string, verb?: string][] = [
  ['/today', 'shell.today', 'jin tian'],
  ['/customers', 'shell.customers', 'ke hu'],
  ['/followups', 'records.title', 'gen jin ji lu'],
  ['/agenda', 'shell.agenda', 'dai ban'],
  ['/reviews', 'shell.reviews', 'shen he', 'approval.pass'],
  ['/assign', 'shell.assign', 'fen pei'],
  ['/exceptions', 'shell.exceptions', 'yi chang', 'approval.pass'],
  ['/requests', 'requests.title', 'qiu zhu'],
  ['/team', 'shell.targets', 'mu biao'],
  ['/team/targets', 'targets.set', 'ding mu biao', 'target.set'],
  ['/manage/forms', 'team.nav_forms', 'biao dan', 'field.publish'],
  ['/manage/playbooks', 'team.nav_playbooks', 'xiao shou liu cheng', 'playbook.publish'],
  ['/manage/standard', 'team.nav_standard', 'gen jin biao zhun', 'standard.publish'],
  ['/manage/packs', 'team.nav_packs', 'biao zhun bao', 'pack.apply'],
  ['/import', 'shell.import', 'dao ru jiu biao'],
  ['/care', 'shell.care', 'guan huai'],
  ['/care/plans', 'shell.care_plans', 'wei hu ji hua biao'],
  ['/pool', 'customers.tab_pool', 'gong hai', 'pool.claim'],
  ['/manage/ladders', 'team.nav_ladders', 'shang bao jie ti', 'ladder.configure'],
  ['/manage/pools', 'team.nav_pools', 'gong hai gui ze', 'pool.rules'],
  ['/bin', 'bin.title', 'hui shou zhan'],
  ['/help', 'help.title', 'bang zhu'],
  ['/me', 'shell.settings', 'she zhi'],
];

/** Customers lately on the screen: something to choose before the first letter. */
function recent(): { id: number; name: string }[] {
  const pages = queryClient.getQueriesData<Page<CustomerRow> | { pages: Page<CustomerRow>[] }>({
    queryKey: ['customers', 'list'],
  });
  const rows = pages.flatMap(([, data]) => {
    if (!data) return [];
    return 'pages' in data ? data.pages.flatMap((page) => page.items) : data.items;
  });
  return [...new Map(rows.map((row) => [row.id, { id: row.id, name: row.name }])).values()].slice(0, 6);
}

function useEntries(mode: PaletteMode, words: string, close: () => void) {
  const navigate = useNavigate();
  const openLog = useOpenLog();
  const palette = usePalette();
  const { verbs } = useMe();
  const find = useQuery({
    queryKey: ['find', words],
    queryFn: ({ signal }) => api.get<FindResult>('/find', { query: { q: words }, signal }),
    enabled: words.length > 0,
    placeholderData: (old) => old,
  });
  const go = (path: string) => () => {
    close();
    navigate(path);
  };
  const toCustomer = (id: number) => () => {
    if (mode === 'log') {
      close();
      openLog({ customerId: id });
    } else go(`/customers/${id}`)();
  };
  const entries: Entry[] = [];
  const found = words ? find.data : undefined;
  for (const row of found?.customers ?? []) {
    const owner = typeof row.owner === 'string' ? row.owner : (row.owner?.name ?? '');
    const note = owner ? t('shell.owner_is', { name: owner }) : '';
    const run =
      row.masked || row.id === null
        ? () => say(t('shell.masked', { name: owner }), 'error')
        : toCustomer(row.id);
    entries.push({
      id: `c${row.id}-${row.name}`,
      group: 'shell.group_customers',
      title: row.name,
      note,
      run,
    });
  }
  for (const row of found?.contacts ?? []) {
    if (!row.customer) continue;
    const note = [row.title, row.customer.name].filter(Boolean).join(' · ');
    entries.push({
      id: `p${row.id}`,
      group: 'shell.group_contacts',
      title: row.name,
      note,
      run: toCustomer(row.customer.id),
    });
  }
  if (mode === 'go') {
    for (const row of found?.followups ?? []) {
      if (!row.customer) continue;
      entries.push({
        id: `f${row.id}`,
        group: 'shell.group_followups',
        title: row.text,
        runs: row.preview,
        note: row.customer.name,
        run: go(`/followups/${row.id}`),
      });
    }
    for (const row of found?.files ?? []) {
      entries.push({
        id: `d${row.id}`,
        group: 'shell.group_files',
        title: row.name,
        note: row.customer?.name,
        run: go(`/followups/${row.followup_id}`),
      });
    }
  }
  if (!words) {
    for (const row of recent()) {
      entries.push({
        id: `r${row.id}`,
        group: 'shell.group_customers',
        title: row.name,
        run: toCustomer(row.id),
      });
    }
  }
  if (mode === 'go') {
    for (const [path, label, spelling, verb] of PLACES) {
      const title = t(label);
      if (verb && !verbs.includes(verb)) continue;
      if (calls(words, title, spelling)) {
        entries.push({ id: path, group: 'shell.group_go', title, run: go(path) });
      }
    }
    const deeds: [id: string, label: Key, spelling: string, run: () => void][] = [
      ['log', 'common.log', 'xie gen jin', () => palette('log')],
      ['todo', 'desk.new_todo', 'xin jian dai ban', go('/agenda?new=1')],
      ['customer', 'shell.new_customer', 'xin jian ke hu', go('/customers?new=1')],
    ];
    for (const [id, label, spelling, run] of deeds) {
      const title = t(label);
      if (calls(words, title, spelling)) {
        entries.push({ id, group: 'shell.group_do', title, run });
      }
    }
  }
  return { entries, failure: words ? find.error : null, busy: find.isFetching };
}

/** Go anywhere by a few letters; also the picker of 写跟进 without a customer. */
export function Palette({ mode, close }: { mode: PaletteMode; close: () => void }) {
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const words = useDeferredValue(typed.trim());
  const { entries, failure, busy } = useEntries(mode, words, close);
  const chosen = Math.min(at, Math.max(0, entries.length - 1));
  const groups = useMemo(() => [...new Set(entries.map((entry) => entry.group))], [entries]);

  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`#palette-${chosen}`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  const keys = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setAt(Math.min(chosen + 1, entries.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(chosen - 1, 0));
    else if (event.key === 'Enter') entries[chosen]?.run();
    else return;
    event.preventDefault();
  };

  return (
    <Modal
      open
      onCancel={close}
      footer={null}
      closable={false}
      width={560}
      style={{ top: 88 }}
      className="palette"
    >
      <div className="palette-input">
        <Search size={17} strokeWidth={1.6} aria-hidden="true" />
        <input
          // biome-ignore lint/a11y/noAutofocus: the palette is opened in order to type
          autoFocus
          value={typed}
          maxLength={LONGEST}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
          }}
          onKeyDown={keys}
          placeholder={mode === 'log' ? t('shell.palette_log') : t('shell.search_hint')}
          aria-label={mode === 'log' ? t('shell.palette_log') : t('shell.palette')}
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={entries[chosen] ? `palette-${chosen}` : undefined}
        />
      </div>
      <div className="palette-list" id="palette-list" role="listbox" ref={list}>
        {failure ? <p className="palette-note">{sentenceOf(failure)}</p> : null}
        {words && !busy && !failure && entries.length === 0 ? (
          <p className="palette-note">
            <b>{t('shell.palette_empty', { q: words })}</b>
            <br />
            {t('shell.palette_empty_hint')}
          </p>
        ) : null}
        {groups.map((group) => (
          <section key={group}>
            <h3 className="meta">{t(group)}</h3>
            {entries.map((entry, index) =>
              entry.group === group ? (
                <button
                  type="button"
                  key={entry.id}
                  id={`palette-${index}`}
                  role="option"
                  aria-selected={index === chosen}
                  tabIndex={-1}
                  className="plain palette-item"
                  onClick={entry.run}
                  onMouseMove={() => setAt(index)}
                >
                  <span className="cut">
                    <RichLine runs={entry.runs} text={entry.title} />
                  </span>
                  {entry.note ? <span className="meta cut">{entry.note}</span> : null}
                </button>
              ) : null,
            )}
          </section>
        ))}
      </div>
      <p className="palette-keys meta">
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> {t('shell.keys_move')}
        </span>
        <span>
          <kbd>Enter</kbd> {t('shell.keys_choose')}
        </span>
        <span>
          <kbd>Esc</kbd> {t('common.close')}
        </span>
      </p>
    </Modal>
  );
}
