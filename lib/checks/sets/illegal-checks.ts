/**
 * Checks of what a set must not store: values above or below a range, outside an enumeration, of the wrong type. One set
 * for each, then one get for all plain parameters: an illegal value that was stored shows under its own name.
 */
import { describe, isRefusal, type Outcome } from '../../camera/outcome.ts';
import type { Row } from '../../document/notation.ts';
import { isMembers, isSameValue, type Members } from '../../document/row-value.ts';
import { type Subject, shownValue } from '../../document/subject.ts';
import { NoReply } from '../../http/client.ts';
import { fail, Skipped, verify } from '../../results/finding.ts';
import type { Exchange } from '../../wire/exchange.ts';
import { strictly } from '../actions/strictly.ts';
import type { Bench } from '../bench.ts';
import type { Check } from '../check.ts';
import { ofSet, type Scope } from '../identify.ts';
import { allFindings, documented, isDocumentedValue, jsonType, quote, typeFindings } from '../values/row-judgement.ts';
import { aboveEnumeration, aboveRange, belowEnumeration, belowRange, outsideEnumeration, wrongType } from '../values/row-values.ts';
import { settableSubjects } from './set-checks.ts';
import type { SettingsLab } from './settings-lab.ts';

type ElementSubject = Extract<Subject, { kind: 'element' }>;
type RowSubject = Exclude<Subject, ElementSubject>;

interface Kind {
  readonly property: string;
  readonly title: (subject: RowSubject) => string;
  readonly covers: string;
  /** whether the document says which values are legal: the strict profile then accepts refusal only */
  readonly refusable: boolean;
  /** the illegal value for a subject; undefined where the table rules none out */
  readonly value: (subject: RowSubject) => unknown;
}

const KINDS: readonly Kind[] = [
  {
    property: 'above-range',
    title: (subject) => `refuses or clamps ${subject.name} above its range: ${aboveRange(subject.row.type)}`,
    covers: 'range',
    refusable: true,
    value: (subject) => aboveRange(subject.row.type) ?? undefined,
  },
  {
    property: 'below-range',
    title: (subject) => `refuses or clamps ${subject.name} below its range: ${belowRange(subject.row.type)}`,
    covers: 'range',
    refusable: true,
    value: (subject) => belowRange(subject.row.type) ?? undefined,
  },
  {
    property: 'outside-enumeration',
    title: (subject) => `refuses or replaces ${subject.name} outside its enumeration: ${outsideEnumeration(subject.row.type)}`,
    covers: 'enumeration',
    refusable: true,
    value: (subject) => outsideEnumeration(subject.row.type) ?? undefined,
  },
  {
    property: 'above-enumeration',
    title: (subject) => `refuses or replaces ${subject.name} above its enumeration: ${aboveEnumeration(subject.row.type)}`,
    covers: 'enumeration',
    refusable: true,
    value: (subject) => aboveEnumeration(subject.row.type) ?? undefined,
  },
  {
    property: 'below-enumeration',
    title: (subject) => `refuses or replaces ${subject.name} below its enumeration: ${belowEnumeration(subject.row.type)}`,
    covers: 'enumeration',
    refusable: true,
    value: (subject) => belowEnumeration(subject.row.type) ?? undefined,
  },
  {
    property: 'wrong-type',
    title: (subject) => `refuses or converts ${subject.name} of another type: ${JSON.stringify(wrongType(subject.row.type))}`,
    covers: 'type',
    refusable: false,
    value: (subject) => wrongType(subject.row.type),
  },
  {
    property: 'null',
    title: (subject) => `refuses or converts ${subject.name} null`,
    covers: 'type',
    refusable: false,
    value: ({ kind }) => (kind === 'list' ? undefined : null),
  },
];

export function illegalChecks(scope: Scope): readonly Check<Bench>[] {
  const settable = settableSubjects(scope).filter(({ top }) => !top.held);
  const subjects = settable.filter((subject): subject is RowSubject => subject.kind !== 'element');
  // The first one stands for all of them in the checks of its members.
  const elements = settable.filter((subject): subject is ElementSubject => subject.kind === 'element' && subject.index > 0);
  return [...ofSubjects(scope, subjects), ...elements.flatMap((element) => elementCheck(scope, element))];
}

function ofSubjects(scope: Scope, subjects: readonly RowSubject[]): readonly Check<Bench>[] {
  return subjects.flatMap((subject) => KINDS.filter((kind) => kind.value(subject) !== undefined).map((kind) => illegalCheck(scope, subject, kind)));
}

