import { Button } from 'antd';
import { sentenceOf } from '@/api/client';
import { t } from '@/locales';

/** The way to the next page of a list that is read page by page. */
export function More({
  query,
  label,
}: {
  query: {
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    isFetchNextPageError: boolean;
    error: unknown;
    fetchNextPage: () => unknown;
  };
  label?: string;
}) {
  if (!query.hasNextPage) return null;
  return (
    <>
      {query.isFetchNextPageError ? <p className="row-error">{sentenceOf(query.error)}</p> : null}
      <Button type="text" block loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {query.isFetchNextPageError ? t('common.retry') : (label ?? t('common.load_more'))}
      </Button>
    </>
  );
}
