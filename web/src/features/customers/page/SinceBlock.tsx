import { useEffect, useState } from 'react';
import type { Id } from '@/api/types';
import { useSince } from '@/api/versions';
import { SinceLines } from '@/components/versions/SinceLines';
import { recall, remember } from '@/lib/store';
import { now } from '@/lib/time';

/** Above the timeline: what changed while one was away. The last look is kept on this device only. */
export function SinceBlock({ id }: { id: Id }) {
  const place = `seen-${id}`;
  const [seen] = useState(() => recall<string>(place) ?? '');
  const { data } = useSince(id, seen);
  useEffect(() => void remember(place, now().toISOString()), [place]);
  return data ? <SinceLines since={data} /> : null;
}
