/**
 * All traits, by the ids that `--quirk` takes: what real cameras are seen to do, as far as it applies to this camera's document, and what
 * the contract leaves open. Of what real cameras do these are left out:
 * - Basic over HTTP, and HTTP over TLS: this camera takes its credentials from the query; the emulator has no TLS (`slow-snapshot` is the rest).
 * - Errors as status 200 with a code of another maker: this document has its own errors (`snapshot-not-jpeg` is the rest).
 * - Clocks that jump after 20 s, sequence numbers that begin anew, sessions that nothing keeps alive or that hold their slot for too long:
 *   no check watches for so long, because a run would take minutes more for each.
 * - The scheme RTSP:// in capitals: the suite never writes it.
 */
import type { Habits } from '../habits.ts';
import { nearest } from '../near-match.ts';
import { seededRandom } from '../random.ts';
import { createTime, type Time } from '../time.ts';
import { BLIND_TRAITS } from './blind/index.ts';
import { FIELD_TRAITS } from './field/index.ts';
import { HTTP_TRAITS } from './http.ts';
import { JSON_TRAITS } from './json.ts';
import { MEDIA_TRAITS } from './media.ts';
import { RTSP_TRAITS } from './rtsp.ts';
import { SDP_TRAITS } from './sdp.ts';
import { SETTINGS_TRAITS } from './settings.ts';
import { SNAPSHOT_TRAITS } from './snapshot.ts';
import type { Trait } from './trait.ts';

export const TRAITS: readonly Trait[] = [
  ...HTTP_TRAITS,
  ...JSON_TRAITS,
  ...SETTINGS_TRAITS,
  ...SNAPSHOT_TRAITS,
  ...RTSP_TRAITS,
  ...SDP_TRAITS,
  ...MEDIA_TRAITS,
];

export const DEFAULT_SEED = 1;

const BY_ID: ReadonlyMap<string, Trait> = new Map([...TRAITS, ...BLIND_TRAITS, ...FIELD_TRAITS].map((trait) => [trait.id, trait]));

/** Throws one sentence for an id that is none. */
export function traitOf(id: string): Trait {
  const trait = BY_ID.get(id);
  if (trait !== undefined) return trait;
  throw new Error(`There is no quirk "${id}"${nearest(id, BY_ID.keys())}; --quirks lists them.`);
}

/** The habits of traits for one camera, in that order; the same seed gives the same camera. */
export const makeTraits = (ids: readonly string[], seed: number, time: Time = createTime()): readonly Habits[] =>
  ids.map((id, index) => traitOf(id).make(seededRandom(seed * 1000 + index), time));
