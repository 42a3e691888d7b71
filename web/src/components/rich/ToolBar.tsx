import { Bold, List, ListOrdered, Quote, Table, Type } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { MARK_KINDS } from '@/lib/blocks';
import { type Key, t } from '@/locales';
import type { Act, Active } from './editor';

interface Tool {
  act: Act | 'plain';
  label: string;
  on?: boolean;
  keys?: string;
  face: ReactNode;
}

function toolsOf(active: Active): Tool[] {
  const icon = { size: 16, strokeWidth: 1.6, 'aria-hidden': true } as const;
  const { cell } = active;
  const name = (key: string) => t(`followups.rich_${key}` as Key);
  const tools: Tool[] = [
    { act: 'bold', label: name('bold'), on: active.bold, keys: 'Ctrl B', face: <Bold {...icon} /> },
    ...MARK_KINDS.map(
      (kind): Tool => ({
        act: kind,
        label: name(`mark_${kind}`),
        on: active.mark === kind,
        face: <span className={`mark-${kind}`}>{t(`common.mark_${kind}`)}</span>,
      }),
    ),
  ];
  if (cell) {
    for (const act of ['row_add', 'column_add', 'row_drop', 'column_drop'] as const) {
      tools.push({ act, label: name(act), face: name(act) });
    }
  } else {
    tools.push(
      {
        act: 'quote',
        label: name('quote'),
        on: active.quote,
        keys: "Ctrl '",
        face: (
          <>
            <Quote {...icon} /> {name('quote_short')}
          </>
        ),
      },
      { act: 'bullets', label: name('bullets'), on: active.bullets, face: <List {...icon} /> },
      { act: 'numbers', label: name('numbers'), on: active.numbers, face: <ListOrdered {...icon} /> },
      { act: 'table', label: name('table'), face: <Table {...icon} /> },
    );
  }
  tools.push({ act: 'plain', label: name('plain_tip'), face: <Type {...icon} /> });
  return tools;
}

/** One stop of the Tab key; arrows go through it, Escape leads back to the text. */
export function ToolBar({
  active,
  act,
  plain,
  back,
}: {
  active: Active;
  act: (what: Act) => void;
  plain: () => void;
  back: () => void;
}) {
  const bar = useRef<HTMLDivElement>(null);
  const press = (event: KeyboardEvent) => {
    const buttons = [...(bar.current?.querySelectorAll<HTMLButtonElement>('button') ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === 'Escape') {
      event.stopPropagation();
      back();
    } else if (move && at >= 0) {
      event.preventDefault();
      buttons[(at + move + buttons.length) % buttons.length]?.focus();
    }
  };
  return (
    <div className="rich-tools" role="toolbar" aria-label={t('followups.rich')} ref={bar} onKeyDown={press}>
      {toolsOf(active).map((tool, at) => (
        <button
          type="button"
          key={tool.act}
          tabIndex={at ? -1 : 0}
          title={[tool.label, tool.keys].filter(Boolean).join('　')}
          aria-label={tool.label}
          aria-pressed={tool.on}
          data-act={tool.act}
          // The selection stays where it is.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => (tool.act === 'plain' ? plain() : act(tool.act))}
        >
          {tool.face}
        </button>
      ))}
    </div>
  );
}
