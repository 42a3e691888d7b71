import { newKey } from '@/api/client';
import type { Source } from '@/api/packs';
import { t } from '@/locales';

/** A pack of one's own, kept with the page of its preview so that a reload reads it again. */
export interface FilePack {
  id: string;
  name: string;
  text: string;
}

const MOST_BYTES = 1_000_000;

/** The text of a chosen file, read on the device. Throws with a sentence what cannot be a pack. */
export async function readFile(file: File): Promise<FilePack> {
  if (file.size > MOST_BYTES) throw new Error(t('packs.file_large'));
  let text = '';
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    throw new Error(t('packs.file_encoding'));
  }
  if (!text.trim()) throw new Error(t('packs.file_empty'));
  return { id: newKey(), name: file.name, text };
}

export const sourceOf = (pack: FilePack | string): Source =>
  typeof pack === 'string'
    ? { id: `shipped:${pack}`, body: { shipped: pack } }
    : { id: pack.id, body: { text: pack.text } };

/** What a state of the history holds, if it is a pack. */
export function filePackOf(state: unknown): FilePack | null {
  const { id, name, text } = (state ?? {}) as Partial<FilePack>;
  return id && name && text ? { id, name, text } : null;
}

/** `青禾工业-配置-2026-11-24.yaml`: the team, what it is, the day; nothing that a disk refuses. */
export function fileNameOf(team: string, day: string): string {
  const bare = team
    .replace(/[\\/:*?"<>|\s]+/g, ' ')
    .trim()
    .replace(/[. ]+$/, '');
  return t('packs.file_name', { team: bare || 'genjin', day });
}

/** Puts a text on the disk under a name. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Some browsers begin to read only after the click.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
