/** What every set of a part has to carry: the parameters that its table marks necessary, as they are. */
import type { Row, Settings } from '../document/notation.ts';
import { isNecessary, type Members, spellingIn } from '../document/row-value.ts';

/**
 * The necessary members, each with its value in `reply`, else with the only value that the document allows, else with that of
 * the document's example request. One that none of these knows is left out, as the document's own example leaves it out.
 */
export function necessaryMembers(part: Settings, reply: Members, select: Members, except?: Row): Members {
  const [example] = part.example.requests ?? [];
  return Object.fromEntries(
    part.rows
      .filter((row) => isNecessary(row) && row !== except && !(row.name in select))
      .flatMap((row): [string, unknown][] => {
        const spelling = spellingIn(row, reply);
        if (spelling !== undefined) return [[spelling, reply[spelling]]];
        if (row.type.kind === 'text' && row.type.fixed !== undefined) return [[row.name, row.type.fixed]];
        return example !== undefined && row.name in example ? [[row.name, example[row.name]]] : [];
      }),
  );
}
