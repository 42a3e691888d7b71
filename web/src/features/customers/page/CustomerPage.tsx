import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { api } from '@/api/client';
import { keys } from '@/api/queries';
import type { CustomerPageData } from '@/api/types';
import { TopBar } from '@/app/TopBar';
import { ErrorState } from '@/components/ErrorState';
import { PageSkeleton } from '@/components/Skeletons';

export function CustomerPage() {
  const id = Number(useParams().id);
  const page = useQuery({
    queryKey: keys.customer(id),
    queryFn: () => api.get<CustomerPageData>(`/customers/${id}`),
  });
  if (page.error) return <ErrorState failure={page.error} retry={() => void page.refetch()} />;
  if (!page.data) return <PageSkeleton />;
  return <TopBar title={page.data.customer.name} />;
}
