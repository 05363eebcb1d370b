/**
 * Which sections are folded when a report is opened. Allure unfolds every group in which something failed: a camera that fails
 * hundreds of checks all over the document would have a page of two thousand lines, and a browser that stands still for it.
 */

/** Failures that are unfolded: some screens full. */
const MOST_UNFOLDED = 100;
/** Where Allure keeps what its reader has folded, and where we keep for which report it was us. */
const FOLDED = 'collapsedTrees';
const FOLDED_FOR = 'foldedFor';

interface Tree {
  readonly root: { readonly groups?: readonly string[] };
  readonly groupsById: Readonly<Record<string, { readonly statistic?: { readonly failed?: number; readonly broken?: number } }>>;
}

/**
 * A statement for the page's script, or nothing.
 * @param trees the texts of Allure's trees of groups
 * @param report tells this report from others: what its reader unfolds stays so when the page is opened again
 */
export function foldSections(trees: readonly string[], report: string): string {
  const parsed = trees.map((text) => JSON.parse(text) as Tree);
  const failures = parsed.map(({ root, groupsById }) =>
    (root.groups ?? []).reduce((sum, id) => sum + (groupsById[id]?.statistic?.failed ?? 0) + (groupsById[id]?.statistic?.broken ?? 0), 0),
  );
  if (Math.max(0, ...failures) <= MOST_UNFOLDED) return '';
  const sections = JSON.stringify([...new Set(parsed.flatMap(({ root }) => root.groups ?? []))]);
  const key = JSON.stringify(report);
  // A browser may refuse to keep anything for a page from the disk.
  return `try{if(localStorage.${FOLDED_FOR}!==${key}){localStorage.${FOLDED}=${JSON.stringify(sections)};localStorage.${FOLDED_FOR}=${key}}}catch{}\n`;
}
