/** Stands between a run and a camera: counts the requests, and can make the camera drop connections and be busy. */
import { once } from 'node:events';
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ProxyOptions {
  /** called with the number of each request, before it goes on to the camera and when the camera has answered it */
  readonly onRequest?: (count: number, phase: 'before' | 'answered') => void;
  /** what becomes of a request; it goes on to the camera when absent. `hold`: it is never answered */
  readonly fate?: () => 'forward' | 'drop' | 'busy' | 'hold';
}

export interface Proxy {
  readonly url: string;
  close(): void;
}

const BUSY = JSON.stringify({ code: 204, message: 'busy' });

/** What says what is posted. */
const contentOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    ['content-type', 'content-length'].flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]] as const] : [])),
  );

/** `camera`: where the camera is now. */
export async function startProxy(camera: string, { onRequest, fate }: ProxyOptions = {}): Promise<Proxy> {
  let count = 0;
  const pass = (incoming: IncomingMessage, outgoing: ServerResponse, own: number): void => {
    const onward = forward(
      new URL(incoming.url ?? '/', camera),
      { method: incoming.method, headers: { ...contentOf(incoming), connection: 'close' } },
      (reply) => {
        onRequest?.(own, 'answered');
        const { connection: _, ...headers } = reply.headers;
        outgoing.writeHead(reply.statusCode ?? 502, headers);
        reply.pipe(outgoing);
      },
    );
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  };
  const server = createServer((incoming, outgoing) => {
    count += 1;
    onRequest?.(count, 'before');
    const becomes = fate?.() ?? 'forward';
    if (becomes === 'drop') outgoing.destroy();
    else if (becomes === 'busy') outgoing.end(BUSY);
    else if (becomes === 'forward') pass(incoming, outgoing, count);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
