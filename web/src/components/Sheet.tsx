import { Popover } from 'antd';
import { cloneElement, lazy, type ReactElement, type ReactNode, Suspense } from 'react';
import { usePhone } from '@/lib/media';

const BottomSheet = lazy(async () => ({ default: (await import('./BottomSheet')).BottomSheet }));

/** What a button opens: beside it, on the phone a sheet from below. */
export function Sheet({
  title,
  open,
  setOpen,
  content,
  children,
}: {
  /** The head of the sheet; beside a button the content speaks for itself. */
  title: string;
  open: boolean;
  setOpen: (open: boolean) => void;
  content: ReactNode;
  /** The button it hangs on. */
  children?: ReactElement<{ onClick?: () => void }>;
}) {
  const phone = usePhone();
  if (phone) {
    return (
      <>
        {children ? cloneElement(children, { onClick: () => setOpen(true) }) : null}
        <Suspense fallback={null}>
          {open ? (
            <BottomSheet title={title} close={() => setOpen(false)}>
              {content}
            </BottomSheet>
          ) : null}
        </Suspense>
      </>
    );
  }
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      arrow={false}
      destroyOnHidden
      content={content}
    >
      {children}
    </Popover>
  );
}
