/**
 * How many rows of pixels the coded data of a JPEG really holds (ITU-T T.81 annex F.2). Decoders fill up what is missing with grey and
 * say nothing, so this counts the blocks instead: a picture that only lacks its EOI has all rows, one that was cut has fewer.
 */
import { type JpegSegment, walkJpeg } from './jpeg-structure.ts';

export interface JpegRows {
  /** whole rows of blocks that are there, in pixels, at most `height` */
  readonly rows: number;
  readonly height: number;
}

interface HuffmanTable {
  /** by code length 1 to 16: the largest code of that length, -1 for none; what to add to a code for its place in `values` */
  readonly largest: readonly number[];
  readonly offset: readonly number[];
  readonly values: Uint8Array;
}

interface Component {
  readonly id: number;
  readonly horizontal: number;
  readonly vertical: number;
}

/** The coded data ends, or is no code. */
const END = -1;

/** Null where it can't be told: not one interleaved scan of baseline or extended Huffman coding, or no whole set of tables. Never throws. */
export function countJpegRows(bytes: Uint8Array): JpegRows | null {
  const { segments, frame } = walkJpeg(bytes);
  const scan = segments.find(({ name }) => name === 'SOS');
  const sof = segments.find(({ name }) => name === 'SOF0' || name === 'SOF1');
  if (!frame || !sof || !scan || frame.height === 0 || frame.width === 0) return null;
  const content = ({ offset, bytes: length }: JpegSegment): Uint8Array => bytes.subarray(offset + 4, offset + length);
  const before = segments.filter(({ offset }) => offset < scan.offset);
  const tables = readTables(before.filter(({ name }) => name === 'DHT').map(content));
  const components = readComponents(content(sof));
  const blocks = readScan(content(scan), components, tables);
  if (!blocks) return null;

  const isSingle = components.length === 1;
  const columns = isSingle ? 1 : Math.max(...components.map(({ horizontal }) => horizontal));
  const lines = isSingle ? 1 : Math.max(...components.map(({ vertical }) => vertical));
  const unitsPerLine = Math.ceil(frame.width / (8 * columns));
  const wanted = unitsPerLine * Math.ceil(frame.height / (8 * lines));
  const interval = before
    .filter(({ name }) => name === 'DRI')
    .map(content)
    .at(-1);
  const restart = interval ? ((interval[0] ?? 0) << 8) | (interval[1] ?? 0) : 0;
  const units = countUnits(bytes, scan.offset + scan.bytes, blocks, wanted, restart);
  return { rows: Math.min(frame.height, Math.floor(units / unitsPerLine) * 8 * lines), height: frame.height };
}

function readComponents(content: Uint8Array): readonly Component[] {
  const components: Component[] = [];
  for (let at = 6; at + 2 < content.length && components.length < (content[5] ?? 0); at += 3) {
    const sampling = content[at + 1] as number;
    components.push({ id: content[at] as number, horizontal: sampling >> 4, vertical: sampling & 15 });
  }
  return components;
}

/** By class (0 DC, 1 AC) and destination: the first byte of its specification. */
function readTables(contents: readonly Uint8Array[]): ReadonlyMap<number, HuffmanTable> {
  const tables = new Map<number, HuffmanTable>();
  for (const content of contents) {
    for (let at = 0; at + 17 <= content.length; ) {
      const counts = content.subarray(at + 1, at + 17);
      const total = counts.reduce((sum, count) => sum + count, 0);
      const largest: number[] = [END];
      const offset: number[] = [0];
      let code = 0;
      let place = 0;
      for (const count of counts) {
        offset.push(place - code);
        largest.push(count > 0 ? code + count - 1 : END);
        place += count;
        code = (code + count) << 1;
      }
      tables.set(content[at] as number, { largest, offset, values: content.subarray(at + 17, at + 17 + total) });
      at += 17 + total;
    }
  }
  return tables;
}

/** One pair of tables for each block of a unit, in order; null where anything is missing. */
function readScan(
  content: Uint8Array,
  components: readonly Component[],
  tables: ReadonlyMap<number, HuffmanTable>,
): readonly (readonly [HuffmanTable, HuffmanTable])[] | null {
  const count = content[0] ?? 0;
  if (count === 0 || count !== components.length || content.length < 1 + 2 * count) return null;
  const blocks: (readonly [HuffmanTable, HuffmanTable])[] = [];
  for (let index = 0; index < count; index++) {
    const component = components.find(({ id }) => id === content[1 + 2 * index]);
    const selectors = content[2 + 2 * index] as number;
    const dc = tables.get(selectors >> 4);
    const ac = tables.get(0x10 | (selectors & 15));
    if (!component || !dc || !ac || component.horizontal < 1 || component.vertical < 1 || component.horizontal > 4 || component.vertical > 4)
      return null;
    for (let left = count === 1 ? 1 : component.horizontal * component.vertical; left > 0; left--) blocks.push([dc, ac]);
  }
  return blocks;
}

/** How many units of the scan decode, at most `wanted`. */
function countUnits(
  bytes: Uint8Array,
  start: number,
  blocks: readonly (readonly [HuffmanTable, HuffmanTable])[],
  wanted: number,
  restart: number,
): number {
  let at = start;
  let bits = 0;
  let held = 0;

  const bit = (): number => {
    if (held === 0) {
      const byte = bytes[at];
      // a marker ends the data; a stuffed zero belongs to its 0xff
      if (byte === undefined || (byte === 0xff && bytes[at + 1] !== 0)) return END;
      at += byte === 0xff ? 2 : 1;
      bits = byte;
      held = 8;
    }
    return (bits >> --held) & 1;
  };
  const skip = (count: number): boolean => {
    for (let left = count; left > 0; left--) if (bit() === END) return false;
    return true;
  };
  const symbol = ({ largest, offset, values }: HuffmanTable): number => {
    for (let length = 1, code = 0; length <= 16; length++) {
      const next = bit();
      if (next === END) return END;
      code = (code << 1) | next;
      if (code <= (largest[length] as number)) return values[code + (offset[length] as number)] ?? END;
    }
    return END;
  };
  const block = ([dc, ac]: readonly [HuffmanTable, HuffmanTable]): boolean => {
    const size = symbol(dc);
    if (size === END || !skip(size)) return false;
    for (let place = 1; place < 64; place++) {
      const code = symbol(ac);
      if (code === END || !skip(code & 15)) return false;
      if ((code & 15) === 0 && code !== 0xf0) return true;
      place += code >> 4;
    }
    return true;
  };

  for (let unit = 0; unit < wanted; unit++) {
    if (restart > 0 && unit > 0 && unit % restart === 0) {
      held = 0;
      const marker = bytes[at + 1] ?? 0;
      if (bytes[at] !== 0xff || marker < 0xd0 || marker > 0xd7) return unit;
      at += 2;
    }
    if (!blocks.every(block)) return unit;
  }
  return wanted;
}
