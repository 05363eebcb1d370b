import { describe, expect, it } from 'vitest';
import { SECTIONS } from '../../document/index.ts';
import { createTables } from '../model.ts';
import { type Scene, sceneOf } from '../scene.ts';
import { createStore } from '../store.ts';
import { type Mosaic, mosaicOf } from './mosaic.ts';

const plain: Scene = { ...sceneOf(createStore(createTables(SECTIONS, 'full'))), width: 704, height: 576, labels: [] };
const colourAt = ({ columns, luma, cb, cr }: Mosaic, column: number, row: number) => [luma, cb, cr].map((plane) => plane[row * columns + column]);

describe('mosaic', () => {
  it('has the colours of the scene in BT.601', () => {
    const mosaic = mosaicOf(plain, 16);
    expect([mosaic.columns, mosaic.rows]).toEqual([44, 36]);
    // white, black inside the mark of the corner, and red
    expect([colourAt(mosaic, 0, 0), colourAt(mosaic, 7, 5), colourAt(mosaic, 30, 10)]).toEqual([
      [218, 128, 128],
      [16, 128, 128],
      [86, 96, 224],
    ]);
  });

  it('turns with the scene', () => {
    const mosaic = mosaicOf(plain, 16);
    const turned = mosaicOf({ ...plain, mirror: true, flip: true }, 16);
    expect(colourAt(turned, 43, 35)).toEqual(colourAt(mosaic, 0, 0));
    expect(turned.luma).toEqual(mosaic.luma.slice().reverse());
  });

  it('covers sizes that are no multiple of a block', () => {
    const mosaic = mosaicOf({ ...plain, width: 1920, height: 1080 }, 32);
    expect([mosaic.columns, mosaic.rows]).toEqual([60, 34]);
    expect(colourAt(mosaic, 59, 33)).toEqual(colourAt(mosaic, 59, 32));
  });

  it('has a mark on places of its own, and none under a mask', () => {
    expect(new Set(mosaicOf(plain, 16).marks).size).toBe(8);
    const half = { ...plain, masks: [{ x: 0, y: 0, w: 200, h: 576 }] };
    const { marks, columns } = mosaicOf(half, 16);
    expect(marks.map((at) => (at % columns) * 16).every((x) => x >= 200)).toBe(true);
    expect(marks.length).toBeGreaterThan(0);
    expect(mosaicOf({ ...plain, masks: [{ x: 0, y: 0, w: 704, h: 576 }] }, 32).marks).toEqual([]);
  });
});
