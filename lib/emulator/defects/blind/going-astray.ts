/** Values that are copied to another place, go back by themselves, or are stored again from a copy of all settings. */

import type { Members } from '../../../document/row-value.ts';
import type { Store } from '../../store.ts';
import { type Now, tampering } from './blind-defect.ts';
import { shows, stores, storesOther } from './sets-and-gets.ts';

export interface Pair {
  readonly set: string;
  readonly get: string;
}

/** A set of one parameter stores it as another one as well, unless the request names that. */
export const copying = (set: string, from: string, to: string) => () =>
  tampering(stores(set, (changes) => (from in changes && !(to in changes) ? { ...changes, [to]: changes[from] } : changes)));

/** The old value of one parameter again, some time behind its set. */
export const goingBack =
  ({ set, get }: Pair, name: string, ms: number) =>
  (now: Now) => {
    let old: unknown;
    let due = Number.POSITIVE_INFINITY;
    return tampering({
      ...storesOther(set, name, (value, before) => {
        [old, due] = [before, now() + ms];
        return value;
      }),
      ...shows(get, (reply) => (now() >= due ? { ...reply, [name]: old } : reply)),
    });
  };

/** Stores what was there, action by action and instance by instance, ports apart. */
export function put(store: Store, contents: Readonly<Record<string, Members>>): void {
  for (const [name, values] of Object.entries(contents)) {
    const [, action = '', instance = '0'] = /^([^[]+)(?:\[(\d+)\])?$/.exec(name) ?? [];
    store.write(action, Number(instance), Object.fromEntries(Object.entries(values).filter(([each]) => each !== 'webPort' && each !== 'rtsp_port')));
  }
}
