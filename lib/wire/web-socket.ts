/** WebSocket (RFC 6455), from the one library that speaks it here; texts up to what a camera sends. */
import { WebSocket, WebSocketServer } from 'ws';

/** A message that is longer ends its connection. */
const MAX_MESSAGE_BYTES = 262_144;
const HANDSHAKE_MS = 5000;

export interface Connection {
  send(text: string): void;
  /** ends it at once */
  end(): void;
}

export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

export interface Listener {
  opened?(connection: Connection): void;
  text?(text: string, connection: Connection): void;
  closed?(connection: Connection): void;
}

/** Tells of an address that nothing answers at as of a connection that was closed; never rejects. */
export function connectWebSocket(url: string, { opened, text, closed }: Listener): Connection {
  const socket = new WebSocket(url, { handshakeTimeout: HANDSHAKE_MS, maxPayload: MAX_MESSAGE_BYTES, followRedirects: false });
  return attach(socket, { ...(opened && { opened }), ...(text && { text }), ...(closed && { closed }) });
}

/** Listens on any free port of a host. */
export async function listenForWebSockets(host: string, listener: Listener): Promise<Listening> {
  const server = new WebSocketServer({ host, port: 0, maxPayload: MAX_MESSAGE_BYTES });
  server.on('connection', (socket) => {
    const connection = attach(socket, listener);
    listener.opened?.(connection);
  });
  await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close: () =>
      new Promise((resolve) => {
        for (const client of server.clients) client.terminate();
        server.close(() => resolve());
      }),
  };
}

function attach(socket: WebSocket, { opened, text, closed }: Listener): Connection {
  const connection: Connection = {
    send: (message) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(message);
    },
    end: () => socket.terminate(),
  };
  socket.on('open', () => opened?.(connection));
  socket.on('message', (data, isBinary) => {
    if (!isBinary) text?.(String(data), connection);
  });
  // What is wrong with a connection ends it, and that is told.
  socket.on('error', () => undefined);
  socket.on('close', () => closed?.(connection));
  return connection;
}
