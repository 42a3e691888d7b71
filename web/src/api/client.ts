import type { Words } from './types';

export interface Problem extends Words {
  field: string | null;
  code: string;
}

/** A refusal of the server: `message` is its sentence in the language of the request. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  readonly field: string | null;
  readonly problems: Problem[];
  readonly extra: Record<string, unknown>;

  constructor(status: number, body: Record<string, unknown>) {
    const zh = text(body.zh) || text(body.message) || '服务器没有说明原因，稍后再试一次';
    const en = text(body.en) || text(body.message) || 'The server gave no reason; try again in a moment';
    super(text(body.message) || (language === 'zh-CN' ? zh : en));
    this.name = 'ApiError';
    this.status = status;
    this.code = text(body.code) || `http_${status}`;
    this.zh = zh;
    this.en = en;
    this.field = text(body.field) || null;
    this.problems = Array.isArray(body.problems) ? (body.problems as Problem[]) : [];
    this.extra = body;
  }
}

/** The request never reached the server, or no answer came back. */
export class OfflineError extends Error {
  constructor() {
    super(
      language === 'zh-CN' ? '连不上服务器，内容还在这里' : 'Cannot reach the server; nothing is lost here',
    );
    this.name = 'OfflineError';
  }
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export interface RequestOptions {
  body?: unknown;
  query?: Record<string, string | number | boolean | null | undefined>;
  signal?: AbortSignal;
  /** Repeat a POST with the same key and it happens once. */
  idempotencyKey?: string;
  /** Lets the request outlive the page. */
  keepalive?: boolean;
  /** A 401 is an answer here, not a reason to show the login page. */
  quiet401?: boolean;
}

const ROOT = '/api/v1';
let language = 'zh-CN';
let unauthorized: () => void = () => {};

export function setRequestLanguage(locale: string): void {
  language = locale;
}
export function onUnauthorized(listener: () => void): void {
  unauthorized = listener;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function cookie(name: string, jar: string = document.cookie): string {
  const found = jar.split('; ').find((part) => part.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : '';
}

/** A random version-4 UUID; `crypto.randomUUID` is missing on plain http outside localhost. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

export function buildUrl(path: string, query?: RequestOptions['query']): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value !== null && value !== undefined && value !== '') params.set(key, String(value));
  }
  const tail = params.toString();
  return `${ROOT}${path}${tail ? `?${tail}` : ''}`;
}

function headersFor(method: Method, options: RequestOptions): Headers {
  const headers = new Headers({ Accept: 'application/json', 'Accept-Language': language });
  if (method !== 'GET') headers.set('X-CSRFToken', cookie('csrftoken'));
  if (method === 'POST') headers.set('Idempotency-Key', options.idempotencyKey ?? newKey());
  if (options.body !== undefined && !(options.body instanceof FormData)) {
    headers.set('Content-Type', 'application/json');
  }
  return headers;
}

/**
 * What came back. A refusal may come without a body that can be read; an answer may not: cut off half-way, or a
 * network's own login page in its place, it is no answer at all, and a screen must not take it for an empty one.
 */
async function readBody(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  const json = (response.headers.get('Content-Type') ?? '').includes('json');
  if (!response.ok) return json ? response.json().catch(() => ({})) : {};
  if (!json) throw new OfflineError();
  return response.json().catch(noAnswer);
}

/** @throws the failure of a request that was called off, OfflineError of any other. */
function noAnswer(failure: unknown): never {
  if (failure instanceof DOMException && failure.name === 'AbortError') throw failure;
  throw new OfflineError();
}

/**
 * Call one endpoint of `/api/v1`.
 * @throws ApiError on any 4xx or 5xx, OfflineError when no answer came.
 */
export async function request<T>(method: Method, path: string, options: RequestOptions = {}): Promise<T> {
  const body = options.body instanceof FormData ? options.body : JSON.stringify(options.body);
  const response = await fetch(buildUrl(path, options.query), {
    method,
    headers: headersFor(method, options),
    body: options.body === undefined ? undefined : body,
    signal: options.signal,
    keepalive: options.keepalive,
    credentials: 'same-origin',
  }).catch(noAnswer);
  const answer = await readBody(response);
  if (response.ok) return answer as T;
  // A proxy answers 502 or 504 when the server behind it is down: that is being offline, not a refusal.
  if (response.status === 502 || response.status === 504) throw new OfflineError();
  if (response.status === 401 && !options.quiet401) unauthorized();
  throw new ApiError(response.status, (answer ?? {}) as Record<string, unknown>);
}

export const api = {
  get: <T>(path: string, options?: RequestOptions) => request<T>('GET', path, options),
  post: <T>(path: string, body?: unknown, options?: RequestOptions) =>
    request<T>('POST', path, { ...options, body: body ?? {} }),
  put: <T>(path: string, body: unknown, options?: RequestOptions) =>
    request<T>('PUT', path, { ...options, body }),
  patch: <T>(path: string, body: unknown, options?: RequestOptions) =>
    request<T>('PATCH', path, { ...options, body }),
  delete: <T>(path: string, options?: RequestOptions) => request<T>('DELETE', path, options),
};

/** The sentence to show a person for any failure. */
export function sentenceOf(failure: unknown): string {
  if (failure instanceof ApiError || failure instanceof OfflineError) return failure.message;
  return language === 'zh-CN' ? '这一步没有成功，再试一次' : 'That did not work; try once more';
}
