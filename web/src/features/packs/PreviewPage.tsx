import { Navigate, useLocation, useParams } from 'react-router';
import { useShippedPacks } from '@/api/packs';
import { useCan } from '@/app/session';
import { TopBar } from '@/app/TopBar';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { words } from '@/lib/names';
import { t } from '@/locales';
import { Preview } from './Preview';
import { filePackOf, sourceOf } from './source';
import './packs.css';
import './preview.css';

/** 标准包 before it is applied: one that is shipped by its key, or a file under `file`. */
export function PreviewPage() {
  const { pack = '' } = useParams();
  const { state } = useLocation();
  const may = useCan('pack.apply');
  const shipped = useShippedPacks(may && pack !== 'file');
  if (!may)
    return (
      <>
        <TopBar title={t('packs.title')} />
        <EmptyState title={t('common.forbidden')} hint={t('team.closed')} />
      </>
    );
  if (pack === 'file') {
    const file = filePackOf(state);
    if (!file) return <Navigate to="/manage/packs" replace />;
    return <Preview key={file.id} source={sourceOf(file)} name={file.name} own />;
  }
  if (shipped.error && !shipped.data)
    return <ErrorState failure={shipped.error} retry={() => void shipped.refetch()} />;
  if (!shipped.data) return <SkeletonRows rows={10} height={52} />;
  const found = shipped.data.find((one) => one.key === pack);
  if (!found) return <Navigate to="/manage/packs" replace />;
  return <Preview key={pack} source={sourceOf(pack)} name={words(found)} own={false} />;
}
