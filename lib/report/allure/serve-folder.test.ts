import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FolderServer, serveFolder } from './serve-folder.ts';

let parent: string;
let server: FolderServer;
beforeAll(async () => {
  parent = mkdtempSync(join(tmpdir(), 'serve-'));
  mkdirSync(join(parent, 'report'));
  writeFileSync(join(parent, 'secret.txt'), 'secret');
  writeFileSync(join(parent, 'report', 'index.html'), '<p>page</p>');
  symlinkSync(join(parent, 'secret.txt'), join(parent, 'report', 'link.txt'));
  server = await serveFolder(join(parent, 'report'), 0);
});
afterAll(async () => {
  await server.close();
  rmSync(parent, { recursive: true, force: true });
});

/** Paths as they are: `fetch` would tidy them up. */
const ask = (path: string, options: { method?: string; host?: string } = {}): Promise<{ status: number; body: string }> =>
  new Promise((resolve, reject) => {
    const { port, host } = new URL(server.url);
    request({ port, host: '127.0.0.1', path, method: options.method ?? 'GET', headers: { host: options.host ?? host } }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text) => {
        body += text;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    })
      .on('error', reject)
      .end();
  });

it('serves the page', async () => {
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  expect(await ask('/')).toEqual({ status: 200, body: '<p>page</p>' });
  expect(await ask('/index.html?x=1', { method: 'HEAD' })).toEqual({ status: 200, body: '' });
});

it('serves nothing else', async () => {
  for (const path of ['/none', '/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/link.txt', '/%', '//etc/passwd'])
    expect([path, await ask(path)]).toEqual([path, { status: 404, body: '' }]);
  expect(await ask('/', { method: 'POST' })).toMatchObject({ status: 404 });
  expect(await ask('/', { host: 'evil.example' })).toMatchObject({ status: 404 });
});

it('says when the port is taken', async () => {
  const { port } = new URL(server.url);
  await expect(serveFolder(parent, Number(port))).rejects.toThrow(
    `Could not listen on port ${port}: another program has it; choose another one with --port.`,
  );
});
