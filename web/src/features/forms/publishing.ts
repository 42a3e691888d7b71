import { type Design, type Published, publishDesign, saveOptionList } from '@/api/designs';
import { t } from '@/locales';
import { broken } from './broken';
import { changesOf, formChanged, listsToSave } from './changes';
import { bodyOf, type Draft, type ListDraft } from './draft';
import { isOption, newKeys, savedList, sentItems, setList } from './lists';
import { nameOf } from './names';
import { NONE, type Refusals } from './refusals';

/** An option list was not taken; `draft` holds the lists that were saved before it. */
export class ListRefused extends Error {
  constructor(
    readonly list: string,
    readonly failure: unknown,
    readonly draft: Draft,
  ) {
    super(list);
  }
}

/** What can be said without the server: a choice whose new list has no option yet, a condition on a field that is
 *  gone, a rule without words. Null: nothing. */
export function unready(draft: Draft, was: Draft): Refusals | null {
  const at: Record<string, string> = broken(draft, was);
  for (const field of draft.fields) {
    const list = field.options ? draft.lists[field.options] : undefined;
    if (list && !list.items.some(isOption)) at[field.uid] = t('forms.option_empty', { name: nameOf(field) });
  }
  const sentence = Object.values(at)[0];
  return sentence ? { ...NONE, sentence, at } : null;
}

/**
 * Saves the edited lists, then publishes the form where it is another; null where only lists were.
 * @param saved hears of each list that was saved, which stays saved whatever comes after
 * @throws ListRefused for a list, else what the server said of the form
 */
export async function send(
  {
    type,
    base,
    was,
    draft,
    why,
  }: { type: string; base: Pick<Design, 'version' | 'next_key'>; was: Draft; draft: Draft; why: string },
  saved: (name: string, list: ListDraft) => void,
): Promise<Published | null> {
  let now = draft;
  for (const name of listsToSave(draft)) {
    const list = now.lists[name];
    if (!list) continue;
    try {
      const done = await saveOptionList(name, list.version, sentItems(list));
      const kept = savedList(list, done.version, done.keys);
      now = setList(now, name, kept);
      saved(name, kept);
    } catch (failure) {
      throw new ListRefused(name, failure, now);
    }
  }
  if (!formChanged(changesOf(was, draft))) return null;
  const keys = new Map(Object.values(now.lists).flatMap(newKeys));
  return publishDesign(type, bodyOf(now, base, why, keys));
}
