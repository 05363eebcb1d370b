/**
 * Checks of one parameter's set: that another value is stored and read back twice, that nothing else changes, that both
 * ends of a range and every member of an enumeration are taken, and that texts come back as they were typed.
 */
import { describe, isRefusal } from '../../camera/outcome.ts';
import type { Row } from '../../document/notation.ts';
import { isSameValue, isSettable, isShown, type Members } from '../../document/row-value.ts';
import { type Subject, shownValue, subjectsOf } from '../../document/subject.ts';
import { NoReply } from '../../http/client.ts';
import { fail, finding, Skipped, together, verify } from '../../results/finding.ts';
import { refusedAsFound } from '../actions/expectations.ts';
import type { Bench } from '../bench.ts';
import type { Check } from '../check.ts';
import { ofSet, type Scope } from '../identify.ts';
import { quote } from '../values/row-judgement.ts';
import { hasOpenRange, members, rangeEnds, SPECIAL_TEXTS } from '../values/row-values.ts';
import { whatBecame } from '../values/what-became.ts';
import { beyondLimits } from './own-limits.ts';
import { type Attempted, expected, type Trip } from './round-trip.ts';
import type { Batch, SettingsLab } from './settings-lab.ts';

/** What a single value is set for. */
type Settable = Subject & { kind: 'plain' | 'leaf' };

/** The subjects whose set and get the document both list. */
export function settableSubjects({ part, instance }: Pick<Scope, 'part' | 'instance'>): readonly Subject[] {
  if (part.set === undefined) return [];
  return part.rows.filter((row) => isSettable(row) && isShown(row, part) && !row.volatile && !(row.name in instance.select)).flatMap(subjectsOf);
}

export function setChecks(scope: Scope): readonly Check<Bench>[] {
  return settableSubjects(scope).flatMap((subject) => {
    if (subject.kind === 'list') return [];
    if (subject.kind === 'element') return [roundTripCheck(scope, subject), isolationCheck(scope, subject)];
    const trips =
      subject.kind === 'plain' ? [roundTripCheck(scope, subject), ...anotherValueCheck(scope, subject), isolationCheck(scope, subject)] : [];
    return [...trips, ...(subject.top.held ? [] : [...endsCheck(scope, subject), ...membersCheck(scope, subject), ...textChecks(scope, subject)])];
  });
}

const rowOf = (subject: Subject) => (subject.kind === 'element' ? subject.top : subject.row);

function roundTripCheck(scope: Scope, subject: Subject): Check<Bench> {
  return {
    ...ofSet(scope, subject, {
      property: 'round-trip',
      title: subject.top.held ? `takes ${subject.name} as it is` : `stores another ${subject.name} and returns it`,
      covers: [`${subject.top.name}/settable`],
      after: subject.kind === 'element' ? [] : ['type'],
    }),
    run: async (bench) => {
      const trip = await bench.lab(scope.part, scope.instance).roundTrip(subject);
      const row = rowOf(subject);
      const wanted = expected(subject, trip);
      const { exchange } = trip.outcome.answer;
      const documented = `code 0, and ${scope.part.get} then returns ${subject.name} ${quote(row, wanted)}, each time it is read`;
      const [first] = trip.tries;
      if (first !== undefined && isGone(first)) {
        const received = `code 0 for ${quote(row, first.value)}; it then returns none (before: ${quote(row, first.before)})`;
        fail(`${scope.part.get} returns ${subject.name} behind each set of it that it takes`, received, first.outcome.answer.exchange);
      }
      const isOpen = subject.kind === 'plain' && hasOpenRange(subject.row);
      if (isOpen && !isStored(subject, trip)) {
        const wrong = beyondLimits(trip.tries);
        if (wrong !== null) fail(`${documented}; or a limit of the camera's own, which is the same for each`, wrong, exchange);
        if (isRefusal(trip.outcome) || trip.outcome.kind === 'done') return;
      }
      if (trip.outcome.kind !== 'done') {
        const found = finding(documented, describe(trip.outcome));
        verify([trip.isAsFound ? refusedAsFound(scope.part.set ?? '', found, trip.outcome) : found], exchange);
      }
      const [once, again] = [shownValue(subject, trip.first), shownValue(subject, trip.second)];
      if (isSameValue(once, wanted) && isSameValue(again, wanted)) return;
      fail(
        documented,
        `code 0; ${readings(row, subject.name, { wanted, first: once, second: again, before: shownValue(subject, trip.before) })}`,
        exchange,
      );
    },
  };
}

