import { useInfiniteQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { api, sentenceOf } from '@/api/client';
import { keys, queryClient } from '@/api/queries';
import type { Inbox, Notice } from '@/api/types';
import { More } from '@/components/More';
import { SkeletonRows } from '@/components/Skeletons';
import { words } from '@/lib/names';
import { sayFailure } from '@/lib/notify';
import { formatWhen } from '@/lib/time';
import { type Key, t } from '@/locales';
import './inbox.css';

type Group = '' | 'said' | 'given' | 'due' | 'done';
const GROUPS: [Group, Key][] = [
  ['', 'shell.inbox_all'],
  ['said', 'shell.inbox_said'],
  ['given', 'shell.inbox_given'],
  ['due', 'shell.inbox_due'],
  ['done', 'shell.inbox_done'],
];

/** The notices of one group, page by page; the first page of all of them is the bell's own. */
const useNotices = (group: Group) =>
  useInfiniteQuery({
    queryKey: ['inbox', 'list', group],
    queryFn: ({ pageParam, signal }) =>
      api.get<Inbox>('/inbox', {
        query: { group: group || undefined, cursor: pageParam || undefined },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next || undefined,
  });

async function markRead(ids: number[] | 'all'): Promise<void> {
  queryClient.setQueryData<Inbox>(
    keys.inbox,
    (old) =>
      old && {
        items: old.items.map((one) => (ids === 'all' || ids.includes(one.id) ? { ...one, read: true } : one)),
        unread: ids === 'all' ? 0 : Math.max(0, old.unread - ids.length),
      },
  );
  try {
    await api.post('/inbox/read', ids === 'all' ? { all: true } : { ids });
  } catch (failure) {
    sayFailure(failure);
  }
  void queryClient.invalidateQueries({ queryKey: keys.inbox });
}

export function InboxList({
  inbox,
  failure,
  close,
}: {
  inbox: Inbox | undefined;
  failure: unknown;
  close: () => void;
}) {
  const navigate = useNavigate();
  const [group, setGroup] = useState<Group>('');
  const list = useNotices(group);
  const open = (notice: Notice) => {
    if (!notice.read) void markRead([notice.id]);
    close();
    if (notice.link?.startsWith('/')) navigate(notice.link);
  };
  const go = (path: string) => {
    close();
    navigate(path);
  };
  if (!inbox) {
    return (
      <div className="inbox">
        {failure ? <p className="second">{sentenceOf(failure)}</p> : <SkeletonRows rows={3} />}
      </div>
    );
  }
  const items = list.data?.pages.flatMap((page) => page.items) ?? (group ? [] : inbox.items);
  return (
    <div className="inbox">
      <div className="inbox-head">
        <b>{t('shell.inbox')}</b>
        <span>
          {inbox.unread > 0 ? (
            <button type="button" className="act" onClick={() => void markRead('all')}>
              {t('shell.read_all')}
            </button>
          ) : null}
          <button type="button" className="act" onClick={() => go('/me')}>
            {t('shell.inbox_settings')}
          </button>
        </span>
      </div>
      <Segmented<Group>
        block
        value={group}
        onChange={setGroup}
        options={GROUPS.map(([value, label]) => ({ value, label: t(label) }))}
      />
      {list.error ? <p className="second">{sentenceOf(list.error)}</p> : null}
      {items.length === 0 && !list.error ? (
        list.isPending ? (
          <SkeletonRows rows={3} />
        ) : (
          <div className="inbox-empty">
            <b>{t('shell.inbox_empty')}</b>
            <p className="second">{t('shell.inbox_empty_hint')}</p>
          </div>
        )
      ) : (
        <ul>
          {items.map((notice) => (
            <li key={notice.id}>
              <button
                type="button"
                className="plain inbox-item"
                data-read={notice.read}
                onClick={() => open(notice)}
              >
                <span>{words(notice)}</span>
                <span className="meta">{formatWhen(notice.at)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <More query={list} label={t('shell.inbox_older')} />
    </div>
  );
}
