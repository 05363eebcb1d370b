/** All traits, by the ids that `--quirk` takes. */
import type { Habits } from '../habits.ts';
import { nearest } from '../near-match.ts';
import { seededRandom } from '../random.ts';
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

const BY_ID: ReadonlyMap<string, Trait> = new Map(TRAITS.map((trait) => [trait.id, trait]));

/** Throws one sentence for an id that is none. */
export function traitOf(id: string): Trait {
  const trait = BY_ID.get(id);
  if (trait !== undefined) return trait;
  throw new Error(`There is no quirk "${id}"${nearest(id, BY_ID.keys())}; --quirks lists them.`);
}

/** The habits of traits for one camera, in that order; the same seed gives the same camera. */
export const makeTraits = (ids: readonly string[], seed: number): readonly Habits[] =>
  ids.map((id, index) => traitOf(id).make(seededRandom(seed * 1000 + index)));
