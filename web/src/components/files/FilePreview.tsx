import { useQuery } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';
import { Download } from 'lucide-react';
import { api, sentenceOf } from '@/api/client';
import { fileUrl } from '@/api/followups';
import type { Id } from '@/api/types';
import { SkeletonRows } from '@/components/Skeletons';
import { usePhone } from '@/lib/media';
import { t } from '@/locales';
import './files.css';

interface Look {
  text: string | null;
  rows: string[][] | null;
}

function Rows({ rows }: { rows: string[][] }) {
  const [head, ...rest] = rows;
  if (!head) return <p className="second">{t('common.file_empty')}</p>;
  const numeric = head.map((_, at) =>
    rest.every((row) => !row[at] || /^[-+]?[\d,]+(\.\d+)?%?$/.test(row[at])),
  );
  return (
    <div className="file-rows">
      <table>
        <thead>
          <tr>
            {head.map((cell, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a sheet may repeat its heads
              <th key={at} data-right={numeric[at] || undefined}>
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rest.map((row, line) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows are only shown
            <tr key={line}>
              {row.map((cell, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells are only shown
                <td key={at} data-right={numeric[at] || undefined}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The text of a document or the first rows of a sheet, beside what one is doing. */
export function FilePreview({ file, close }: { file: { id: Id; name: string }; close: () => void }) {
  const phone = usePhone();
  const { data, error } = useQuery({
    queryKey: ['file', file.id],
    queryFn: () => api.get<Look>(`/files/${file.id}/preview`),
    retry: false,
  });
  const note = data?.rows ? 'common.file_rows' : 'common.file_text';
  return (
    <Drawer
      open
      title={file.name}
      onClose={close}
      size={phone ? '100%' : 720}
      extra={
        <Button icon={<Download size={16} strokeWidth={1.6} />} href={fileUrl(file.id)}>
          {t('common.download')}
        </Button>
      }
    >
      {error ? <p className="second">{sentenceOf(error)}</p> : null}
      {!data && !error ? <SkeletonRows rows={6} /> : null}
      {data ? <p className="meta">{t(note)}</p> : null}
      {data?.rows ? <Rows rows={data.rows} /> : null}
      {data && !data.rows ? <p className="file-text">{data.text || t('common.file_empty')}</p> : null}
    </Drawer>
  );
}