/** Whatever values a camera takes, it shows the parameter that it showed before. */
const isGone = ({ outcome, before, found }: Attempted): boolean => outcome.kind === 'done' && before !== undefined && found === undefined;

const isStored = (subject: Subject, { outcome, first, value }: Trip): boolean =>
  outcome.kind === 'done' && isSameValue(shownValue(subject, first), value);

/** Of a number whose range only the camera knows: that some other value than the present one is taken. */
function anotherValueCheck(scope: Scope, subject: Subject): readonly Check<Bench>[] {
  if (subject.kind !== 'plain' || subject.top.held || !hasOpenRange(subject.row)) return [];
  return [
    {
      ...ofSet(scope, subject, {
        property: 'another-value',
        title: `takes another ${subject.name} than the present one`,
        level: 'should',
        after: ['type', 'round-trip'],
      }),
      run: async (bench) => {
        const trip = await bench.lab(scope.part, scope.instance).roundTrip(subject);
        if (isStored(subject, trip)) return;
        const came = trip.tries.map(
          ({ value, outcome, found }) =>
            `${quote(subject.row, value)}: ${describe(outcome)}${outcome.kind === 'done' ? `, and it reads ${quote(subject.row, found)}` : ''}`,
        );
        const found = finding(`one of ${trip.tries.map(({ value }) => quote(subject.row, value)).join(', ')} is stored`, came.join('; '));
        verify([trip.isAsFound ? refusedAsFound(scope.part.set ?? '', found, trip.outcome) : found], trip.outcome.answer.exchange);
      },
    },
  ];
}

interface Readings {
  readonly wanted: unknown;
  readonly first: unknown;
  readonly second: unknown;
  readonly before: unknown;
}

/** What two readings show of a value that should be in both. */
function readings(row: Row, name: string, { wanted, first, second, before }: Readings): string {
  const was = `(before: ${quote(row, before)})`;
  const shown = (value: unknown): string => quote(row, value);
  if (isSameValue(first, second)) return `${name} then reads ${shown(first)} ${was}${because(row, wanted, first, before)}`;
  const both = `the first reading shows ${name} ${shown(first)}, the second one ${shown(second)} ${was}`;
  if (isSameValue(second, wanted)) return `${both}: it is stored only after the first reading`;
  return isSameValue(first, wanted) ? `${both}: it does not last` : `${both}${because(row, wanted, first, before)}`;
}

/** The reason as the end of a sentence, where it is known. */
function because(row: Row, wanted: unknown, found: unknown, before?: unknown): string {
  // How far two members of an enumeration are apart means nothing.
  const isOtherMember = row.type.kind === 'choice' && typeof found === 'number' && !isSameValue(found, before);
  const why = isOtherMember ? null : whatBecame(wanted, found, before);
  return why === null ? '' : `: ${why}`;
}

function isolationCheck(scope: Scope, subject: Subject): Check<Bench> {
  return {
    ...ofSet(scope, subject, {
      property: 'isolation',
      title: `a set of ${subject.name} changes nothing else`,
      covers: [`${scope.part.set}/isolation`],
    }),
    run: async (bench) => {
      const lab = bench.lab(scope.part, scope.instance);
      const trip = await lab.roundTrip(subject).catch((error) => {
        if (error instanceof NoReply) throw new Skipped('blocked', `the set of ${subject.name} is not answered`);
        throw error;
      });
      verify(
        together(`a set of ${subject.name} changes nothing that it does not name`, lab.tripEffects(subject, trip)),
        trip.outcome.answer.exchange,
      );
    },
  };
}

