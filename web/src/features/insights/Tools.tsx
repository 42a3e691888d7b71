import { Button, Dropdown, Switch } from 'antd';
import { Download, SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { configureTargets, refreshTargets, type TeamMonth } from '@/api/targets';
import { Sheet } from '@/components/Sheet';
import { sayFailure } from '@/lib/notify';
import { t } from '@/locales';

const FORMATS = [
  ['xlsx', 'Excel (.xlsx)'],
  ['csv', 'CSV (.csv)'],
] as const;

/** Ranking, and whether members see their department's sum: the administrator's two switches. */
function Show({ data }: { data: TeamMonth }) {
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const turn = async (name: 'ranking' | 'department_sum', on: boolean) => {
    setBusy(true);
    try {
      await configureTargets({ [name]: on });
      refreshTargets();
    } catch (failure) {
      sayFailure(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Sheet
      title={t('targets.show')}
      open={open}
      setOpen={setOpen}
      content={
        <div className="show-switches">
          {(['ranking', 'department_sum'] as const).map((name) => (
            <label key={name}>
              <span>
                {t(`targets.${name}`)}
                <span className="meta">{t(`targets.${name}_hint`)}</span>
              </span>
              <Switch checked={data[name]} disabled={busy} onChange={(on) => void turn(name, on)} />
            </label>
          ))}
        </div>
      }
    >
      <button type="button" className="icon-act" aria-label={t('targets.show')} title={t('targets.show')}>
        <SlidersHorizontal size={16} strokeWidth={1.6} aria-hidden="true" />
      </button>
    </Sheet>
  );
}

function Export({ data }: { data: TeamMonth }) {
  const path = `/api/v1/targets/team/file?month=${data.month}&by=${data.by ?? 'records'}&format=`;
  return (
    <Dropdown
      trigger={['click']}
      placement="bottomRight"
      menu={{
        items: FORMATS.map(([key, label]) => ({ key, label })),
        onClick: ({ key }) => window.location.assign(path + key),
      }}
    >
      <button type="button" className="icon-act" aria-label={t('targets.export')} title={t('targets.export')}>
        <Download size={16} strokeWidth={1.6} aria-hidden="true" />
      </button>
    </Dropdown>
  );
}

/** Beside the month: how it is shown, the table as a file, the way to set targets. */
export function Tools({ data }: { data: TeamMonth }) {
  return (
    <span className="aim-tools">
      {data.can.configure ? <Show data={data} /> : null}
      {data.can.export && data.people.length > 0 ? <Export data={data} /> : null}
      {data.can.set ? (
        <Link to={`/team/targets?month=${data.month}`}>
          <Button tabIndex={-1} type={data.has_targets ? 'default' : 'primary'}>
            {t('targets.set')}
          </Button>
        </Link>
      ) : null}
    </span>
  );
}
