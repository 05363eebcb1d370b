/** A TCP server for tests that answers each request with exactly the bytes it is told to. */
import * as net from 'node:net';

export interface RawServer {
  readonly url: URL;
  /** head of each request as received, latin1 */
  readonly requests: string[];
  readonly connections: () => number;
  close(): Promise<void>;
}

/** Called once for each request with its number from 0, the socket and the head of the request. */
export type Script = (socket: net.Socket, index: number, head: string) => void;

export const startRawServer = async (script: Script): Promise<RawServer> => {
  const requests: string[] = [];
  const sockets = new Set<net.Socket>();
  let connections = 0;
  const server = net.createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    let pending = '';
    socket.on('data', (chunk) => {
      pending += chunk.toString('latin1');
      for (let end = pending.indexOf('\r\n\r\n'); end >= 0; end = pending.indexOf('\r\n\r\n')) {
        const head = pending.slice(0, end);
        pending = pending.slice(end + 4);
        requests.push(head);
        script(socket, requests.length - 1, head);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}/`),
    requests,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
};

/** A whole reply with a Content-Length. */
export const okReply = (body: string | Buffer, contentType = 'text/html'): Buffer => {
  const bytes = Buffer.from(body as string);
  return Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\nContent-Type: ${contentType}\r\nContent-Length: ${bytes.length}\r\n\r\n`), bytes]);
};
