import { type ReactNode, useState } from 'react';
import { t } from '@/locales';

/** A button for what is hard to take back: the first press asks, the second does it, looking elsewhere leaves it. */
export function Sure({
  what,
  of,
  run,
  className = 'act',
  children = what,
}: {
  /** The verb: 删除, 吊销. */
  what: string;
  /** Whose, where the button itself does not say it. */
  of?: string;
  run: () => unknown;
  className?: string;
  children?: ReactNode;
}) {
  const [asking, setAsking] = useState(false);
  const name = of ? `${what} ${of}` : what;
  if (!asking)
    return (
      <button
        type="button"
        className={className}
        aria-label={name}
        title={name}
        onClick={() => setAsking(true)}
      >
        {children}
      </button>
    );
  return (
    <button
      type="button"
      className="act verm"
      aria-label={t('common.sure', { what: name })}
      // biome-ignore lint/a11y/noAutofocus: it stands where the pressed button stood
      autoFocus
      onBlur={() => setAsking(false)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        setAsking(false);
      }}
      onClick={() => {
        setAsking(false);
        run();
      }}
    >
      {t('common.sure', { what })}
    </button>
  );
}
