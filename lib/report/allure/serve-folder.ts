/** Serves the files of one folder to this computer alone. What is not a plain file below it does not exist. */
import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, sep } from 'node:path';

const HOST = '127.0.0.1';
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8', '.json': 'application/json' };

export interface FolderServer {
  readonly url: string;
  close(): Promise<void>;
}

/** @param port 0 is any free one. Rejects with one sentence when it cannot be had. */
export async function serveFolder(folder: string, port: number): Promise<FolderServer> {
  const root = await realpath(folder);
  const server = createServer((request, response) => {
    answer(root, request, response).catch(() => {
      if (!response.headersSent) response.writeHead(404);
      response.end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE' ? 'another program has it' : error.code === 'EACCES' ? 'it takes the rights of an administrator' : error.message;
      reject(new Error(`Could not listen on port ${port}: ${why}; choose another one with --port.`));
    });
    server.listen(port, HOST, resolve);
  });
  return {
    url: `http://${HOST}:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(root: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', `http://${HOST}`);
  const file = await realpath(join(root, decodeURIComponent(pathname.endsWith('/') ? `${pathname}index.html` : pathname)));
  const { size } = await stat(file);
  if (!file.startsWith(root + sep) || (request.method !== 'GET' && request.method !== 'HEAD') || !isOwnName(request)) throw new Error('not here');
  response.writeHead(200, {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    'content-length': size,
    'x-content-type-options': 'nosniff',
  });
  if (request.method === 'HEAD') response.end();
  else
    createReadStream(file)
      .on('error', () => response.destroy())
      .pipe(response);
}

/** A page on the web cannot have its own name lead here (DNS rebinding) and read the report. */
const isOwnName = ({ headers }: IncomingMessage): boolean => /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headers.host ?? '');
