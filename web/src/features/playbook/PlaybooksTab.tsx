import { Button } from 'antd';
import { ChevronRight, Plus, Trash2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import { orderPlaybooks, type PlaybookRow, refreshPlaybooks, usePlaybooks } from '@/api/playbooks';
import { ErrorState } from '@/components/ErrorState';
import { useNaming } from '@/components/list/filter/use-naming';
import { SubjectProvider } from '@/components/list/kind';
import { SkeletonRows } from '@/components/Skeletons';
import { UpDown } from '@/components/UpDown';
import { partsOf } from '@/lib/filter';
import { sentenceOfNode } from '@/lib/filter-words';
import { useMedia } from '@/lib/media';
import { words } from '@/lib/names';
import { sayFailure } from '@/lib/notify';
import { useLabels } from '@/lib/options';
import { t } from '@/locales';
import './playbook.css';

const RemoveBook = lazy(async () => ({ default: (await import('./RemoveBook')).RemoveBook }));
const NewPlaybook = lazy(async () => ({ default: (await import('./NewPlaybook')).NewPlaybook }));

/** For whom it is, as a sentence; the last one is for everybody else. */
function For({ row }: { row: PlaybookRow }) {
  const nodes = partsOf(row.condition);
  const naming = useNaming(nodes);
  if (!nodes.length) return <>{t('playbook.for_rest')}</>;
  const said = nodes.map((node) => sentenceOfNode(node, naming)).join(` ${t('filters.and')} `);
  return <>{`${t('playbook.for_those')} ${said}`}</>;
}

/** 销售流程: each with whom it is for, in the order in which they are asked. */
export function PlaybooksTab() {
  const query = usePlaybooks();
  const labels = useLabels();
  const wide = useMedia('(min-width: 992px)');
  const [making, setMaking] = useState(false);
  const [going, setGoing] = useState<PlaybookRow | null>(null);
  if (query.error && !query.data)
    return <ErrorState failure={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <SkeletonRows rows={4} height={64} />;
  const { items, templates, can_edit } = query.data;
  const makes = wide && can_edit;
  const move = async (at: number, by: number) => {
    const keys = items.map((row) => row.key);
    const [one] = keys.splice(at, 1);
    if (one) keys.splice(at + by, 0, one);
    try {
      await orderPlaybooks(keys);
    } catch (failure) {
      sayFailure(failure);
    }
    await refreshPlaybooks();
  };
  return (
    <SubjectProvider value={{ record: 'customer', labels }}>
      <div className="pb-start">
        <div className="team-tools">
          <p className="second team-lead">{t(wide ? 'playbook.lead' : 'playbook.narrow')}</p>
          {makes ? (
            <Button
              type="primary"
              icon={<Plus size={15} strokeWidth={1.6} />}
              onClick={() => setMaking(true)}
            >
              {t('playbook.new')}
            </Button>
          ) : null}
        </div>
        <ol className="sheet">
          {items.map((row, at) => (
            <li key={row.key} className="pb-book-row">
              <Link className="team-row pb-book" to={`/manage/playbooks/${row.key}`}>
                <span className="team-words">
                  <b>{words(row.title)}</b>
                  <span className="second">
                    <For row={row} />
                  </span>
                </span>
                <span className="meta">
                  {[
                    t('playbook.nodes_n', { n: row.nodes }),
                    row.customers === null ? '' : t('playbook.customers_n', { n: row.customers }),
                    t('playbook.version_n', { n: row.version }),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
                <ChevronRight size={17} strokeWidth={1.6} aria-hidden="true" />
              </Link>
              {makes && items.length > 1 ? (
                <span className="pb-book-acts">
                  {row.default ? null : (
                    <>
                      <UpDown at={at} count={items.length - 1} move={(from, by) => void move(from, by)} />
                      <button
                        type="button"
                        className="icon-act"
                        aria-label={t('playbook.book_remove', { name: words(row.title) })}
                        onClick={() => setGoing(row)}
                      >
                        <Trash2 size={16} strokeWidth={1.6} />
                      </button>
                    </>
                  )}
                </span>
              ) : null}
            </li>
          ))}
        </ol>
        <Suspense fallback={null}>
          {going ? (
            <RemoveBook
              book={going}
              heir={items.find((row) => row.default && row.key !== going.key)}
              close={() => setGoing(null)}
            />
          ) : null}
          {making ? <NewPlaybook templates={templates} close={() => setMaking(false)} /> : null}
        </Suspense>
      </div>
    </SubjectProvider>
  );
}
