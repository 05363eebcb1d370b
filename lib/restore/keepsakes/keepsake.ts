/**
 * What is to be put back and is no parameter of an action pair: each kind of thing is one file, which says what the journal holds of it,
 * which request puts it at risk, how it is put back and proven, and how it is told.
 */
import type { Camera } from '../../camera/camera.ts';
import type { Outcome } from '../../camera/outcome.ts';
import type { Members } from '../../document/row-value.ts';
import type { Difference } from '../difference.ts';

/** A request that is about to go out, or was answered. */
export interface Asking {
  readonly action: string;
  /** null where its JSON is no object */
  readonly json: Members | null;
}

export interface KeepsakeKind<Kind extends string, Item extends { readonly kind: Kind }> {
  readonly kind: Kind;
  /** its name in the journal: a later line of the same name stands in for the earlier one */
  key(item: Item): string;
  /** in a few words, without secrets */
  describe(item: Item): string;
  /** what is to be kept before a request goes out, null when it changes nothing of this kind; `kept`: what is kept already */
  before?(asking: Asking, camera: Camera, kept: readonly Item[]): Promise<Item | null> | Item | null;
  /** what an answer tells of it, which stands in for what was kept before; null where nothing is new */
  after?(asking: Asking, outcome: Outcome, kept: readonly Item[]): Item | null;
  /** puts all of the kind back, and returns what could not be, or could not be proven */
  putBack(camera: Camera, kept: readonly Item[]): Promise<readonly Difference[]>;
  /** what differs now, a sentence each, where that can be read without changing anything; its description otherwise */
  preview?(camera: Camera, kept: readonly Item[]): Promise<readonly Difference[]>;
  /** a sentence where only the camera's word says that it is back: no reply of the document shows it */
  unproven?(item: Item): string | null;
  /** `first`: without it nothing else works; `last`: it depends on settings */
  readonly turn: 'first' | 'between' | 'last';
}
