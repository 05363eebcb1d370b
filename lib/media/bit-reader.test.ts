import { describe, expect, it } from 'vitest';
import { BitstreamError, bitReader } from './bit-reader.ts';
import { hasStartCode, payloadBits, splitAnnexB, withoutEmulationPrevention } from './nal-unit.ts';

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const hex = (data: Uint8Array): string => Buffer.from(data).toString('hex');

describe('the bit reader', () => {
  it('reads numbers across bytes, up to 32 bits', () => {
    const reader = bitReader(bytes('a5ffffffff80'));
    expect([reader.bits(4), reader.bits(3), reader.flag()]).toEqual([10, 2, true]);
    expect(reader.bits(32)).toBe(0xffffffff);
    expect([reader.position(), reader.left()]).toEqual([40, 8]);
  });

  it.each([
    ['80', 0, 0],
    ['40', 1, 1],
    ['60', 2, -1],
    ['20', 3, 2],
    ['28', 4, -2],
    ['00 00 00 01 ff ff ff fe', 2 ** 32 - 2, -(2 ** 31 - 1)],
  ])('reads the Exp-Golomb code %s', (code, unsigned, signed) => {
    expect(bitReader(bytes(code)).ue()).toBe(unsigned);
    expect(bitReader(bytes(code)).se()).toBe(signed);
  });

  it('throws its own error at the end of the data and for endless codes', () => {
    expect(() => bitReader(bytes('ff')).bits(9)).toThrow(BitstreamError);
    expect(() => bitReader(bytes('ff')).skip(9)).toThrow('ends after 1 bytes');
    expect(() => bitReader(bytes('0000000000')).ue()).toThrow('longer than 32 bits');
  });
});

describe('NAL units', () => {
  it.each([
    ['no start code', '6742', ['6742']],
    ['three and four bytes', '0000016742 0000000168ce', ['6742', '68ce']],
    ['bytes before the first', '6742 00000001 68ce', ['6742', '68ce']],
    ['trailing zeros', '00000167 000000 000001 68 0000', ['67', '68']],
    ['start codes only', '000001000001', []],
    ['nothing', '', []],
  ])('are split at start codes: %s', (_, data, units) => expect(splitAnnexB(bytes(data)).map(hex)).toEqual(units));

  it('have no start code inside', () => {
    expect(hasStartCode(bytes('67420000030001'))).toBe(false);
    expect(hasStartCode(bytes('6742000001'))).toBe(true);
  });

  it.each([
    ['6742 000003 01', '6742000001'],
    ['000003 000003', '00000000'],
    ['00000303', '000003'],
    ['010203', '010203'],
  ])('lose their emulation prevention: %s', (data, raw) => expect(hex(withoutEmulationPrevention(bytes(data)))).toBe(raw));

  it.each([
    ['80', 0],
    ['01', 7],
    ['ff80', 8],
    ['ff8000', 8],
    ['0000', 0],
  ])('end before the trailing bits: %s', (data, count) => expect(payloadBits(bytes(data))).toBe(count));
});
