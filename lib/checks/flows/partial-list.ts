/** Partial sets inside lists: clients name one member of each element, or one element, and count on the rest to stay. */
import { isDeepStrictEqual } from 'node:util';
import { describe, type Outcome } from '../../camera/outcome.ts';
import { isMembers, type Members } from '../../document/row-value.ts';
import { finding, Skipped, verify } from '../../results/finding.ts';
import type { SettingsLab } from '../sets/settings-lab.ts';

/**
 * One element that names `member` alone, with what `other` makes of it; where that is refused, as many elements as there are. A camera that
 * refuses both has not changed anything, which the document does not rule out. Two requests, and a reading where none still holds.
 */
export async function keepsUnnamed(lab: SettingsLab, list: string, member: string, other: (value: unknown) => unknown): Promise<void> {
  await lab.opening();
  await lab.settable();
  const elements = ({ [list]: value }: Members): readonly Members[] => (Array.isArray(value) ? value.filter(isMembers) : []);
  const shown = elements(await lab.fresh());
  if (shown.length === 0 || !shown.every((element) => member in element))
    throw new Skipped('not-offered', `${lab.part.get} shows no ${member} in ${list}`);
  let refused: Outcome | null = null;
  for (const count of [1, shown.length]) {
    const before = elements(lab.current);
    const named = before.slice(0, count).map((element) => ({ [member]: other(element[member]) }));
    const { outcome, reply, exchange } = await lab.attempt({ [list]: named });
    if (outcome.kind !== 'done') {
      refused = outcome;
      continue;
    }
    const wanted = before.map((element, index) => ({ ...element, ...named[index] }));
    const found = elements(reply);
    const odd = wanted.findIndex((element, index) => !isDeepStrictEqual(found[index], element));
    if (odd < 0) return;
    const documented = `a set that names ${member} of ${count === 1 ? 'one element' : 'each element'} of ${list} alone leaves the rest as it was: ${list}[${odd}] reads ${JSON.stringify(wanted[odd])}`;
    verify([finding(documented, `it reads ${JSON.stringify(found[odd]) ?? 'nothing'}`)], exchange);
  }
  if (refused !== null) throw new Skipped('not-testable', `a list of which not all is named is refused, with ${describe(refused)}`);
}
