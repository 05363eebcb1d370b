/** What every get whose settings can be set shows, and what shows otherwise later: for what happens to a camera as a whole. */
import type { Row, Settings } from '../../document/notation.ts';
import { isSameValue, type Members, valueIn } from '../../document/row-value.ts';
import { type Finding, finding } from '../../results/finding.ts';
import type { Bench } from '../bench.ts';
import { quote } from '../values/row-judgement.ts';

export type Survey = ReadonlyMap<Settings, Members>;

/** Every part of the document that can be set, once for each get. */
export function settings({ sections }: Pick<Bench, 'sections'>): readonly Settings[] {
  const parts = sections.flatMap((section) => section.parts).filter((part): part is Settings => part.kind === 'settings' && part.set !== undefined);
  return [...new Map(parts.map((part) => [part.get, part])).values()];
}

/** What the camera does not offer is left out. */
export async function survey(bench: Bench, isMeant: (part: Settings) => boolean = () => true): Promise<Survey> {
  const shown = new Map<Settings, Members>();
  for (const part of settings(bench).filter(isMeant)) {
    const reply = await bench.lookAt(part);
    if (reply !== null) shown.set(part, reply);
  }
  return shown;
}

/** One finding for each parameter that shows otherwise now. `demand` says what the document demands of it. */
export async function changesSince(bench: Bench, before: Survey, demand: (row: Row, part: Settings) => string): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const [part, then] of before) {
    const now = await bench.lookAt(part);
    if (now === null) continue;
    for (const row of part.rows) {
      if (row.volatile || isSameValue(valueIn(row, then), valueIn(row, now))) continue;
      const received = `${row.name} was ${quote(row, valueIn(row, then))} and is ${quote(row, valueIn(row, now))}`;
      findings.push(finding(demand(row, part), received, { action: part.get }));
    }
  }
  return findings;
}
