/** The checks of a get and of a set as actions: what is a well-formed request to them, and what a tempting one. */
import { isNotOffered } from '../../camera/outcome.ts';
import type { Members } from '../../document/row-value.ts';
import type { Bench } from '../bench.ts';
import type { Check } from '../check.ts';
import { hazardsOfSet, ofAction, type Scope } from '../identify.ts';
import { labOf, type SettingsLab } from '../sets/settings-lab.ts';
import { sameAgainCheck } from '../values/same-again.ts';
import { type ActionUnderTest, actionChecks, credentialChecks, envelopeAlwaysCheck, jsonChecks, replyChecks } from './action-checks.ts';

/** The action checks of the get, and of the set where there is one. Whom the get lets in is asked between the sets, and told behind them. */
export function pairActionChecks(scope: Scope): readonly Check<Bench>[] {
  const { part } = scope;
  const get = getUnderTest(scope);
  if (part.set === undefined) return actionChecks(get);
  return [...replyChecks(get), ...jsonChecks(get), ...actionChecks(setUnderTest(scope, part.set))];
}

export const getCredentialChecks = (scope: Scope): readonly Check<Bench>[] =>
  scope.part.set === undefined ? [] : credentialChecks(getUnderTest(scope));

/** What is seen of the replies to both when all other checks have asked for them. */
export function envelopesAlwaysChecks(scope: Scope): readonly Check<Bench>[] {
  const { part, section } = scope;
  const { set } = part;
  return [
    envelopeAlwaysCheck(getUnderTest(scope), sameAgainCheck(scope).id),
    ...(set === undefined ? [] : [envelopeAlwaysCheck(setUnderTest(scope, set), `${section.slug}/${set}/refusal-codes`)]),
  ];
}

function getUnderTest(scope: Scope): ActionUnderTest {
  const { part, instance } = scope;
  return {
    action: part.get,
    identify: (property, title, level, covers) =>
      ofAction(scope, part.get, part.set === undefined ? (part.hazards ?? []) : [], { property, title, level, covers }),
    repeated: part.repeated ?? [],
    isMissing: (outcome, bench) => labOf(bench, scope).isMissing(outcome),
    isAbsent: () => false,
    wellFormed: (bench) => labOf(bench, scope).firstOutcome(),
    tempting: async () => (Object.keys(instance.select).length > 0 ? instance.select : null),
    changes: async () => [],
    changesAreSeen: false,
    offered: async (bench) => void (await labOf(bench, scope).opening()),
    once: (bench, name, experiment) => labOf(bench, scope).once(`get ${name}`, experiment),
    ...(part.set === undefined ? {} : { between: (bench, todo) => labOf(bench, scope).doBetween(todo) }),
    repeatable: true,
    hasParameters: false,
  };
}

/** Whether a further instance is there: the other checks of its get would tell the same as those of the first one. */
export function instanceChecks(scope: Scope): readonly Check<Bench>[] {
  return actionChecks(getUnderTest(scope)).filter(({ id }) => id.endsWith('/reply'));
}

export function setUnderTest(scope: Scope, set: string): ActionUnderTest {
  const { part } = scope;
  return {
    action: set,
    identify: (property, title, level, covers) => ofAction(scope, set, hazardsOfSet(part), { property, title, level, covers }),
    repeated: [],
    isMissing: isNotOffered,
    isAbsent: () => false,
    wellFormed: async (bench) => (await labOf(bench, scope).asItIs()).outcome,
    tempting: async (bench) => {
      const lab = labOf(bench, scope);
      await lab.fresh();
      await bench.camera.aboutToChange(part, scope.instance);
      return { ...scope.instance.select, ...lab.necessary(), ...temptation(lab) };
    },
    changes: async (bench, outcome) => {
      const lab = labOf(bench, scope);
      const before = lab.current;
      return lab.sideEffects(before, await lab.readSettled(outcome), {});
    },
    changesAreSeen: true,
    offered: (bench) => labOf(bench, scope).settable(),
    once: (bench, name, experiment) => labOf(bench, scope).once(name, experiment),
    repeatable: true,
    hasParameters: true,
  };
}

/** A legal change of one parameter. */
function temptation(lab: SettingsLab): Members {
  for (const subject of lab.changeable()) {
    const [candidate] = lab.applies(subject.top) ? lab.candidates(subject) : [];
    if (candidate === undefined) continue;
    const [one] = lab.admissible([[subject, candidate.value]], candidate.companions);
    if (one !== undefined) return { ...lab.membersForAll([one]), ...candidate.companions };
  }
  return {};
}
