/** Bytes to a port and what comes back, for requests that no client would write. */
import * as net from 'node:net';

const MOST_BYTES = 64 * 1024;

export interface Patience {
  /** how long the other side may be quiet, in ms */
  readonly quietMs: number;
  /** whether the sender ends its side: a server that waits for more then knows that nothing comes */
  readonly ends: boolean;
  /** whether what came is enough; all that comes is waited for when absent */
  readonly isEnough?: (received: Buffer) => boolean;
}

/**
 * Sends the bytes over a connection of its own and resolves with what came (at most 64 KiB) when the other side has ended, or was
 * quiet for too long. A connection that is refused or reset is no error here: nothing came.
 */
export const sendBytes = (
  { hostname, port }: Pick<URL, 'hostname' | 'port'>,
  bytes: Uint8Array,
  { quietMs, ends, isEnough = () => false }: Patience,
): Promise<Buffer> =>
  new Promise((resolve) => {
    const received: Buffer[] = [];
    let length = 0;
    const socket = net.connect({ host: hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(port), noDelay: true });
    const finish = (): void => {
      socket.destroy();
      resolve(Buffer.concat(received).subarray(0, MOST_BYTES));
    };
    socket.setTimeout(quietMs, finish);
    socket.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= 2 * MOST_BYTES) received.push(chunk);
      if (isEnough(Buffer.concat(received))) finish();
    });
    socket.once('end', finish);
    socket.once('error', finish);
    socket.once('close', finish);
    if (ends) socket.end(bytes);
    else socket.write(bytes);
  });
