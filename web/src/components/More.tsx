import { Button } from 'antd';
import { t } from '@/locales';

/** The way to the next page of a list that is read page by page. */
export function More({
  query,
  label,
}: {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
  label?: string;
}) {
  return query.hasNextPage ? (
    <Button type="text" block loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
      {label ?? t('common.load_more')}
    </Button>
  ) : null;
}
