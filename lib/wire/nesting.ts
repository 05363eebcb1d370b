/** How deep JSON may be nested: walking deeper values would overflow the stack, and nothing of the document is deeper than 4. */
export const MAX_DEPTH = 200;

/** Whether objects and lists are nested deeper than that. Level by level, so that no depth is too much for it. */
export function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return true;
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return false;
}
