/** One original of a run, and what is known of it by now. Nothing is sent here. */
import type { Row, Settings } from '../document/notation.ts';
import { isMembers, type Members, spellingIn } from '../document/row-value.ts';
import { formatExact, isSameExactly } from '../wire/exact-json.ts';
import type { Difference } from './difference.ts';
import { differenceOf, type Original } from './original.ts';
import type { AsFound, Way } from './way-back.ts';

/** Stands for all parameters of an action, and for what else its get shows. */
export const ALL = '*';

export interface Held {
  /** what is put back: what another hand made of it is taken over */
  original: Original;
  /** its reply as it was found */
  readonly first: Members;
  /** names that requests may have changed since it was last seen as it was */
  readonly touched: Set<string>;
  /** whether requests may ever have changed anything of it */
  isEverTouched: boolean;
  /** the values that this run has sent, by name, as JSON */
  readonly sent: Map<string, Set<string>>;
  /** why it is not known, once two readings have contradicted each other */
  doubt: string | null;
  /** read twice */
  isConfirmed: boolean;
  /** what another hand changed, by name */
  readonly strays: Map<string, Difference>;
  /** what showed otherwise although nothing had been sent: another hand's doing if it is still so when it is read again */
  readonly suspects: Map<Row, Change>;
  readonly trials: Map<Settings, Promise<AsFound>>;
  readonly ways: Map<string, Promise<Way>>;
}

/** What a parameter was, and what it is. */
export interface Change {
  readonly from: unknown;
  readonly to: unknown;
}

export const newHeld = (original: Original, { doubt = null, isConfirmed = false }: Partial<Pick<Held, 'doubt' | 'isConfirmed'>> = {}): Held => ({
  original,
  first: original.reply,
  touched: new Set(),
  isEverTouched: false,
  sent: new Map(),
  doubt,
  isConfirmed,
  strays: new Map(),
  suspects: new Map(),
  trials: new Map(),
  ways: new Map(),
});

/** Whether this run has sent a value. */
export const wasSent = ({ sent }: Held, { name }: Pick<Row, 'name'>, value: unknown): boolean =>
  sent.get(name)?.has(formatExact(value) ?? '') === true;

/** Another hand changed a parameter: what it made of it is what is put back from now on, and is told. Whether that was news. */
export function adoptInto(held: Held, row: Row, { from, to }: Change): boolean {
  const { original, first, strays } = held;
  const spelling = spellingIn(row, original.reply);
  if (spelling === undefined) return false;
  const value = merged(original.reply[spelling], from, to);
  if (isSameExactly(original.reply[spelling], value)) return false;
  const reply = { ...original.reply, [spelling]: value };
  held.original = { ...original, reply, item: { ...original.item, reply } };
  held.trials.clear();
  held.ways.clear();
  // It may have gone back by itself.
  if (isSameExactly(first[spelling], value)) strays.delete(row.name);
  else strays.set(row.name, { ...differenceOf({ ...original, reply: first }, row, reply), isForeign: true });
  return true;
}

/** An original with what changed from one reading to the next: of a list, this run's own elements stay out of it. */
function merged(original: unknown, from: unknown, to: unknown): unknown {
  if (isSameExactly(from, to)) return original;
  if (Array.isArray(original) && Array.isArray(from) && Array.isArray(to) && original.length === to.length && from.length === to.length)
    return original.map((each, index) => merged(each, from[index], to[index]));
  if (isMembers(original) && isMembers(from) && isMembers(to))
    return Object.fromEntries(
      Object.keys({ ...original, ...to }).flatMap((name) =>
        name in to || name in original ? [[name, merged(original[name], from[name], to[name])] as const] : [],
      ),
    );
  return to;
}
