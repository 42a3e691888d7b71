import { ChevronRight, GitCompare } from 'lucide-react';
import { Link } from 'react-router';
import { type ShippedPack, useShippedPacks } from '@/api/packs';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { useMedia } from '@/lib/media';
import { words } from '@/lib/names';
import { t } from '@/locales';
import { ExportPack } from './Export';
import { FileDrop } from './FileDrop';
import { Versions } from './Versions';
import './packs.css';

/** How much a pack brings: `11 个字段 · 4 张选项列表`. */
function measure({ fields, lists, nodes, views }: ShippedPack): string {
  const parts = [t('packs.fields', { n: fields }), t('packs.lists', { n: lists })];
  if (nodes) parts.unshift(t('packs.nodes', { n: nodes }));
  return [...parts, ...(views ? [t('packs.views', { n: views })] : [])].join(' · ');
}

/** The packs that come with the product, each leading to what it would change. */
function Shelf() {
  const { data, error, refetch } = useShippedPacks();
  if (error && !data) return <ErrorState failure={error} retry={() => void refetch()} />;
  if (!data) return <SkeletonRows rows={3} height={76} />;
  return (
    <ul className="pk-shelf">
      {data.map((one) => (
        <li className="sheet" key={one.key}>
          <Link className="pk-pack" to={`/manage/packs/${one.key}`}>
            <span className="pk-row-words">
              <b>{words(one)}</b>
              <span className="meta">{measure(one)}</span>
            </span>
            <ChevronRight size={17} strokeWidth={1.6} aria-hidden="true" />
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** 标准包: those that come with the product, a file of one's own, the present one to take out, the past. */
export function PacksTab() {
  const wide = useMedia('(min-width: 992px)');
  return (
    <div className="pk-start">
      <div className="pk-tools">
        <p className="second">{t(wide ? 'packs.lead' : 'packs.narrow')}</p>
        <span className="pk-acts">
          <Link className="act" to="/manage/packs/changes">
            <GitCompare size={15} strokeWidth={1.6} aria-hidden="true" />
            {t('packs.own_changes')}
          </Link>
          <ExportPack />
        </span>
      </div>
      <Shelf />
      {wide ? <FileDrop /> : null}
      <Versions wide={wide} />
    </div>
  );
}
