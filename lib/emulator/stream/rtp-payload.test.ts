import { describe, expect, it } from 'vitest';
import { MAX_PAYLOAD, packetise } from './rtp-payload.ts';

const unit = (header: readonly number[], length: number): Uint8Array => {
  const bytes = Uint8Array.from({ length }, (_, at) => at & 255);
  bytes.set(header);
  return bytes;
};

describe('H.264', () => {
  it('sends short units together and a single one as it is', () => {
    const [sps, pps] = [unit([0x67], 20), unit([0x68], 5)];
    expect(packetise('h264', [sps])).toEqual([sps]);
    const [together] = packetise('h264', [sps, pps]) as [Uint8Array];
    expect([...together.subarray(0, 4)]).toEqual([0x60 | 24, 0, 20, 0x67]);
    expect([...together.subarray(23, 26)]).toEqual([0, 5, 0x68]);
    expect(together).toHaveLength(1 + 2 + 20 + 2 + 5);
  });

  it.each([1400, 1401, 1399 + 1398, 5000])('splits a unit of %d bytes so that it can be put together', (length) => {
    const idr = unit([0x65], length);
    const payloads = packetise('h264', [idr]);
    for (const payload of payloads) expect(payload.length).toBeLessThanOrEqual(MAX_PAYLOAD);
    if (payloads.length === 1) return expect(payloads[0]).toEqual(idr);
    expect(payloads.map((payload) => payload[0])).toEqual(payloads.map(() => 0x60 | 28));
    expect(payloads.map((payload) => (payload[1] as number) >> 6)).toEqual([2, ...payloads.slice(2).map(() => 0), 1]);
    expect(Buffer.concat([Uint8Array.of(0x65), ...payloads.map((payload) => payload.subarray(2))])).toEqual(Buffer.from(idr));
  });

  it('keeps the order', () => {
    const types = packetise('h264', [unit([0x67], 20), unit([0x68], 5), unit([0x65], 3000), unit([12], 30)]).map(
      (payload) => (payload[0] as number) & 31,
    );
    expect(types).toEqual([24, 28, 28, 28, 12]);
  });
});

describe('H.265', () => {
  it('sends short units together, and splits long ones', () => {
    const sets = [32, 33, 34].map((type) => unit([type << 1, 1], 30));
    const idr = unit([19 << 1, 1], 3000);
    const payloads = packetise('h265', [...sets, idr]);
    expect(payloads.map((payload) => (payload[0] as number) >> 1)).toEqual([48, 49, 49, 49]);
    expect(payloads.slice(1).map((payload) => payload[2])).toEqual([0x80 | 19, 19, 0x40 | 19]);
    expect(Buffer.concat([Uint8Array.of(38, 1), ...payloads.slice(1).map((payload) => payload.subarray(3))])).toEqual(Buffer.from(idr));
  });
});
