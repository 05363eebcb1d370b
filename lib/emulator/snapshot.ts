/** Snapshots of the scene, kept as long as it does not change. */
import { formatBmp } from '../media/bmp.ts';
import { formatJpeg } from '../media/jpeg-writer.ts';
import { formatYuv420 } from '../media/yuv.ts';
import { render, type Scene, sceneOf } from './scene.ts';
import type { Store } from './store.ts';
import type { View } from './view.ts';

export const FORMATS = ['jpg', 'bmp', 'yuv'] as const;
export type Format = (typeof FORMATS)[number];

export const CONTENT_TYPES: Readonly<Record<Format, string>> = { jpg: 'image/jpeg', bmp: 'image/bmp', yuv: 'application/octet-stream' };

export const isFormat = (text: string): text is Format => FORMATS.some((format) => format === text);

/** Few: a BMP has 11 MB. A picture depends on its scene alone, so cameras of one process share them. */
const KEPT = 6;
const kept = new Map<string, Promise<Uint8Array>>();

/** @param see changes what is seen; to plant faults */
export function takeSnapshot(store: Store, format: Format, see: (scene: Scene) => Scene = (scene) => scene, view?: View): Promise<Uint8Array> {
  const scene = see(sceneOf(store, 0, view));
  const key = `${format} ${JSON.stringify(scene)}`;
  const known = kept.get(key);
  kept.delete(key);
  const picture = known ?? encode(format, scene);
  kept.set(key, picture);
  for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - KEPT))) kept.delete(oldest);
  return picture;
}

async function encode(format: Format, scene: Scene): Promise<Uint8Array> {
  const pixels = render(scene);
  if (format === 'jpg') return formatJpeg(pixels);
  return format === 'bmp' ? formatBmp(pixels) : formatYuv420(pixels);
}
