import { Drawer } from 'antd';
import { type ReactNode, useState } from 'react';
import './sheet.css';

/** A sheet from below, as high as what it holds. */
export function BottomSheet({
  title,
  close,
  children,
}: {
  title: string;
  close: () => void;
  children: ReactNode;
}) {
  const [open, setOpen] = useState(true);
  return (
    <Drawer
      open={open}
      placement="bottom"
      size="auto"
      title={title}
      onClose={() => setOpen(false)}
      afterOpenChange={(on) => !on && close()}
      closable={{ placement: 'end' }}
      rootClassName="bottom-sheet"
    >
      {children}
    </Drawer>
  );
}
