import { describe, expect, it } from 'vitest';
import { bitReader } from '../../media/bit-reader.ts';
import { withoutEmulationPrevention } from '../../media/nal-unit.ts';
import { h264Level, sequenceParameterSet } from './h264-parameter-sets.ts';
import { h265Level, h265PictureParameterSet, h265SequenceParameterSet, h265VideoParameterSet } from './h265-parameter-sets.ts';

const SIZES = [
  [2560, 1440, 50, 150],
  [1920, 1080, 40, 120],
  [1080, 1920, 40, 120],
  [704, 576, 30, 90],
  [640, 480, 30, 90],
  [352, 288, 13, 63],
] as const;

describe.each(SIZES)('%d x %d', (width, height, level264, level265) => {
  it.each([66, 77, 100] as const)('as H.264 of profile %d', (profile) => {
    const unit = sequenceParameterSet({ width, height, rate: 25, profile });
    const read = bitReader(withoutEmulationPrevention(unit.subarray(1)));
    expect([unit[0], read.bits(8)]).toEqual([0x67, profile]);
    read.skip(8);
    expect([read.bits(8), read.ue()]).toEqual([level264, 0]);
    if (profile === 100) expect([read.ue(), read.ue(), read.ue(), read.bits(2)]).toEqual([1, 0, 0, 0]);
    expect([read.ue(), read.ue(), read.ue(), read.flag()]).toEqual([12, 2, 1, false]);
    const [columns, rows] = [read.ue() + 1, read.ue() + 1];
    expect(read.bits(2)).toBe(3);
    const [left, right, top, bottom] = read.flag() ? [read.ue(), read.ue(), read.ue(), read.ue()] : [0, 0, 0, 0];
    expect([columns * 16 - 2 * (left + right), rows * 16 - 2 * (top + bottom)]).toEqual([width, height]);
    expect([read.flag(), read.bits(4), read.flag(), read.bits(32), read.bits(32)]).toEqual([true, 0, true, 1, 50]);
  });

  it('as H.265', () => {
    const unit = h265SequenceParameterSet({ width, height, rate: 25 });
    const read = bitReader(withoutEmulationPrevention(unit.subarray(2)));
    expect([(unit[0] as number) >> 1, unit[1]]).toEqual([33, 1]);
    read.skip(8 + 8 + 32 + 48);
    expect([read.bits(8), read.ue(), read.ue()]).toEqual([level265, 0, 1]);
    const coded = [read.ue(), read.ue()] as const;
    const [left, right, top, bottom] = read.flag() ? [read.ue(), read.ue(), read.ue(), read.ue()] : [0, 0, 0, 0];
    expect(coded.map((side) => side % 32)).toEqual([0, 0]);
    expect([coded[0] - 2 * (left + right), coded[1] - 2 * (top + bottom)]).toEqual([width, height]);
  });
});

it('the level rises with the rate', () => {
  expect(h264Level({ width: 704, height: 576, rate: 30, profile: 77 })).toBe(31);
  expect(h265Level({ width: 1920, height: 1080, rate: 60 })).toBe(123);
});

it('all sets of H.265 have their types and no start code', () => {
  const format = { width: 1920, height: 1080, rate: 25 };
  const units = [h265VideoParameterSet(format), h265SequenceParameterSet(format), h265PictureParameterSet()];
  expect(units.map((unit) => (unit[0] as number) >> 1)).toEqual([32, 33, 34]);
  for (const unit of units) expect(Buffer.from(unit).includes(Buffer.from([0, 0, 1]))).toBe(false);
});
