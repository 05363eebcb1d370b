/** What a run was allowed to change is put back from its journal without being allowed again: the same hazards, in the other direction. */
import { SECTIONS } from '../document/index.ts';
import type { Hazard } from '../document/notation.ts';
import type { Members } from '../document/row-value.ts';
import { Gate } from '../gate/gate.ts';
import { withPlainNumbers } from '../wire/exact-json.ts';
import type { JournalContents } from './journal.ts';
import { keyOf } from './journal-entry.ts';
import type { Keepsake } from './keepsakes/index.ts';
import { partsSharing } from './original.ts';

const OF_KEEPSAKES: Readonly<Record<Keepsake['kind'], Hazard>> = {
  password: 'password',
  telnet: 'telnet',
  movement: 'ptz',
  file: 'files',
  registration: 'registration',
  address: 'network',
};

/** The hazards of what a journal says that requests were about. */
export function allowedAgain({ items, traces }: Pick<JournalContents, 'items' | 'traces'>): ReadonlySet<Hazard> {
  const gate = new Gate({ sections: SECTIONS, allowed: new Set() });
  for (const item of items)
    if (item.kind === 'original') gate.takeOver(item.get, item.select, withPlainNumbers(item.reply) as Members, item.at.wallMs);
  const hazards = items.flatMap((item): readonly (Hazard | 'never')[] => {
    if (item.kind !== 'original') return [OF_KEEPSAKES[item.kind]];
    const names = traces.get(keyOf(item))?.names ?? new Set();
    return partsSharing(SECTIONS, item.get).flatMap((part) =>
      part.rows.filter(({ name }) => names.has(name)).flatMap((row) => gate.against(part, row).map(({ hazard }) => hazard)),
    );
  });
  return new Set(hazards.filter((hazard): hazard is Hazard => hazard !== 'never'));
}
