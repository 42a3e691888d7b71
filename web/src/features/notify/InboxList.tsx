import { useNavigate } from 'react-router';
import { api, sentenceOf } from '@/api/client';
import { keys, queryClient } from '@/api/queries';
import type { Inbox, Notice } from '@/api/types';
import { SkeletonRows } from '@/components/Skeletons';
import { words } from '@/lib/names';
import { sayFailure } from '@/lib/notify';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';
import './inbox.css';

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
    void queryClient.invalidateQueries({ queryKey: keys.inbox });
  }
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
  const open = (notice: Notice) => {
    if (!notice.read) void markRead([notice.id]);
    close();
    if (notice.link?.startsWith('/')) navigate(notice.link);
  };
  if (!inbox) {
    return (
      <div className="inbox">
        {failure ? <p className="second">{sentenceOf(failure)}</p> : <SkeletonRows rows={3} />}
      </div>
    );
  }
  return (
    <div className="inbox">
      <div className="inbox-head">
        <b>{t('shell.inbox')}</b>
        {inbox.unread > 0 ? (
          <button type="button" className="act" onClick={() => void markRead('all')}>
            {t('shell.read_all')}
          </button>
        ) : null}
      </div>
      {inbox.items.length === 0 ? (
        <div className="inbox-empty">
          <b>{t('shell.inbox_empty')}</b>
          <p className="second">{t('shell.inbox_empty_hint')}</p>
        </div>
      ) : (
        <ul>
          {inbox.items.map((notice) => (
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
    </div>
  );
}
