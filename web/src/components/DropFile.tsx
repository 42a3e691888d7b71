import { type ReactNode, useRef, useState } from 'react';

/** A button that takes a file: dropped on it, or chosen by a click. What it says is its children. */
export function DropFile({
  className,
  accept,
  label,
  busy,
  take,
  children,
}: {
  className: string;
  accept: string;
  label: string;
  busy: boolean;
  take: (file: File | null | undefined) => Promise<void>;
  children: ReactNode;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  return (
    <>
      <button
        type="button"
        className={className}
        data-over={over || undefined}
        disabled={busy}
        onClick={() => input.current?.click()}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void take(event.dataTransfer.files[0]);
        }}
      >
        {children}
      </button>
      <input
        ref={input}
        type="file"
        accept={accept}
        hidden
        aria-label={label}
        onChange={async ({ target }) => {
          await take(target.files?.[0]);
          // The same file, mended, can be chosen again.
          target.value = '';
        }}
      />
    </>
  );
}
