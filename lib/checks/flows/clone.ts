/** Clone: what differs from the settings of another camera is set, and only that; the second time nothing differs. */
import { describe } from '../../camera/outcome.ts';
import type { Row } from '../../document/notation.ts';
import { isSameValue, isSettable, type Members, spellingIn, valueIn } from '../../document/row-value.ts';
import { fail, Skipped, together, verify } from '../../results/finding.ts';
import type { SettingsLab } from '../sets/settings-lab.ts';
import { quote } from '../values/row-judgement.ts';
import { freeSubjects, otherValue } from './other-values.ts';

/** In how many parameters two cameras of a fleet differ. */
const DIFFERING = 5;

/** The other camera is this one before its settings were changed. Four requests, and a reading where none still holds. */
export async function clonesTwice(lab: SettingsLab): Promise<void> {
  await lab.opening();
  await lab.settable();
  const changes: Members[] = [];
  for (const subject of freeSubjects(lab)) {
    const change = await otherValue(lab, subject);
    if (change !== null) changes.push(change);
    if (changes.length === DIFFERING) break;
  }
  if (changes.length < 2) throw new Skipped('not-testable', `fewer than two parameters of ${lab.part.get} can be changed here`);
  const dump = await lab.fresh();
  const { outcome: changed } = await lab.attempt(Object.assign({}, ...changes));
  if (changed.kind !== 'done')
    fail(`code 0 to ${changes.length} parameters at once, each of which is taken alone`, describe(changed), changed.answer.exchange);
  const first = differing(lab, dump, lab.current);
  if (first.length === 0) throw new Skipped('not-testable', `nothing of ${lab.part.get} could be made to differ`);
  const named = Object.fromEntries(first.map((row) => [spellingIn(row, dump) ?? row.name, valueIn(row, dump)]));
  const { outcome, reply } = await lab.attempt(named);
  const documented = `${lab.part.set} with the ${first.length} parameters that differ is answered with code 0, and then nothing differs`;
  if (outcome.kind !== 'done') fail(documented, describe(outcome), outcome.answer.exchange);
  const left = differing(lab, dump, reply).map(
    (row) => `${row.name} ${quote(row, valueIn(row, reply))} in place of ${quote(row, valueIn(row, dump))}`,
  );
  verify(together(documented, left), outcome.answer.exchange);
}

/** What a clone would set: settable, and shown otherwise here than there. */
const differing = (lab: SettingsLab, there: Members, here: Members): readonly Row[] =>
  lab.part.rows.filter(
    (row) =>
      isSettable(row) &&
      !row.volatile &&
      !row.held &&
      !(row.name in lab.instance.select) &&
      spellingIn(row, there) !== undefined &&
      lab.applies(row) &&
      lab.camera.gate.against(lab.part, row).length === 0 &&
      !isSameValue(valueIn(row, there), valueIn(row, here)),
  );