function illegalCheck(scope: Scope, subject: RowSubject, kind: Kind): Check<Bench> {
  const identity = ofSet(scope, subject, {
    property: kind.property,
    title: kind.title(subject),
    covers: [kind.covers],
    after: ['type'],
    strict: kind.refusable ? ['refusal'] : [],
  });
  return {
    ...identity,
    run: async (bench) => {
      const lab = bench.lab(scope.part, scope.instance);
      await lab.settableHere(subject);
      const { tries, after } = await tryAll(lab, kind);
      const attempt = tries.get(subject.name);
      if (attempt === undefined) throw new Skipped('blocked', `${subject.name} could not be tried: its type or its condition does not hold`);
      if (attempt.kind !== 'sent') throw attempt.reason;
      const { outcome, before } = attempt;
      const { exchange } = outcome.answer;
      const value = shownValue(subject, attempt.after ?? after);
      const allowed =
        kind.covers === 'type'
          ? `a non-zero code and the old value, or code 0 and ${jsonType(subject.row.type)}`
          : `a non-zero code and the old value, or code 0 and ${documented(subject.row.type)}`;
      const sent = kind.value(subject);
      const stored = isSameValue(value, sent) ? ': it is stored as it came' : '';
      const received = `${describe(outcome)}; ${subject.name} then reads ${quote(subject.row, value)} (before: ${quote(subject.row, before)})${stored}`;
      if (outcome.kind !== 'done' && !isRefusal(outcome)) fail(allowed, received, exchange);
      if (outcome.kind !== 'done') {
        if (!isSameValue(value, before))
          fail(allowed, `${received}${stored === '' ? ': refused, and changed all the same' : ', though it was refused'}`, exchange);
        return;
      }
      if (bench.profile === 'strict' && kind.refusable)
        verify([{ ...strictly('a non-zero code and the old value', 'refusal', identity), received }], exchange);
      if (isSameValue(value, before) && allFindings(subject.row, before, bench.profile).length > 0) {
        throw new Skipped('blocked', `${subject.name} reads ${quote(subject.row, value)} as it was found, which the document rules out itself`);
      }
      const legal = typeFindings(subject.row, subject.name, value).length === 0 && isDocumentedValue(subject.row.type, value, bench.profile);
      if (!legal) fail(allowed, received, exchange);
    },
  };
}

/** Beyond the range or the enumeration of a member. */
const beyond = ({ type }: Row): number | null => aboveRange(type) ?? outsideEnumeration(type);

/** The members of one element that are given an illegal value: all of them, or of a week one for each period, in turn. */
function tried({ type, index }: ElementSubject): readonly Row[] {
  const judged = type.of.filter((leaf) => beyond(leaf) !== null);
  const one = judged[index % judged.length];
  return type.kind === 'list' || one === undefined ? judged : [one];
}

/** What holds of the first element of a list holds of the others, too. */
function elementCheck(scope: Scope, element: ElementSubject): readonly Check<Bench>[] {
  const leaves = tried(element);
  if (leaves.length === 0) return [];
  const words = leaves.map((leaf) => `${leaf.name} ${beyond(leaf)}`);
  return [
    {
      ...ofSet(scope, element, {
        property: 'beyond',
        title: `refuses or clamps what the document rules out in ${element.name}: ${words.join(', ')}`,
        covers: leaves.map((leaf) => `${element.top.name}.${leaf.name}/${leaf.type.kind === 'number' ? 'range' : 'enumeration'}`),
      }),
      run: async (bench) => {
        const lab = bench.lab(scope.part, scope.instance);
        await lab.offered(element);
        await lab.settable();
        await lab.holdCondition(element.top.when);
        await lab.opening();
        for (const leaf of leaves) await refusesIn(lab, bench, element, leaf, element.type.kind === 'list' && leaf === leaves.at(-1));
      },
    },
  ];
}

