import { Input } from 'antd';
import { ChevronRight, Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Link, useLocation } from 'react-router';
import { type Topic, useGuide } from '@/api/guide';
import { usePalette } from '@/app/palette-context';
import { TopBar } from '@/app/TopBar';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { ExampleLines } from '@/components/Examples';
import { FirstDays } from '@/components/FirstDays';
import { SkeletonRows } from '@/components/Skeletons';
import { words } from '@/lib/names';
import { type Key, t } from '@/locales';
import { found } from './found';
import './help.css';

const FIELDS: [slug: string, label: Key][] = [
  ['summary', 'followups.content'],
  ['feedback', 'followups.feedback'],
  ['next_steps', 'followups.next'],
];

function Part({ topic }: { topic: Topic }) {
  const { data } = useGuide();
  return (
    <section className="help-topic" id={topic.key}>
      <h2>{words(topic)}</h2>
      <ul>
        {topic.lines.map((line) => (
          <li key={line.en}>{words(line)}</li>
        ))}
      </ul>
      {topic.key === 'good-record'
        ? FIELDS.map(([slug, label]) => (
            <div className="help-examples" key={slug}>
              <h3>{t(label)}</h3>
              {(data?.examples[slug] ?? []).map((example) => (
                <ExampleLines key={example.good} example={example} />
              ))}
            </div>
          ))
        : null}
      {topic.to ? (
        <Link className="help-go" to={topic.to}>
          {t('help.go')}
          <ChevronRight size={15} strokeWidth={1.6} aria-hidden="true" />
        </Link>
      ) : null}
    </section>
  );
}

/** How things are done here, a topic each, found by any word of it. */
export function HelpPage() {
  const { data, error, refetch } = useGuide();
  const [asked, setAsked] = useState('');
  const { hash } = useLocation();
  const palette = usePalette();
  const topics = found(data?.topics ?? [], asked);
  useEffect(() => {
    if (data && hash) document.getElementById(hash.slice(1))?.scrollIntoView({ block: 'start' });
  }, [data, hash]);
  return (
    <>
      <TopBar title={t('help.title')} sentence={t('help.sentence')} />
      <div className="help">
        <nav className="help-nav" aria-label={t('help.topics')}>
          {(data?.topics ?? []).map((topic) => (
            <Link key={topic.key} to={`#${topic.key}`} replace onClick={() => setAsked('')}>
              {words(topic)}
            </Link>
          ))}
        </nav>
        <div className="help-main">
          <Input
            allowClear
            prefix={<Search size={16} strokeWidth={1.6} aria-hidden="true" />}
            aria-label={t('help.search')}
            placeholder={t('help.search')}
            value={asked}
            onChange={(event) => setAsked(event.target.value)}
          />
          {asked ? null : <FirstDays />}
          {error && !data ? <ErrorState failure={error} retry={() => void refetch()} /> : null}
          {!data && !error ? <SkeletonRows rows={8} /> : null}
          {topics.map((topic) => (
            <Part key={topic.key} topic={topic} />
          ))}
          {data && topics.length === 0 ? (
            <EmptyState title={t('help.none', { q: asked })} hint={t('help.none_hint')}>
              <button type="button" className="act" onClick={() => palette('go')}>
                {t('help.palette')}
              </button>
            </EmptyState>
          ) : null}
        </div>
      </div>
    </>
  );
}
