import { Select } from 'antd';
import type { ReactNode } from 'react';
import type { FieldWords } from '@/api/designs';
import { Conditions } from '@/components/list/filter/Conditions';
import { SubjectProvider } from '@/components/list/kind';
import { joined, type Node, partsOf } from '@/lib/filter';
import { formatDay } from '@/lib/time';
import { t } from '@/locales';
import { useAsked } from './asking';
import { wrongWith } from './broken';
import type { Entry } from './draft';
import { softDay } from './impact';
import type { Designer } from './use-designer';

/** So many conditions are read as one sentence; more are put together in the builder. */
const MOST = 3;

/** A condition as a sentence with pills: 当 … 且 … 时必填，其余时候 [选填]. */
export function Asked({
  node,
  set,
  designer,
  itself = null,
  before,
  after,
  nothing,
  children,
}: {
  node: unknown;
  set: (node: Node | undefined) => void;
  designer: Designer;
  /** The field whose condition it is: it cannot ask about itself. */
  itself?: string | null;
  before: string;
  after: string;
  /** What it means that there is no condition. */
  nothing: string;
  /** What holds else. */
  children?: ReactNode;
}) {
  const { draft, was, type } = designer;
  const subject = useAsked(type, draft, itself);
  const nodes = partsOf(node);
  const wrong = wrongWith(node, draft, was);
  return (
    <SubjectProvider value={subject}>
      <div className="fp-sentence">
        {nodes.length ? <span>{before}</span> : children}
        <Conditions
          nodes={nodes}
          set={(next) => set(joined(next) ?? undefined)}
          most={MOST}
          joint={<span>{t('filters.and')}</span>}
          title={t('filters.build')}
          nothing={nothing}
        />
        {nodes.length && after ? <span>{after}</span> : null}
        {nodes.length ? children : null}
      </div>
      {wrong ? (
        <p className="verm fp-wrong" role="alert">
          {wrong}
        </p>
      ) : null}
    </SubjectProvider>
  );
}

type Set = (values: Partial<FieldWords>) => void;

/** Demanded at once, or a reminder until a day. */
function Since({ entry, set }: { entry: Entry; set: Set }) {
  const day = entry.required_from;
  return (
    <p className="fp-since">
      <span className="meta">{day ? t('forms.since', { day: formatDay(day) }) : t('forms.since_now')}</span>
      <button
        type="button"
        className="act"
        onClick={() => set({ required_from: day ? undefined : softDay() })}
      >
        {t(day ? 'forms.since_drop' : 'forms.since_soft')}
      </button>
    </p>
  );
}

/** When it must be filled in. What the code needs stays; what is not filled in by hand is never asked for. */
function Required({ entry, designer, set }: { entry: Entry; designer: Designer; set: Set }) {
  const fixed = entry.required ? !entry.can.loosen : !entry.can.require;
  if (fixed)
    return (
      <p className="fp-sentence">
        <span className="fp-fixed">{t(entry.required ? 'forms.always' : 'forms.optional')}</span>
        <span className="meta">{t(entry.required ? 'forms.required_fixed' : 'forms.required_never')}</span>
      </p>
    );
  const pill = (
    <Select
      className="fp-pill"
      variant="borderless"
      popupMatchSelectWidth={false}
      aria-label={t('forms.when_required')}
      value={entry.required ? 'always' : 'optional'}
      options={(['optional', 'always'] as const).map((value) => ({ value, label: t(`forms.${value}`) }))}
      onChange={(value) =>
        set(
          value === 'always'
            ? { required: true, required_when: undefined }
            : { required: false, required_from: undefined },
        )
      }
    />
  );
  if (entry.required)
    return (
      <>
        <p className="fp-sentence">{pill}</p>
        <Since entry={entry} set={set} />
      </>
    );
  return (
    <>
      <Asked
        node={entry.required_when}
        set={(required_when) =>
          set({ required_when, ...(required_when ? {} : { required_from: undefined }) })
        }
        designer={designer}
        itself={entry.uid}
        before={t('forms.when_before')}
        after={t('forms.when_required_after')}
        nothing={t('forms.when_required_nothing')}
      >
        {pill}
      </Asked>
      {entry.required_when ? <Since entry={entry} set={set} /> : null}
    </>
  );
}

/** When it stands on the form. */
function Visible({ entry, designer, set }: { entry: Entry; designer: Designer; set: Set }) {
  if (!entry.can.hide)
    return (
      <p className="fp-sentence">
        <span className="fp-fixed">{t('forms.always_shown')}</span>
        <span className="meta">{t('forms.needed')}</span>
      </p>
    );
  return (
    <Asked
      node={entry.visible_when}
      set={(visible_when) => set({ visible_when })}
      designer={designer}
      itself={entry.uid}
      before={t('forms.when_before')}
      after={t('forms.when_visible_after')}
      nothing={t('forms.when_visible_nothing')}
    >
      {entry.visible_when ? null : <span className="fp-fixed">{t('forms.always_shown')}</span>}
    </Asked>
  );
}

/** 什么时候必填, 什么时候显示: two sentences over the other fields of the form. */
export function When(asked: { entry: Entry; designer: Designer; set: Set }) {
  return (
    <>
      <section className="fp-part">
        <h3>{t('forms.when_required')}</h3>
        <Required {...asked} />
      </section>
      <section className="fp-part">
        <h3>{t('forms.when_visible')}</h3>
        <Visible {...asked} />
      </section>
    </>
  );
}