/** What was refused is read once for each element of a list: that it was stored all the same is looked for in the first one, too. */
async function refusesIn(lab: SettingsLab, { profile }: Bench, element: ElementSubject, leaf: Row, isReadAnyway: boolean): Promise<void> {
  const before = shownValue(element, lab.current);
  if (!isMembers(before) || !Object.hasOwn(before, leaf.name)) return;
  const outcome = await lab.write(lab.membersFor(element, { ...before, [leaf.name]: beyond(leaf) }));
  const { exchange } = outcome.answer;
  if (isRefusal(outcome) && !isReadAnyway) return;
  const after = shownValue(element, await lab.readSettled(outcome));
  const value = isMembers(after) ? after[leaf.name] : undefined;
  const allowed = `a non-zero code and the old value, or code 0 and ${documented(leaf.type)}`;
  const received = `${describe(outcome)}; ${leaf.name} of ${element.name} then reads ${quote(leaf, value)} (before: ${quote(leaf, before[leaf.name])})`;
  if (outcome.kind !== 'done') {
    if (!isRefusal(outcome) || !isSameValue(value, before[leaf.name])) fail(allowed, received, exchange);
    return;
  }
  // What was found outside the document may stay there.
  if (!isSameValue(value, before[leaf.name]) && allFindings(leaf, value, profile).length > 0) fail(allowed, received, exchange);
}

type Try =
  /** `after` is read at once for what later attempts may have to change; the rest shares one reading at the end */
  | { readonly kind: 'sent'; readonly outcome: Outcome; readonly before: unknown; readonly after: Members | null }
  | { readonly kind: 'skipped'; readonly reason: Skipped }
  | { readonly kind: 'silent'; readonly reason: NoReply };

interface Tries {
  readonly tries: ReadonlyMap<string, Try>;
  readonly after: Members;
}

/** The illegal sets of one kind for all subjects, each with its own answer, then one reading. */
const tryAll = (lab: SettingsLab, kind: Kind): Promise<Tries> =>
  lab.once(`illegal ${kind.property}`, async () => {
    await lab.opening();
    await lab.settable();
    await lab.learnSettling();
    const tries = new Map<string, Try>();
    for (const subject of lab.changeable()) {
      const value = subject.kind === 'element' ? undefined : kind.value(subject);
      if (value !== undefined) tries.set(subject.name, await tryOne(lab, subject, value));
    }
    // The one reading at the end shows what was taken of a list, which says nothing of what was refused of it: that is sent again, and read.
    const taken = new Set(
      lab
        .changeable()
        .filter(({ name }) => isTaken(tries.get(name)))
        .map(({ top }) => top),
    );
    for (const subject of lab.changeable()) {
      const attempt = tries.get(subject.name);
      if (subject.kind === 'element' || !taken.has(subject.top) || attempt?.kind !== 'sent' || attempt.after !== null || isTaken(attempt)) continue;
      await lab.fresh();
      tries.set(subject.name, await tryOne(lab, subject, kind.value(subject), true));
    }
    const [accepted] = [...tries.values()]
      .flatMap((attempt) => (attempt.kind === 'sent' && attempt.outcome.kind === 'done' ? [attempt.outcome] : []))
      .slice(-1);
    return { tries, after: accepted === undefined ? await lab.read() : await lab.readSettled(accepted) };
  });

const isTaken = (attempt: Try | undefined): boolean => attempt?.kind === 'sent' && attempt.outcome.kind === 'done';

async function tryOne(lab: SettingsLab, subject: Subject, value: unknown, isReadAtOnce = false): Promise<Try> {
  try {
    await lab.prepare(subject);
  } catch (error) {
    if (error instanceof Skipped) return { kind: 'skipped', reason: error };
    throw error;
  }
  const before = shownValue(subject, lab.current);
  try {
    const outcome = await lab.write(lab.membersFor(subject, value));
    // A later attempt on the same list sends it whole, and would hide what this one stored, or look like it.
    const isShared = !isReadAtOnce && !lab.isGovernor(subject.top) && (subject.kind === 'plain' || outcome.kind !== 'done');
    return { kind: 'sent', outcome, before, after: isShared ? null : await lab.readSettled(outcome) };
  } catch (error) {
    if (error instanceof Skipped) return { kind: 'skipped', reason: error };
    if (error instanceof NoReply) return { kind: 'silent', reason: error };
    throw error;
  }
}

/** The codes with which the camera refused the illegal values, with one exchange each. */
export async function refusalCodes(lab: SettingsLab): Promise<ReadonlyMap<number, Exchange>> {
  const codes = new Map<number, Exchange>();
  for (const kind of KINDS) {
    const { tries } = await tryAll(lab, kind);
    for (const attempt of tries.values()) {
      if (attempt.kind === 'sent' && attempt.outcome.kind === 'code') codes.set(attempt.outcome.code, attempt.outcome.answer.exchange);
    }
  }
  return codes;
}
