/**
 * Allure orders groups by the first of their checks that is shown, which it numbers in each group anew: under a filter the sections
 * stand in no order at all, and without one in that in which they ran. Here checks are numbered through, sections by their numbers.
 */

interface Group {
  readonly name?: string;
  readonly groups?: readonly string[];
  readonly leaves?: readonly string[];
}

interface Tree {
  readonly root: Group;
  readonly groupsById: Readonly<Record<string, Group>>;
  readonly leavesById: Readonly<Record<string, { groupOrder?: number }>>;
}

/** The text of a tree of groups with its checks numbered; `ids`: of the checks, in that order. */
export function inDocumentOrder(text: string): { readonly tree: string; readonly ids: readonly string[] } {
  const tree = JSON.parse(text) as Tree;
  const ids: string[] = [];
  const number = ({ groups = [], leaves = [] }: Group): void => {
    for (const id of leaves) {
      const leaf = tree.leavesById[id];
      if (leaf !== undefined) leaf.groupOrder = ids.push(id);
    }
    for (const id of groups) number(tree.groupsById[id] ?? {});
  };
  const section = (id: string): number => Number.parseInt(tree.groupsById[id]?.name ?? '', 10) || Number.POSITIVE_INFINITY;
  const sections = (tree.root.groups ?? []).toSorted((one, other) => (section(one) < section(other) ? -1 : section(one) > section(other) ? 1 : 0));
  number({ ...tree.root, groups: sections });
  return { tree: JSON.stringify(tree), ids };
}

/** A list of checks to go through one by one, in the order of `ids`; whatever is not among them is last. */
export function listInOrder(text: string, ids: readonly string[]): string {
  const order = new Map(ids.map((id, index) => [id, index]));
  const at = (id: string): number => order.get(id) ?? ids.length;
  return JSON.stringify((JSON.parse(text) as readonly string[]).toSorted((one, other) => at(one) - at(other)));
}
