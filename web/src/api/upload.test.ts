import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { setRequestLanguage } from './client';
import { keys, queryClient } from './queries';
import { upload } from './upload';

const MB = 1024 * 1024;
const fetchMock = vi.fn<typeof fetch>();
const sheet = (bytes: number) => {
  const file = new File(['x'], '大表.xlsx');
  Object.defineProperty(file, 'size', { value: bytes });
  return file;
};

beforeEach(() => {
  vi.stubGlobal('fetch', fetchMock);
  vi.stubGlobal('document', { cookie: 'csrftoken=t' });
  setRequestLanguage('zh-CN');
  queryClient.setQueryData(keys.session, { upload_bytes: 50 * MB });
});
afterEach(() => {
  fetchMock.mockReset();
  vi.unstubAllGlobals();
  queryClient.clear();
});

describe('uploads', () => {
  it('does not send what the server would not take, and names file, size and limit', async () => {
    await expect(upload('/imports', sheet(70.3 * MB))).rejects.toThrow(
      '“大表.xlsx”有 70.3 MB，一个文件最多 50 MB，压缩或拆开再传',
    );
    setRequestLanguage('en-US');
    await expect(upload('/imports', sheet(70.3 * MB))).rejects.toThrow(
      '“大表.xlsx” is 70.3 MB; one file may have 50 MB',
    );
    expect(fetchMock).not.toHaveBeenCalled();
  });

  it('says in a sentence what a page of a proxy means', async () => {
    const page = (status: number) =>
      new Response('<html>', { status, headers: { 'Content-Type': 'text/html' } });
    fetchMock.mockImplementation(async () => page(413));
    await expect(upload('/files', sheet(12 * MB))).rejects.toThrow('服务器前面的代理不收这么大的文件');
    fetchMock.mockImplementation(async () => page(502));
    await expect(upload('/files', sheet(12 * MB))).rejects.toThrow('“大表.xlsx”（12 MB）没有传上去');
    // A connection that the proxy cuts while the file is on its way.
    fetchMock.mockRejectedValue(new TypeError('Failed to fetch'));
    await expect(upload('/files', sheet(12 * MB))).rejects.toThrow('“大表.xlsx”（12 MB）没有传上去');
    await expect(upload('/files', sheet(1000))).rejects.toThrow('连不上服务器');
  });

  it('names the file in what the server itself refuses', async () => {
    const body = JSON.stringify({
      message: '文件是空的',
      zh: '文件是空的',
      en: 'The file is empty',
      code: 'x',
    });
    fetchMock.mockResolvedValue(
      new Response(body, { status: 422, headers: { 'Content-Type': 'application/json' } }),
    );
    await expect(upload('/files', sheet(10), { kind: 'other' })).rejects.toThrow('大表.xlsx：文件是空的');
  });
});
