import { History, Trash2 } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useNavigate } from 'react-router';
import { useCan } from '@/app/session';
import type { Act } from '@/components/list/Menu';
import { t } from '@/locales';

const RecentBatches = lazy(async () => ({ default: (await import('../batch/RecentBatches')).RecentBatches }));

/** What is rarely needed: what was done in bulk lately, and the recycle bin; with the drawer that one of them opens. */
export function useMore(): [Act[], ReactNode] {
  const navigate = useNavigate();
  const [recent, setRecent] = useState(false);
  const mayUndo = useCan('batch.undo');
  const acts: Act[] = [
    {
      key: 'bin',
      icon: <Trash2 size={16} strokeWidth={1.6} aria-hidden="true" />,
      label: t('bin.title'),
      run: () => navigate('/bin'),
    },
  ];
  if (mayUndo)
    acts.unshift({
      key: 'recent',
      icon: <History size={16} strokeWidth={1.6} aria-hidden="true" />,
      label: t('batch.recent'),
      run: () => setRecent(true),
    });
  return [
    acts,
    <Suspense fallback={null} key="recent">
      {recent ? <RecentBatches close={() => setRecent(false)} /> : null}
    </Suspense>,
  ];
}
