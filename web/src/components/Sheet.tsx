import { Drawer, Popover } from 'antd';
import { cloneElement, type ReactElement, type ReactNode } from 'react';
import { usePhone } from '@/lib/media';
import './sheet.css';

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
        <Drawer
          open={open}
          placement="bottom"
          size="auto"
          title={title}
          onClose={() => setOpen(false)}
          closable={{ placement: 'end' }}
          destroyOnHidden
          rootClassName="bottom-sheet"
        >
          {content}
        </Drawer>
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
