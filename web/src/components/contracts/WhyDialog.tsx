import { Input } from 'antd';
import { useState } from 'react';
import { FormModal } from '@/components/FormModal';

/** A reason, asked for before something ends. */
export function WhyDialog({
  title,
  save,
  hint,
  demanded = true,
  danger = false,
  run,
  close,
}: {
  title: string;
  save: string;
  hint: string;
  demanded?: boolean;
  danger?: boolean;
  run: (why: string) => Promise<void>;
  close: () => void;
}) {
  const [why, setWhy] = useState('');
  return (
    <FormModal
      title={title}
      save={save}
      danger={danger}
      ready={!demanded || why.trim() !== ''}
      run={() => run(why.trim())}
      close={close}
      className="terms-why"
    >
      <Input.TextArea
        autoFocus
        autoSize={{ minRows: 2, maxRows: 6 }}
        maxLength={300}
        value={why}
        aria-label={hint}
        placeholder={hint}
        onChange={(event) => setWhy(event.target.value)}
      />
    </FormModal>
  );
}
