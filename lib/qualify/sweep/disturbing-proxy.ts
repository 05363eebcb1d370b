/** Stands between a run and a camera, and spoils one request of the run in one way. */
import { once } from 'node:events';
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What may become of a request once: each was seen of cameras that are good otherwise. */
export const WAYS = ['refused', 'missing', 'html', 'busy', 'dropped-before', 'dropped-after', 'silent', 'half'] as const;
export type Way = (typeof WAYS)[number];

export interface Disturbance {
  readonly way: Way;
  /** the number of the request, from 1; 0: none */
  readonly request: number;
  /** for how long a busy camera is busy, in ms */
  readonly busyMs: number;
}

export interface DisturbingProxy {
  readonly url: string;
  requests(): number;
  /** the query of the request that was spoiled */
  spoiled(): string | null;
  close(): void;
}

/** Texts in place of an answer. */
const TEXTS: Partial<Record<Way, string>> = {
  refused: 'error user/pwd\r\n',
  missing: 'error json\r\n',
  html: '<html><body>503 busy</body></html>',
};
const BUSY = JSON.stringify({ code: -117, log: 'busy' });

/** `camera`: where the camera is now. */
export async function startDisturbingProxy(camera: () => string, { way, request: chosen, busyMs }: Disturbance): Promise<DisturbingProxy> {
  let count = 0;
  let spoiled: string | null = null;
  let busyUntil = 0;
  const ask = (incoming: IncomingMessage, end: (status: number, body: Buffer, type: string) => void, fail: () => void): void => {
    const onward = forward(new URL(incoming.url ?? '/', camera()), { method: incoming.method, headers: { connection: 'close' } }, (reply) => {
      const chunks: Buffer[] = [];
      reply.on('data', (chunk: Buffer) => chunks.push(chunk));
      reply.on('end', () => end(reply.statusCode ?? 502, Buffer.concat(chunks), String(reply.headers['content-type'] ?? 'text/plain')));
      reply.on('error', fail);
    });
    onward.on('error', fail);
    onward.end();
  };
  const spoil = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    spoiled = decodeURIComponent(incoming.url?.split('action=')[1] ?? incoming.url ?? '');
    const drop = (): void => void outgoing.destroy();
    switch (way) {
      case 'dropped-before':
        drop();
        break;
      case 'dropped-after':
        ask(incoming, drop, drop);
        break;
      case 'silent':
        break;
      case 'half':
        ask(
          incoming,
          (status, body, type) => {
            outgoing.writeHead(status, { 'content-type': type, 'content-length': body.length });
            outgoing.write(body.subarray(0, Math.floor(body.length / 2)), drop);
          },
          drop,
        );
        break;
      case 'busy':
        busyUntil = performance.now() + busyMs;
        outgoing.end(BUSY);
        break;
      default:
        outgoing.end(TEXTS[way]);
    }
  };
  const server = createServer((incoming, outgoing) => {
    count += 1;
    if (count === chosen) return spoil(incoming, outgoing);
    if (performance.now() < busyUntil) return void outgoing.end(BUSY);
    ask(
      incoming,
      (status, body, type) => {
        outgoing.writeHead(status, { 'content-type': type, 'content-length': body.length });
        outgoing.end(body);
      },
      () => outgoing.destroy(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: () => count,
    spoiled: () => spoiled,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
