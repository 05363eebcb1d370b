/** How long a stream had been silent when it was ended: one that plays is not, unless its pictures are as far apart. */
import { videoOf, type Watched } from './stream-lab.ts';

/** A stream that is silent for longer has stopped, unless its pictures are as far apart. */
export const LONGEST_PAUSE_MS = 1200;
const PATIENT_PICTURES = 3;

/** How long no video had come when the stream was ended, and whether its pictures are as far apart. */
export function silenceOf({ facts, receivedUntil, receivedMs }: Watched): { readonly ms: number; readonly isUsual: boolean } {
  const { source = null, content = null } = videoOf(facts) ?? {};
  if (source === null) return { ms: receivedMs, isUsual: false };
  const rate = content?.kind === 'video' ? content.nominalFrameRate : null;
  const ms = receivedUntil - source.lastArrivedAtMs;
  return { ms, isUsual: ms <= Math.max(LONGEST_PAUSE_MS, (PATIENT_PICTURES * 1000) / (rate ?? 1)) };
}