/** A leaf is tried in the first element: its round trip has to work. */
const tripOf = (subject: Subject): string | null => (subject.kind === 'plain' ? 'round-trip' : null);

function endsCheck(scope: Scope, subject: Settable): readonly Check<Bench>[] {
  const ends = rangeEnds(subject.row.type);
  if (ends === null) return [];
  const given = {
    property: 'range-ends',
    title: `stores ${subject.name} ${ends[0]} and ${ends[1]}`,
    covers: ['range'],
    after: ['type', tripOf(subject)].filter((id) => id !== null),
  };
  const run = async (bench: Bench): Promise<void> => {
    const lab = bench.lab(scope.part, scope.instance);
    await tried(lab, subject);
    for (const [index, end] of ends.entries()) {
      await stores(lab, subject, end, () => atEnds(lab, index as 0 | 1));
    }
  };
  return [{ ...ofSet(scope, subject, given), run }];
}

/** One of several sets that are alike, which a camera that takes its time gets in one train. */
const oneOf = (lab: SettingsLab, kind: string, index: number, all: () => Promise<readonly Members[]>): Promise<Batch> =>
  lab.once(`${kind} ${index}`, async () => {
    const inTrain = lab.isSlow ? await lab.once(`${kind} in a train`, async () => lab.train(await all())) : [];
    return inTrain[index] ?? lab.attempt((await all())[index] ?? {});
  });

const setOf = (lab: SettingsLab, values: readonly (readonly [Settable, unknown])[]): Members => lab.membersForAll(lab.admissible(values));

/** All subjects with a range at the same end, in one set: those that stand under no condition. */
const atEnds = (lab: SettingsLab, end: 0 | 1): Promise<Batch> =>
  oneOf(lab, 'ends', end, async () => {
    const subjects = await batchable(lab);
    return ([0, 1] as const).map((each) =>
      setOf(
        lab,
        subjects.flatMap((subject) => {
          const ends = rangeEnds(subject.row.type);
          return ends === null ? [] : [[subject, ends[each]] as const];
        }),
      ),
    );
  });

function membersCheck(scope: Scope, subject: Settable): readonly Check<Bench>[] {
  const all = members(subject.row.type);
  if (all.length === 0) return [];
  const given = {
    property: 'members',
    title: `stores each ${subject.name} of the enumeration: ${all.join(', ')}`,
    covers: ['enumeration'],
    after: ['type', tripOf(subject)].filter((id) => id !== null),
  };
  const run = async (bench: Bench): Promise<void> => {
    const lab = bench.lab(scope.part, scope.instance);
    await tried(lab, subject);
    for (const [index, member] of all.entries()) await stores(lab, subject, member, () => withMembers(lab, index));
  };
  return [{ ...ofSet(scope, subject, given), run }];
}

/** All enumerations at their n-th member, in one set: those that stand under no condition and are no condition themselves. */
const withMembers = (lab: SettingsLab, index: number): Promise<Batch> =>
  oneOf(lab, 'members', index, async () => {
    const subjects = (await batchable(lab)).filter((subject) => !lab.isGovernor(subject.top));
    const most = Math.max(...subjects.map(({ row }) => members(row.type).length), index + 1);
    return Array.from({ length: most }, (_, each) =>
      setOf(
        lab,
        subjects.flatMap((subject) => {
          const member = members(subject.row.type)[each];
          return member === undefined ? [] : [[subject, member] as const];
        }),
      ),
    );
  });

/** What can be set together with others: it stands under no condition, and its own set works. */
async function batchable(lab: SettingsLab): Promise<readonly Settable[]> {
  const subjects: Settable[] = [];
  for (const subject of lab.changeable()) {
    const isSingle = subject.kind === 'plain' || subject.kind === 'leaf';
    if (isSingle && subject.top.when === undefined && (await lab.goodRoundTrip(carrierOf(subject))) !== null) subjects.push(subject);
  }
  return subjects;
}

/** What has a round trip of its own: of a leaf, the first element. */
const carrierOf = (subject: Settable): Subject => subjectsOf(subject.top).find(({ kind }) => kind === 'element' || kind === 'plain') ?? subject;

