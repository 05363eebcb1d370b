/** Cuts what is written to a socket into small segments, in order: a reader must not take one for a whole message. */
import type { Socket } from 'node:net';
import { Writable } from 'node:stream';

/** Of each write only so many bytes are cut up: a picture of megabytes would take minutes. */
const CUT_BYTES = 1500;
const SIZES = [1, 2, 7, 3, 31, 5, 64] as const;

export function inPieces(socket: Socket): Writable {
  let turn = 0;
  const writable = new Writable({
    // Whatever waits in here counts like what waits in the socket.
    highWaterMark: 65_536,
    write: (chunk: Buffer, _, done) => {
      const next = (at: number): void => {
        if (socket.destroyed || !socket.writable) {
          done();
          return;
        }
        turn += 1;
        const size = at < CUT_BYTES ? (SIZES[turn % SIZES.length] as number) : chunk.length;
        socket.write(chunk.subarray(at, at + size));
        if (at + size < chunk.length) setImmediate(next, at + size);
        else done();
      };
      next(0);
    },
    final: (done) => {
      socket.end();
      done();
    },
  });
  socket.on('close', () => writable.destroy());
  writable.on('error', () => undefined);
  return writable;
}
