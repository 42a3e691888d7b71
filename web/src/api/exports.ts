import { api } from './client';
import type { Body, Words } from './types';

interface ExportState {
  id: number;
  state: string;
  rows: number | null;
  link: string | null;
  error: Words | null;
}

const MOST_ROUNDS = 120;
const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** Ask for a file and wait until the worker has made it; the state says whether it did. */
export async function makeExport(body: Body<'ExportIn'>): Promise<ExportState> {
  const { id } = await api.post<{ id: number }>('/exports', body);
  let state = await api.get<ExportState>(`/exports/${id}`);
  for (let round = 0; round < MOST_ROUNDS && !['done', 'failed'].includes(state.state); round += 1) {
    await wait(Math.min(3000, 400 + round * 200));
    state = await api.get<ExportState>(`/exports/${id}`);
  }
  return state;
}
