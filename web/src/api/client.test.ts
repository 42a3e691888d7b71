import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  ApiError,
  api,
  buildUrl,
  cookie,
  newKey,
  OfflineError,
  onUnauthorized,
  sentenceOf,
  setRequestLanguage,
} from './client';

const answer = (status: number, body?: unknown) =>
  new Response(body === undefined ? null : JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json' },
  });
const fetchMock = vi.fn<typeof fetch>();

beforeEach(() => {
  vi.stubGlobal('fetch', fetchMock);
  vi.stubGlobal('document', { cookie: 'a=1; csrftoken=tok%20en' });
  setRequestLanguage('zh-CN');
});
afterEach(() => {
  fetchMock.mockReset();
  vi.unstubAllGlobals();
});

const sent = () => {
  const [url, init] = fetchMock.mock.calls[0] ?? [];
  return { url, init, headers: init?.headers as Headers };
};

describe('requests', () => {
  it('a POST carries the CSRF token, a key of its own and the language', async () => {
    fetchMock.mockResolvedValue(answer(201, { id: 7 }));
    expect(await api.post('/customers', { name: '甲' })).toEqual({ id: 7 });
    const { url, init, headers } = sent();
    expect(url).toBe('/api/v1/customers');
    expect(headers.get('X-CSRFToken')).toBe('tok en');
    expect(headers.get('Idempotency-Key')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(headers.get('Accept-Language')).toBe('zh-CN');
    expect(init?.body).toBe('{"name":"甲"}');
  });

  it('a repeated POST keeps the key it was given; a GET has none', async () => {
    fetchMock.mockImplementation(async () => answer(200, {}));
    await api.post('/x', {}, { idempotencyKey: 'k-1' });
    expect(sent().headers.get('Idempotency-Key')).toBe('k-1');
    fetchMock.mockClear();
    await api.get('/x');
    expect(sent().headers.get('Idempotency-Key')).toBeNull();
    expect(sent().headers.get('X-CSRFToken')).toBeNull();
  });

  it('leaves a form alone and empty query values out', async () => {
    fetchMock.mockResolvedValue(answer(201, {}));
    await api.post('/files', new FormData());
    expect(sent().headers.get('Content-Type')).toBeNull();
    expect(buildUrl('/customers', { q: '', cursor: undefined, view: 'mine', count: 1 })).toBe(
      '/api/v1/customers?view=mine&count=1',
    );
  });

  it('keys differ and cookies are read by their whole name', () => {
    expect(newKey()).not.toBe(newKey());
    expect(cookie('token', 'csrftoken=a; token=b')).toBe('b');
    expect(cookie('missing', 'a=1')).toBe('');
  });
});

describe('refusals', () => {
  it('keeps code, field and sentence of the server', async () => {
    const body = {
      code: 'invalid',
      message: '电话要 11 位',
      zh: '电话要 11 位',
      en: 'The phone needs 11 digits',
      field: 'phone',
      problems: [{ field: 'phone', code: 'length', zh: '电话要 11 位', en: 'x' }],
    };
    fetchMock.mockResolvedValue(answer(422, body));
    const failure = await api.post('/customers').catch((refusal: unknown) => refusal);
    expect(failure).toBeInstanceOf(ApiError);
    expect(failure).toMatchObject({ status: 422, code: 'invalid', field: 'phone', message: '电话要 11 位' });
    expect((failure as ApiError).problems).toHaveLength(1);
    expect(sentenceOf(failure)).toBe('电话要 11 位');
  });

  it('a conflict brings the values of the other', async () => {
    fetchMock.mockResolvedValue(
      answer(409, {
        code: 'conflict',
        message: '刘洋刚改过这条',
        theirs: { name: '乙' },
        version: 4,
        by: '刘洋',
      }),
    );
    const failure = (await api.patch('/customers/1', {}).catch((refusal: unknown) => refusal)) as ApiError;
    expect(failure.status).toBe(409);
    expect(failure.extra).toMatchObject({ theirs: { name: '乙' }, version: 4, by: '刘洋' });
  });

  it('a 401 leads to the login, unless the caller asked to be told', async () => {
    const seen = vi.fn();
    onUnauthorized(seen);
    fetchMock.mockImplementation(async () => answer(401, { code: 'login_required', message: '登录后再看' }));
    await expect(api.get('/desk/today')).rejects.toMatchObject({ status: 401 });
    expect(seen).toHaveBeenCalledTimes(1);
    await expect(api.get('/session', { quiet401: true })).rejects.toMatchObject({ status: 401 });
    expect(seen).toHaveBeenCalledTimes(1);
  });

  it('no answer, or a proxy without a server behind it, is being offline', async () => {
    fetchMock.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    await expect(api.get('/x')).rejects.toBeInstanceOf(OfflineError);
    fetchMock.mockResolvedValueOnce(
      new Response('<html>', { status: 502, headers: { 'Content-Type': 'text/html' } }),
    );
    await expect(api.get('/x')).rejects.toBeInstanceOf(OfflineError);
  });

  it('an answer cut off half-way, or a login page of the network in its place, is never taken for an empty one', async () => {
    const headers = { 'Content-Type': 'application/json' };
    fetchMock.mockResolvedValueOnce(new Response('{"findings": [', { status: 200, headers }));
    await expect(api.get('/x')).rejects.toBeInstanceOf(OfflineError);
    fetchMock.mockResolvedValueOnce(
      new Response('<html>登录无线网', { status: 200, headers: { 'Content-Type': 'text/html' } }),
    );
    await expect(api.get('/x')).rejects.toBeInstanceOf(OfflineError);
    const cut = new ReadableStream({
      start: (body) => body.error(new DOMException('called off', 'AbortError')),
    });
    fetchMock.mockResolvedValueOnce(new Response(cut, { status: 200, headers }));
    await expect(api.post('/followups/check')).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('a broken page of an error still gives a sentence', async () => {
    fetchMock.mockResolvedValue(
      new Response('<html>oops', { status: 500, headers: { 'Content-Type': 'text/html' } }),
    );
    const failure = await api.get('/x').catch((refusal: unknown) => refusal);
    expect(sentenceOf(failure)).toBe('服务器没有说明原因，稍后再试一次');
    expect(sentenceOf(new Error('boom'))).toBe('这一步没有成功，再试一次');
  });
});
