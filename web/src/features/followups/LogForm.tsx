import { useQuery } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { LogBrief } from '@/api/types';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';

export function LogForm({ customerId }: { customerId: number }) {
  const brief = useQuery({
    queryKey: ['customers', 'brief', customerId],
    queryFn: () => api.get<LogBrief>(`/customers/${customerId}/brief`),
  });
  if (brief.error) return <ErrorState failure={brief.error} retry={() => void brief.refetch()} />;
  if (!brief.data) return <SkeletonRows />;
  return <p>{brief.data.last?.summary}</p>;
}
