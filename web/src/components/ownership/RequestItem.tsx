import { FileText } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Help, Said } from '@/api/requests';
import { FileLink } from '@/components/files/FileLink';
import { words } from '@/lib/names';
import { formatWhen } from '@/lib/time';
import { t } from '@/locales';
import { RequestActs } from './RequestActs';
import './requests.css';

/** Who has the ball, since when, and how its clock stands. */
function Ball({ help }: { help: Help }) {
  if (!help.ball) {
    const at = help.settled_at ? formatWhen(help.settled_at) : '';
    return <p className="meta">{[t(`requests.state_${help.state}`), at].filter(Boolean).join(' · ')}</p>;
  }
  const name = (help.holder ?? help.department)?.name ?? '';
  const due = formatWhen(help.due_at, help.precision);
  const clock =
    help.ball === 'asker'
      ? help.state === 'asked_back'
        ? t('requests.paused', { when: due })
        : ''
      : t(help.late ? 'requests.late' : 'requests.due', { when: due });
  return (
    <p className="req-ball">
      <span className="req-state" data-state={help.state}>
        {t(`requests.state_${help.state}`)}
      </span>
      <span className="second">{t('requests.ball', { name, when: formatWhen(help.ball_at) })}</span>
      {clock ? <span className={help.late ? 'verm' : 'second'}>{clock}</span> : null}
    </p>
  );
}

function Files({ files }: { files: Help['files'] }) {
  if (!files.length) return null;
  return (
    <p className="req-files">
      {files.map((file) => (
        <FileLink key={file.id} file={file} className="req-file">
          <FileText size={14} strokeWidth={1.6} aria-hidden="true" />
          <span className="cut">{file.name}</span>
        </FileLink>
      ))}
    </p>
  );
}

function Line({ said }: { said: Said }) {
  return (
    <li data-what={said.what}>
      <p className="meta">
        {t(`requests.said_${said.what}`, { name: said.by.name, when: formatWhen(said.at) })}
      </p>
      <p className="req-text">{said.text}</p>
    </li>
  );
}

function Told({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="meta">{label}</dt>
      <dd className="req-text">{children}</dd>
    </div>
  );
}

/** One request as both sides see it: what travels along, what was said, who has the ball, and what one may do. */
export function RequestItem({ help, place }: { help: Help; place: 'customer' | 'list' }) {
  const to = [help.department?.name, help.helper?.name].filter(Boolean).join(' · ');
  const asked = `${t('requests.to', { by: help.asked_by.name, name: to })} · ${formatWhen(help.asked_at)}`;
  const customer = help.customer.seen ? (
    <Link to={`/customers/${help.customer.id}#help`} className="cut">
      {help.customer.name}
    </Link>
  ) : (
    <span className="cut">{help.customer.name}</span>
  );
  return (
    <li className="req" data-settled={help.ball === '' || undefined} id={`request-${help.id}`}>
      <div className="req-head">
        <span className="req-kind">{words(help.kind)}</span>
        {place === 'list' ? customer : null}
        <span className="meta req-who">{asked}</span>
      </div>
      <p className="req-question">{help.question}</p>
      <Ball help={help} />
      {help.background || help.expectation ? (
        <dl className="req-told">
          {help.background ? <Told label={t('requests.background')}>{help.background}</Told> : null}
          {help.expectation ? <Told label={t('requests.expectation')}>{help.expectation}</Told> : null}
        </dl>
      ) : null}
      <Files files={help.files.filter((file) => !file.delivered)} />
      {help.said.length ? (
        <ol className="req-said">
          {help.said.map((said) => (
            <Line key={`${said.at}${said.what}`} said={said} />
          ))}
        </ol>
      ) : null}
      <Files files={help.files.filter((file) => file.delivered)} />
      <RequestActs help={help} />
    </li>
  );
}
