import { useToday } from '@/api/queries';
import { TopBar } from '@/app/TopBar';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { formatDateHead } from '@/lib/time';

export function TodayPage() {
  const today = useToday();
  if (today.error) return <ErrorState failure={today.error} retry={() => void today.refetch()} />;
  if (!today.data) return <SkeletonRows />;
  return <TopBar title={formatDateHead(today.data.date)} />;
}
