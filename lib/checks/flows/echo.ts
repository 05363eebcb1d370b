/**
 * Echo: clients get everything, change one parameter, and send all of it back, envelope included. Of what a set does not know the contract
 * says that it is refused or ignored; a whole refusal breaks them, which is worth a warning.
 */
import { describe } from '../../camera/outcome.ts';
import { spellingIn } from '../../document/row-value.ts';
import { shownValue } from '../../document/subject.ts';
import { fail, Skipped, together, verify } from '../../results/finding.ts';
import { orSkipped, type SettingsLab } from '../sets/settings-lab.ts';
import { quote } from '../values/row-judgement.ts';
import { freeSubjects, otherValue } from './other-values.ts';

/** Two requests, and a reading where none still holds. */
export async function echoes(lab: SettingsLab): Promise<void> {
  const { part, instance, camera } = lab;
  await lab.opening();
  await lab.settable();
  for (const subject of freeSubjects(lab)) {
    const change = await otherValue(lab, subject);
    if (change === null) continue;
    const before = await lab.fresh();
    const outcome = await orSkipped(camera.call(part.set ?? '', { ...before, ...instance.select, ...change }));
    const reply = await lab.readBehind(outcome, change);
    const { top } = subject;
    const wanted = change[spellingIn(top, change) ?? top.name];
    const documented = `what ${part.get} answers is taken back as it is, envelope included, with ${top.name} ${quote(top, wanted)} in it, and nothing else changes`;
    if (outcome.kind !== 'done') fail(documented, `${describe(outcome)}: refused as a whole`, outcome.answer.exchange);
    const found = shownValue(subject, reply);
    const kept = Object.is(found, wanted) ? [] : [`${top.name} then reads ${quote(top, found)}`];
    verify(together(documented, [...kept, ...lab.sideEffects(before, reply, change)]), outcome.answer.exchange);
    return;
  }
  throw new Skipped('not-testable', `no parameter of ${part.set} could be changed and changed back alone`);
}
