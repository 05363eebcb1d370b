/** What two runs have in common, and what only one of them has, each in its order. */

export interface Pairs<Item> {
  readonly kept: readonly (readonly [before: Item, after: Item])[];
  readonly added: readonly Item[];
  readonly gone: readonly Item[];
}

export function pairUp<Item>(before: readonly Item[], after: readonly Item[], keyOf: (item: Item) => string): Pairs<Item> {
  const old = new Map(before.map((item) => [keyOf(item), item]));
  const fresh = new Set(after.map(keyOf));
  const kept: [Item, Item][] = [];
  const added: Item[] = [];
  for (const item of after) {
    const earlier = old.get(keyOf(item));
    if (earlier === undefined) added.push(item);
    else kept.push([earlier, item]);
  }
  return { kept, added, gone: before.filter((item) => !fresh.has(keyOf(item))) };
}
