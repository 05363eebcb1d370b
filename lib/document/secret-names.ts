/** Names whose values are passwords or keys: never recorded. */
import { SECTIONS } from './index.ts';

export const SECRET_NAMES: ReadonlySet<string> = new Set(
  SECTIONS.flatMap((section) => section.parts.flatMap((part) => part.rows))
    .filter((row) => row.secret)
    .map((row) => row.name),
);
