/** The tables of a baseline JPEG (ISO/IEC 10918-1, annex K): quantisation, order and Huffman codes. */

/** Table K.1, for the quality of 50; in rows. */
export const QUANTISATION = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68,
  109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
] as const;

/** Figure A.6: the place in the block of each coefficient in the order of coding. */
export const ZIGZAG = [
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43,
  36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
] as const;

export interface HuffmanTable {
  /** how many codes have each length from 1 to 16 */
  readonly counts: Uint8Array;
  readonly symbols: Uint8Array;
  /** by symbol */
  readonly codes: Uint16Array;
  readonly lengths: Uint8Array;
}

function table(counts: string, symbols: string): HuffmanTable {
  const made = { counts: bytes(counts), symbols: bytes(symbols), codes: new Uint16Array(256), lengths: new Uint8Array(256) };
  let [code, at] = [0, 0];
  for (const [index, count] of made.counts.entries()) {
    for (let each = 0; each < count; each++) {
      const symbol = made.symbols[at++] as number;
      made.codes[symbol] = code++;
      made.lengths[symbol] = index + 1;
    }
    code <<= 1;
  }
  return made;
}

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

/** Table K.3 */
export const DC_TABLE = table('00010501010101010100000000000000', '000102030405060708090a0b');

/** Table K.5 */
export const AC_TABLE = table(
  '0002010303020403050504040000017d',
  '01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a43444546474849' +
    '4a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5' +
    'c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa',
);
