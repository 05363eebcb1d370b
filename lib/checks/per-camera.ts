/** What a suite's file keeps between its checks, kept for each camera: many cameras may be tested in one process. */
import type { Camera } from '../camera/camera.ts';

export function perCamera<T>(make: () => T): (camera: Camera) => T {
  const kept = new WeakMap<Camera, T>();
  return (camera) => {
    const known = kept.get(camera) ?? make();
    kept.set(camera, known);
    return known;
  };
}
