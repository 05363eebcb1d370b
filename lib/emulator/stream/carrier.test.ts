import type { Socket } from 'node:net';
import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { interleavedCarrier, MOST_WAITING } from './carrier.ts';

const packet = (length: number) => ({ header: Buffer.alloc(12, 1), payload: Buffer.alloc(length, 2) });

it('frames all packets of a unit, with their channel and length', () => {
  const written: Buffer[] = [];
  const stream = new Writable({
    write: (chunk, _, done) => {
      written.push(chunk);
      done();
    },
  });
  const carrier = interleavedCarrier(stream as Socket, [4, 5]);
  expect(carrier.rtp([packet(3), packet(300)])).toBe(true);
  carrier.rtcp(Buffer.from([9, 9]));
  expect(Buffer.concat(written).toString('hex')).toBe(
    [`2404000f${'01'.repeat(12)}${'02'.repeat(3)}`, `24040138${'01'.repeat(12)}${'02'.repeat(300)}`, '240500020909'].join(''),
  );
});

it('keeps no more waiting for a slow reader than it may, and tells that it drops', () => {
  let release: (() => void) | undefined;
  const stream = new Writable({
    write: (_chunk, _encoding, done) => {
      release = done;
    },
  });
  const carrier = interleavedCarrier(stream as Socket, [0, 1]);
  const taken = Array.from({ length: 3000 }, () => carrier.rtp([packet(1400)]));
  expect([taken[0], taken.at(-1)]).toEqual([true, false]);
  expect(stream.writableLength).toBeLessThan(MOST_WAITING + 2000);
  const waiting = stream.writableLength;
  carrier.rtcp(Buffer.alloc(48));
  expect(stream.writableLength).toBe(waiting);
  while (stream.writableLength > 0 && release) {
    const next = release;
    release = undefined;
    next();
  }
  stream.destroy();
  expect(carrier.rtp([packet(1)])).toBe(false);
});
