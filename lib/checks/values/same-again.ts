/**
 * That a get which nothing was set between answers the same each time. Somebody else may have set something meanwhile: what flickers from
 * reply to reply, for one reply at a time, is nobody's hand.
 */
import { describe, type Outcome } from '../../camera/outcome.ts';
import type { Row } from '../../document/notation.ts';
import { isDocumented, isSameValue, isSettable, type Members, spellingIn, valueIn } from '../../document/row-value.ts';
import { NonConformance, together, verify } from '../../results/finding.ts';
import type { Bench } from '../bench.ts';
import type { Check } from '../check.ts';
import { ofAction, type Scope } from '../identify.ts';
import { labOf } from '../sets/settings-lab.ts';
import { quote } from './row-judgement.ts';

/** Where none were made one behind the other anyway. */
const READINGS = 4;
/** So many pairs of readings tell enough. */
const QUIET_PAIRS = 3;
/** To tell what flickers from what somebody sets. */
const MORE_READINGS = 12;
const FLICKERS = 3;

export function sameAgainCheck(scope: Scope): Check<Bench> {
  const { part, instance, section } = scope;
  const label = instance.label === '' ? '' : `${instance.label}.`;
  const identity = {
    ...ofAction(scope, part.get, [], { property: 'same-again', title: `${part.get} answers the same each time`, covers: ['reply'] }),
    id: `${section.slug}/${label}${part.get}/same-again`,
  };
  return {
    ...identity,
    run: async (bench) => {
      const lab = labOf(bench, scope);
      await lab.opening();
      const ask = (json: Members | null): Promise<Outcome> => bench.camera.call(part.get, json);
      const plain = Object.keys(instance.select).length > 0 ? instance.select : null;
      const seen: Outcome[] = [];
      const isQuiet = lab.quiet.pairs >= QUIET_PAIRS && !lab.quiet.differed;
      // Without parameters json may be left out, or be an empty object.
      for (let count = 0; count < (isQuiet ? 2 : READINGS); count += 1) seen.push(await ask(plain ?? (count === 0 ? {} : null)));
      const differences = differencesIn(part.rows, seen);
      if (differences.length === 0) return;
      for (let count = 0; count < MORE_READINGS; count += 1) seen.push(await ask(plain));
      const flickering = flickersIn(part.rows, seen);
      const { exchange } = seen.at(-1)?.answer ?? { exchange: null };
      const documented = `${part.get} answers the same as long as nothing is set`;
      if (flickering.length === 0) verify(together(documented, differences), exchange);
      throw new NonConformance(together(documented, flickering), exchange, { isCertain: true });
    },
  };
}

/** What is compared of a reply: settings, and texts that tell of the camera; what is measured may differ each time. */
const isConstant = (row: Row): boolean => isDocumented(row) && !row.volatile && (isSettable(row) || row.type.kind === 'text');

type Aspect = readonly [name: string, shows: (outcome: Outcome) => string];

function aspectsOf(rows: readonly Row[]): readonly Aspect[] {
  const ofReply = (name: string, shows: (reply: Members) => string): Aspect => [
    name,
    (outcome) => (outcome.kind === 'done' ? shows(outcome.reply) : describe(outcome)),
  ];
  return [
    ['the answer', describe],
    ...rows.filter(isDocumented).map((row) => ofReply(row.name, (reply) => (spellingIn(row, reply) === undefined ? 'not there' : 'there'))),
    ...rows.filter(isConstant).map((row) => ofReply(row.name, (reply) => quote(row, valueIn(row, reply)))),
  ];
}

function differencesIn(rows: readonly Row[], outcomes: readonly Outcome[]): readonly string[] {
  const [first] = outcomes;
  if (first === undefined) return [];
  return told(
    aspectsOf(rows).flatMap(([name, shows]) => {
      const other = outcomes.find((outcome) => !isSameValue(shows(outcome), shows(first)));
      return other === undefined ? [] : [[name, `${name} is ${shows(first)}, then ${shows(other)}`] as const];
    }),
  );
}

/** What shows something for one reply, between two that show something else, again and again. */
function flickersIn(rows: readonly Row[], outcomes: readonly Outcome[]): readonly string[] {
  return told(
    aspectsOf(rows).flatMap(([name, shows]) => {
      const shown = outcomes.map(shows);
      const single = shown.filter((value, at) => at > 0 && at < shown.length - 1 && shown[at - 1] === shown[at + 1] && value !== shown[at - 1]);
      if (single.length < FLICKERS) return [];
      const [usual] = shown.filter((value) => value !== single[0]);
      return [[name, `${name} is ${usual}, and ${single[0]} in between, ${single.length} times in ${shown.length} replies`] as const];
    }),
  );
}

/** One sentence for each name: where the answer as a whole differs nothing else needs to be told. */
const told = (differences: readonly (readonly [name: string, says: string])[]): readonly string[] => {
  const [whole] = differences.filter(([name]) => name === 'the answer');
  return whole === undefined ? [...new Map(differences).values()] : [whole[1]];
};
