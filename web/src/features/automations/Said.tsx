import type { Body, Offered } from '@/api/automations';
import { useDepartments, useMembers } from '@/api/queries';
import { useNaming } from '@/components/list/filter/use-naming';
import { SubjectProvider } from '@/components/list/kind';
import { partsOf } from '@/lib/filter';
import { useLabels } from '@/lib/options';
import { t } from '@/locales';
import { triggerOf, useAsked } from './subject';
import { type Known, partsOfBody } from './words';

/** Names of people and departments, for sentences. */
export function useKnown(offered: Offered | undefined): Known {
  const labels = useLabels();
  const members = useMembers().data?.items;
  const departments = useDepartments().data?.items;
  return {
    offered,
    labels,
    member: (id) => members?.find((one) => one.id === id)?.name ?? '',
    department: (id) => departments?.find((one) => one.id === id)?.name ?? '',
  };
}

function Sentence({ body, known }: { body: Body; known: Known }) {
  const { when, condition, doing } = partsOfBody(body, known, useNaming(partsOf(body.condition)));
  return (
    <span className="au-said">
      <span className="au-word">{t('automations.when')}</span> <b>{when}</b>
      {t('automations.when_after')}
      {condition ? (
        <>
          <span className="au-word">{t('automations.if')}</span> <b>{condition}</b>
          {t('automations.comma')}
        </>
      ) : null}
      <span className="au-word">{t('automations.then')}</span> <b>{doing || t('automations.then_nothing')}</b>
    </span>
  );
}

/** 当…时，如果…，就…. */
export function Said({ body, offered }: { body: Body; offered: Offered | undefined }) {
  const known = useKnown(offered);
  const subject = useAsked(triggerOf(offered, body.event));
  return (
    <SubjectProvider value={subject}>
      <Sentence body={body} known={known} />
    </SubjectProvider>
  );
}
