import { useMemo, useRef, useState } from 'react';
import { Link, useParams } from 'react-router';
import { type Design, useDesign } from '@/api/designs';
import { useSchema } from '@/api/queries';
import { useCan } from '@/app/session';
import { TopBar } from '@/app/TopBar';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { SubjectProvider } from '@/components/list/kind';
import { SkeletonRows } from '@/components/Skeletons';
import { useMedia } from '@/lib/media';
import { capital, words } from '@/lib/names';
import { useLabels } from '@/lib/options';
import { t } from '@/locales';
import { useAsked } from './asking';
import { Canvas, type Device } from './Canvas';
import { CostLine, useMeter } from './Cost';
import { Designer } from './Designer';
import { draftOf } from './draft';
import { NONE } from './refusals';
import { useCarry } from './use-carry';
import './designer.css';
import './canvas.css';
import './panel.css';

/** On a narrow screen the form is only looked at: shaping it needs both hands and both sides. */
function Narrow({ design }: { design: Design }) {
  const labels = useLabels();
  const box = useRef<HTMLDivElement>(null);
  const [device, setDevice] = useState<Device>('phone');
  const draft = useMemo(
    () => draftOf(design, (key) => labels.field(design.record_type, key)?.read_only ?? false),
    [design, labels],
  );
  const carry = useCarry(draft, box, () => {});
  const meter = useMeter(design.record_type);
  const subject = useAsked(design.record_type, draft, null);
  return (
    <SubjectProvider value={subject}>
      <TopBar title={capital(words(design.label))} />
      <p className="second fd-narrow">
        {t('forms.narrow')} <Link to="/manage/forms">{t('forms.back')}</Link>
      </p>
      <Canvas
        drawn={{ draft, selected: null, refusals: NONE, carry, acts: null }}
        device={device}
        setDevice={setDevice}
        box={box}
        figures={<CostLine draft={draft} was={draft} meter={meter} />}
      />
    </SubjectProvider>
  );
}

/** 表单设计: one form of the team, shaped where it is seen. */
export function DesignerPage() {
  const { type = '' } = useParams();
  const may = useCan('field.publish');
  const wide = useMedia('(min-width: 992px)');
  const schema = useSchema();
  const design = useDesign(type, may);
  if (!may)
    return (
      <>
        <TopBar title={t('forms.form')} />
        <EmptyState title={t('common.forbidden')} hint={t('team.closed')} />
      </>
    );
  if (design.error && !design.data)
    return <ErrorState failure={design.error} retry={() => void design.refetch()} />;
  if (!design.data || !schema.data) return <SkeletonRows rows={10} height={52} />;
  return wide ? <Designer key={type} latest={design.data} /> : <Narrow design={design.data} />;
}
