/** The building blocks of defects in pictures: what the camera sees, what a snapshot shows, and its bytes. */
import { SNAPSHOT_PATH } from '../../../document/sections/03-snapshot.ts';
import type { Habits } from '../../habits.ts';
import { type HttpReply, withBody, withHeader } from '../../http-message.ts';
import type { Scene } from '../../scene.ts';
import type { Format } from '../../snapshot.ts';

/** What snapshots and streams show. */
export const seeing = (change: (scene: Scene) => Scene): Habits => ({ streamTamper: { scene: change } });

/** What snapshots show, in one format where it is named; the streams show what there is. */
export const photographing = (change: (scene: Scene) => Scene, only?: Format): Habits => ({
  tamper: { shot: (format, scene) => (only === undefined || format === only ? change(scene) : scene) },
});

/** The bytes of snapshots in one format. */
export const developing = (format: Format, change: (bytes: Uint8Array) => Uint8Array): Habits => ({
  tamper: { picture: (asked, bytes) => (asked === format ? change(bytes) : bytes) },
});

/** The HTTP reply that holds a snapshot, in one format where it is named. */
export const snapshotReply = (change: (reply: HttpReply) => HttpReply, only?: Format): Habits => ({
  http: { reply: (reply, { url }) => (isSnapshot(url, only) ? change(reply) : reply) },
});

const isSnapshot = (url: string | undefined, only: Format | undefined): boolean => {
  if (!url?.startsWith(SNAPSHOT_PATH)) return false;
  const asked = new URL(url, 'http://camera').searchParams.get('fmt') ?? 'jpg';
  return only === undefined || asked === only;
};

/** A text in place of the picture. */
export const textReply = (reply: HttpReply, text: string): HttpReply => withBody(withHeader(reply, 'Content-Type', 'text/plain'), Buffer.from(text));

/** Remembers what came first, and shows it for ever. */
export const frozen = <T>(): ((now: T) => T) => {
  let first: { readonly value: T } | null = null;
  return (now) => {
    first ??= { value: now };
    return first.value;
  };
};
