import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { type Playbook, useNodeFacts, usePlaybook } from '@/api/playbooks';
import { useSchema } from '@/api/queries';
import { useCan } from '@/app/session';
import { TopBar } from '@/app/TopBar';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { SkeletonRows } from '@/components/Skeletons';
import { useMedia } from '@/lib/media';
import { words } from '@/lib/names';
import { t } from '@/locales';
import { Chart, chartOf } from './Chart';
import { Designer, type View, Views } from './Designer';
import { LaneChart } from './LaneChart';
import { PrintSheets } from './PrintSheets';
import './playbook.css';
import './panel.css';
import './print.css';

/** On a narrow screen the process is only looked at. */
function Narrow({ book, why }: { book: Playbook; why: string }) {
  const [view, setView] = useState<View>('map');
  const { nodes } = book.document;
  const title = words(book.document.title);
  return (
    <>
      <TopBar title={title} />
      <p className="second pb-narrow">
        {why} <Link to="/manage/playbooks">{t('playbook.back_to_list')}</Link>
      </p>
      <div className="pb-narrow-views">
        <Views view={view === 'table' ? 'map' : view} set={setView} />
      </div>
      <div className="pb-look">
        {view === 'lanes' ? (
          <LaneChart
            nodes={nodes}
            book={book}
            card={(node, said, place) => (
              <div key={node.key} className="pb-task" style={place}>
                {said}
              </div>
            )}
          />
        ) : (
          <Chart
            nodes={nodes}
            book={book}
            drawing={chartOf(nodes, null)}
            selected={null}
            card={(node, said, place, side) => (
              <div key={node.key} className="pb-card" style={place} data-side={side || undefined}>
                {said}
              </div>
            )}
          />
        )}
      </div>
      <PrintSheets nodes={nodes} book={book} title={title} />
    </>
  );
}

/** 流程设计: one process of the team, shaped on its map. */
export function DesignerPage() {
  const { key = '' } = useParams();
  const may = useCan('playbook.publish');
  const wide = useMedia('(min-width: 992px)');
  const schema = useSchema();
  const query = usePlaybook(key, may);
  const facts = useNodeFacts(key, may).data;
  if (!may)
    return (
      <>
        <TopBar title={t('playbook.process')} />
        <EmptyState title={t('common.forbidden')} hint={t('team.closed')} />
      </>
    );
  if (query.error && !query.data)
    return <ErrorState failure={query.error} retry={() => void query.refetch()} />;
  if (!query.data || !schema.data) return <SkeletonRows rows={10} height={52} />;
  const book = { ...query.data, node_facts: facts };
  if (!wide) return <Narrow book={book} why={t('playbook.narrow')} />;
  if (!book.can_edit) return <Narrow book={book} why={t('playbook.closed')} />;
  return <Designer key={key} latest={book} />;
}