/** Throws `Skipped` when the subject is not offered or its own set did not work. */
async function tried(lab: SettingsLab, subject: Settable): Promise<void> {
  await lab.settableHere(subject);
  const carrier = carrierOf(subject);
  if ((await lab.goodRoundTrip(carrier)) === null) throw new Skipped('blocked', `the round trip of ${carrier.name} has to work first`);
}

/**
 * Passes when the camera stores a value: together with others in a batch, else alone, else with all its neighbours at the
 * lower or the upper end. A camera may tie parameters together (a window inside the picture), so one way that works is enough.
 */
async function stores(lab: SettingsLab, subject: Settable, value: unknown, together: () => Promise<Batch>): Promise<void> {
  const hasStored = (attempt: Batch) => attempt.outcome.kind === 'done' && isSameValue(shownValue(subject, attempt.reply), value);
  const batch = await orNoReply(together());
  if (batch !== null && isIn(subject, value, batch) && hasStored(batch)) return;
  await lab.prepare(subject);
  const alone = await lab.attempt(lab.membersFor(subject, value));
  if (hasStored(alone)) return;
  for (const beside of lab.waysToSet(subject, value).slice(1)) if (hasStored(await lab.attempt(beside))) return;
  for (const end of [0, 1] as const) {
    const neighbours = await neighboursAt(lab, subject, end);
    if (neighbours.length > 0 && hasStored(await lab.attempt(lab.membersForAll([...neighbours, [subject, value]])))) return;
  }
  const found = shownValue(subject, alone.reply);
  fail(
    `code 0, and ${lab.part.get} then returns ${subject.name} ${quote(subject.row, value)}`,
    alone.outcome.kind === 'done'
      ? `code 0; ${subject.name} then reads ${quote(subject.row, found)}${because(subject.row, value, found)}`
      : describe(alone.outcome),
    alone.exchange,
  );
}

/** The other parameters with a range (of a list, those of the same element), each at the same end of it. */
async function neighboursAt(lab: SettingsLab, subject: Settable, end: 0 | 1): Promise<readonly (readonly [Subject, number])[]> {
  if (rangeEnds(subject.row.type) === null) return [];
  return (await batchable(lab))
    .filter((other) => other.name !== subject.name && (subject.kind === 'plain' || other.top === subject.top))
    .flatMap((other) => {
      const ends = rangeEnds(other.row.type);
      return ends === null ? [] : [[other, ends[end]] as const];
    });
}

/** A batch that the camera did not answer says nothing of the single parameters. */
const orNoReply = (batch: Promise<Batch>): Promise<Batch | null> =>
  batch.catch((error) => {
    if (error instanceof NoReply) return null;
    throw error;
  });

/** Whether a batch gave the subject that value. */
const isIn = (subject: Settable, value: unknown, batch: Batch): boolean => isSameValue(shownValue(subject, batch.members), value);

function textChecks(scope: Scope, subject: Settable): readonly Check<Bench>[] {
  const { type } = subject.row;
  if (type.kind !== 'text' || type.format !== 'free' || type.fixed !== undefined) return [];
  return Object.entries(SPECIAL_TEXTS).map(([kind, value]) => ({
    ...ofSet(scope, subject, {
      property: kind,
      title: `stores ${subject.name} with ${kind.replace('-', ' ')}: ${JSON.stringify(value)}`,
      level: 'should',
      after: ['type', tripOf(subject)].filter((id) => id !== null),
    }),
    run: async (bench: Bench) => {
      const lab = bench.lab(scope.part, scope.instance);
      await tried(lab, subject);
      await stores(lab, subject, value, () => withText(lab, value));
    },
  }));
}

/** All free texts with the same special value, in one set. */
const withText = (lab: SettingsLab, value: string): Promise<Batch> =>
  lab.once(`text ${value}`, async () =>
    lab.attempt(
      lab.membersForAll(
        (await batchable(lab))
          .filter(({ row: { type } }) => type.kind === 'text' && type.format === 'free' && type.fixed === undefined)
          .map((subject) => [subject, value] as const),
      ),
    ),
  );
