import { useState } from 'react';
import {
  type Body,
  publishAutomation,
  refreshAutomations,
  saveAutomation,
  switchAutomation,
  type Whole,
} from '@/api/automations';
import { ApiError } from '@/api/client';
import { useHeld } from '@/lib/held';
import { words } from '@/lib/names';
import { say, sayFailure } from '@/lib/notify';
import { useUnsaved } from '@/lib/unsaved';
import { t } from '@/locales';

const begin = ({ body }: Whole): Body => body;
const isChanged = ({ body }: Whole, draft: Body): boolean => JSON.stringify(body) !== JSON.stringify(draft);

/** What is refused, by the place it is about: `actions.1`, `condition`. */
type Wrong = Record<string, string>;

function wrongIn(failure: unknown): Wrong {
  if (!(failure instanceof ApiError) || failure.status !== 422) return {};
  const told = failure.problems.length ? failure.problems : [failure];
  return Object.fromEntries(told.map((one) => [placeOf(one.field), words(one)]));
}

/** `actions.1.todo.to` is the second action. */
const placeOf = (field: string | null): string => /^actions\.\d+/.exec(field ?? '')?.[0] ?? field ?? '';

/** A draft of an automation: kept, published, switched; one at a time. */
export function useEditing(latest: Whole) {
  const editing = useHeld(latest, begin, isChanged);
  const { kept, draft, dirty, settled } = editing;
  const [busy, setBusy] = useState<'save' | 'publish' | 'switch' | null>(null);
  const [wrong, setWrong] = useState<Wrong>({});
  const [secret, setSecret] = useState<string | null>(null);
  useUnsaved(dirty);

  const run = async (what: NonNullable<typeof busy>, work: () => Promise<void>) => {
    setBusy(what);
    setWrong({});
    try {
      await work();
    } catch (failure) {
      setWrong(wrongIn(failure));
      sayFailure(failure);
    }
    await refreshAutomations();
    setBusy(null);
  };
  const keep = async (): Promise<number> => {
    if (!dirty) return kept.version;
    const { version } = await saveAutomation(kept.id, kept.version, draft);
    settled(version);
    return version;
  };
  return {
    ...editing,
    busy,
    wrong,
    secret,
    setSecret,
    set: (values: Partial<Body>) => {
      setWrong({});
      editing.change((old) => ({ ...old, ...values }));
    },
    save: () =>
      run('save', async () => {
        await keep();
        say(t('automations.kept'));
      }),
    publish: () =>
      run('publish', async () => {
        const done = await publishAutomation(kept.id, await keep());
        settled(done.version);
        setSecret(done.secret);
        say(t('automations.published'));
      }),
    flip: (on: boolean) =>
      run('switch', async () => {
        const done = await switchAutomation(kept.id, kept.version, on);
        settled(done.version);
        say(t(on ? 'automations.went_on' : 'automations.went_off', { name: kept.name }));
      }),
  };
}
export type Editing = ReturnType<typeof useEditing>;
