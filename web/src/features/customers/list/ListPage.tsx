import { useCustomerViews } from '@/api/queries';
import { TopBar } from '@/app/TopBar';
import { t } from '@/locales';

export function ListPage() {
  const views = useCustomerViews();
  return <TopBar title={t('customers.title')} sentence={views.data?.items.length} />;
}
