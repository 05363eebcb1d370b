/** Where a camera is that was moved to another port. */
import type { Camera } from '../camera/camera.ts';
import { isThere } from '../camera/is-there.ts';
import { poll } from '../camera/poll.ts';
import type { KeepsakeOf } from './keepsakes/index.ts';

const ANSWER_MS = 1000;

/** Looks for the camera at several addresses for as long as `limitMs`; the client then talks to the one where it is. */
export function locate(camera: Camera, places: readonly URL[], limitMs: number): Promise<URL | null> {
  return poll(limitMs, async () => {
    for (const place of places) {
      camera.client.withBase(place);
      if ((await isThere(camera, ANSWER_MS)) !== null) return place;
    }
    return null;
  });
}

export function withPort(url: URL, port: number | string): URL {
  const moved = new URL(url);
  moved.port = String(port);
  return moved;
}

/** All places where it may be, home first. */
export function placesOf(home: URL, kept: readonly KeepsakeOf<'address'>[]): readonly URL[] {
  const known = kept.flatMap(({ from, to }) => [from, to]);
  // The camera may have got another address since: there, too, it may be at any of the ports.
  return [...new Set([home.href, ...known, ...known.map((place) => withPort(home, new URL(place).port).href)])].map((href) => new URL(href));
}
