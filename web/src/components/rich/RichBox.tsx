import { type ComponentType, useEffect, useState } from 'react';
import { Rich } from '@/components/Rich';
import { t } from '@/locales';
import type { RichEditorProps } from './RichEditor';

type Editor = ComponentType<RichEditorProps>;
let loaded: Editor | null = null;

/** Fetch the editor ahead, when somebody is about to ask for it. */
export function fetchEditor(): Promise<Editor> {
  return import('./RichEditor').then((found) => {
    loaded = found.default;
    return loaded;
  });
}

/** The same without asking how it went: whoever opens the editor hears of a failure. */
export function fetchAhead(): void {
  if (!loaded) void fetchEditor().catch(() => {});
}

/** The rich field: its content at once, the editor as soon as it is there. */
export function RichBox(props: RichEditorProps) {
  const [Editor, setEditor] = useState<Editor | null>(() => loaded);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (Editor) return;
    let gone = false;
    fetchEditor()
      .then((found) => {
        if (!gone) setEditor(() => found);
      })
      .catch(() => {
        if (!gone) setFailed(true);
      });
    return () => {
      gone = true;
    };
  }, [Editor]);
  if (Editor) return <Editor {...props} />;
  return (
    <div className="rich-waiting">
      <Rich tree={props.value} text="" />
      {failed ? (
        <p className="second">
          {t('followups.rich_failed')}{' '}
          <button type="button" className="act" onClick={props.onPlain}>
            {t('followups.rich_plain')}
          </button>
        </p>
      ) : null}
    </div>
  );
}
