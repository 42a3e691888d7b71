import { Input } from 'antd';
import { useMemo } from 'react';
import { Conditions } from '@/components/list/filter/Conditions';
import { SubjectProvider } from '@/components/list/kind';
import { joined, partsOf } from '@/lib/filter';
import { useLabels } from '@/lib/options';
import { locale, t } from '@/locales';
import { patchDocument } from './draft';
import { Row } from './Row';
import { changeSaid } from './said';
import type { Shaping } from './use-shaping';

/** So many conditions are read as one sentence; more are put together in the builder. */
const MOST = 3;

/** For whom a process is: a sentence over the fields of a customer. */
export function ForWhom({ value, set }: { value: unknown; set: (to: unknown) => void }) {
  const labels = useLabels();
  const subject = useMemo(() => ({ record: 'customer', labels }), [labels]);
  const nodes = partsOf(value);
  return (
    <SubjectProvider value={subject}>
      <div className="pb-sentence">
        <span>{t(nodes.length ? 'playbook.for_those' : 'playbook.for_all')}</span>
        <Conditions
          nodes={nodes}
          set={(next) => set(joined(next))}
          most={MOST}
          joint={<span>{t('filters.and')}</span>}
          title={t('filters.build')}
        />
      </div>
    </SubjectProvider>
  );
}

/** Nothing is chosen: the process itself, and what is not published yet. */
export function BookPanel({ shaping }: { shaping: Shaping }) {
  const { draft, change, changes, latest } = shaping;
  const { title, nodes } = draft.document;
  const languages = locale() === 'zh-CN' ? (['zh', 'en'] as const) : (['en', 'zh'] as const);
  return (
    <aside className="pb-panel" aria-label={t('playbook.process')}>
      <header className="pb-panel-head">
        <h2>{t('playbook.process')}</h2>
      </header>
      <div className="pb-panel-body">
        <section className="pb-part">
          {languages.map((language) => (
            <Row key={language} label={t(`playbook.title_${language}`)}>
              <Input
                value={title[language]}
                maxLength={40}
                onChange={(event) =>
                  change(
                    patchDocument(draft, { title: { ...title, [language]: event.target.value } }),
                    `title:${language}`,
                  )
                }
              />
            </Row>
          ))}
        </section>
        <section className="pb-part">
          <h3>{t('playbook.for_whom')}</h3>
          {latest.default ? (
            <p className="second">{t('playbook.for_rest')}</p>
          ) : (
            <ForWhom
              value={draft.document.condition}
              set={(condition) => change(patchDocument(draft, { condition }))}
            />
          )}
        </section>
        <section className="pb-part">
          <h3>{t('playbook.not_published')}</h3>
          {changes.length ? (
            <ul className="pb-changes">
              {changes.map((one) => (
                <li key={changeSaid(one, nodes)}>{changeSaid(one, nodes)}</li>
              ))}
            </ul>
          ) : (
            <p className="meta">{t('playbook.choose_node')}</p>
          )}
        </section>
      </div>
    </aside>
  );
}
