import { describe, expect, it } from 'vitest';
import { bitReader } from '../../media/bit-reader.ts';
import { withoutEmulationPrevention } from '../../media/nal-unit.ts';
import { bitWriter, fillerUnit, nalUnit } from './bit-writer.ts';

describe('bit writer', () => {
  it('writes the codes of H.264 table 9-2', () => {
    const out = bitWriter();
    for (const value of [0, 1, 2, 3, 7]) out.ue(value); // 1 010 011 00100 0001000
    out.stop();
    expect([...out.bytes()]).toEqual([0b10100110, 0b01000001, 0b00010000]);
  });

  it('writes what a reader reads', () => {
    const out = bitWriter();
    const signed = [0, 1, -1, 2, -2, 255, -256];
    for (const value of signed) out.se(value);
    out.bits(0xdeadbeef, 32);
    out.ue(2 ** 20);
    out.stop();
    const read = bitReader(out.bytes());
    expect(signed.map(() => read.se())).toEqual(signed);
    expect([read.bits(32), read.ue(), read.flag()]).toEqual([0xdeadbeef, 2 ** 20, true]);
  });

  it('appends whole bytes at a byte alone', () => {
    const out = bitWriter();
    out.flag(true);
    expect(() => out.append(Uint8Array.of(1))).toThrow('1 bits into a byte');
    out.align();
    out.append(Uint8Array.of(1, 2));
    expect([...out.bytes()]).toEqual([128, 1, 2]);
  });
});

describe('NAL units', () => {
  it('keep start codes out, and nothing else', () => {
    const payload = Uint8Array.of(0, 0, 0, 0, 0, 1, 0, 0, 2, 0, 0, 3, 0, 0, 4, 9);
    const unit = nalUnit([0x65], payload);
    expect(Buffer.from(unit).toString('hex')).toBe('6500000300000300010000030200000303000004' + '09');
    expect([...withoutEmulationPrevention(unit.subarray(1))]).toEqual([...payload]);
  });

  it('of filler data have the length that is asked for', () => {
    expect([...fillerUnit([12], 5)]).toEqual([12, 255, 255, 255, 128]);
    expect(fillerUnit([76, 1], 1)).toHaveLength(3);
  });
});
