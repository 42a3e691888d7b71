import { ApiError, api, OfflineError, type RequestOptions } from './client';
import { keys, queryClient } from './queries';
import type { Session } from './types';

const MB = 1024 * 1024;
/** A smaller file that does not arrive was stopped by the network, not by its size. */
const SMALL = MB;

function size(bytes: number): string {
  return `${Number((bytes / MB).toFixed(1))} MB`;
}

function most(): number | null {
  return queryClient.getQueryData<Session>(keys.session)?.upload_bytes ?? null;
}

/** Why a file was not taken: its name, its size, the limit, what to do. */
export function refusalOf(
  file: Pick<File, 'name' | 'size'>,
  failure: unknown,
  limit: number | null,
): unknown {
  const has = size(file.size);
  const upTo = limit === null ? null : size(limit);
  if (limit !== null && upTo && file.size > limit) {
    return new ApiError(413, {
      code: 'too_large',
      zh: `“${file.name}”有 ${has}，一个文件最多 ${upTo}，压缩或拆开再传`,
      en: `“${file.name}” is ${has}; one file may have ${upTo}. Compress or split it`,
    });
  }
  if (failure instanceof ApiError && failure.status === 413) {
    // The server itself takes it, so something smaller stands before it.
    return new ApiError(413, {
      code: 'too_large',
      zh: `“${file.name}”有 ${has}，服务器前面的代理不收这么大的文件。拆开再传，或请管理员调高代理的上限`,
      en: `“${file.name}” is ${has}, more than the proxy before the server takes. Split it, or ask your administrator to raise the proxy's limit`,
    });
  }
  if (failure instanceof OfflineError && file.size > SMALL) {
    return new ApiError(0, {
      code: 'not_arrived',
      zh: `“${file.name}”（${has}）没有传上去：连不上服务器，或者中间的代理不收这么大的文件。过一会儿再传一次，还不行就拆开`,
      en: `“${file.name}” (${has}) did not arrive: the server cannot be reached, or a proxy on the way takes no file of this size. Try again in a moment, then split it`,
    });
  }
  if (failure instanceof ApiError) {
    const { zh, en } = failure;
    return new ApiError(failure.status, {
      ...failure.extra,
      message: undefined,
      zh: `${file.name}：${zh}`,
      en: `${file.name}: ${en}`,
    });
  }
  return failure;
}

/**
 * Send one file in a form; what is larger than the server takes is not sent at all.
 * @throws ApiError whose sentence names the file, OfflineError when a small one did not arrive
 */
export async function upload<T>(
  path: string,
  file: File,
  beside: Record<string, string> = {},
  options?: RequestOptions,
): Promise<T> {
  const limit = most();
  if (limit !== null && file.size > limit) throw refusalOf(file, null, limit);
  const form = new FormData();
  form.append('file', file);
  for (const [name, value] of Object.entries(beside)) form.append(name, value);
  try {
    return await api.post<T>(path, form, options);
  } catch (failure) {
    throw refusalOf(file, failure, limit);
  }
}
