import { Dropdown } from 'antd';
import { Ellipsis, History, Trash2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useNavigate } from 'react-router';
import { useCan } from '@/app/session';
import { t } from '@/locales';

const RecentBatches = lazy(async () => ({ default: (await import('../batch/RecentBatches')).RecentBatches }));

/** What is rarely needed: the recycle bin, and what was done in bulk lately. */
export function ListMore() {
  const navigate = useNavigate();
  const [recent, setRecent] = useState(false);
  const mayUndo = useCan('batch.undo');
  const items = [
    ...(mayUndo
      ? [
          {
            key: 'recent',
            icon: <History size={16} strokeWidth={1.6} aria-hidden="true" />,
            label: t('batch.recent'),
            onClick: () => setRecent(true),
          },
        ]
      : []),
    {
      key: 'bin',
      icon: <Trash2 size={16} strokeWidth={1.6} aria-hidden="true" />,
      label: t('bin.title'),
      onClick: () => navigate('/bin'),
    },
  ];
  return (
    <>
      <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
        <button type="button" className="icon-act" aria-label={t('common.more')} title={t('common.more')}>
          <Ellipsis size={18} strokeWidth={1.6} />
        </button>
      </Dropdown>
      <Suspense fallback={null}>{recent ? <RecentBatches close={() => setRecent(false)} /> : null}</Suspense>
    </>
  );
}
