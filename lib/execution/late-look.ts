/**
 * At the end of a run everything that its sections could set is set once more to something else, left alone for a while, and read again;
 * where a restart is allowed, also behind one. One wait and one restart serve all sections: a value that goes back after some seconds, and
 * one that is lost by a restart, are found without a pause in any of them.
 */
import { instancesOf } from '../camera/camera.ts';
import { restart } from '../checks/actions/restart.ts';
import { type Held, settableParts } from '../checks/bench.ts';
import type { CheckIdentity } from '../checks/check.ts';
import { goneFrom, type OtherValues, otherValues } from '../checks/isolation/isolation-checks.ts';
import { RESTART_SURVIVAL } from '../checks/isolation/restart-survival.ts';
import { expected } from '../checks/sets/round-trip.ts';
import type { Batch, SettingsLab } from '../checks/sets/settings-lab.ts';
import type { Members } from '../document/row-value.ts';
import { type Subject, shownValue } from '../document/subject.ts';
import { offTheRecord } from '../evidence/tape.ts';
import { NoReply } from '../http/client.ts';
import { type Finding, NonConformance, Skipped } from '../results/finding.ts';
import type { Exchange } from '../wire/exchange.ts';
import type { Judged } from './judged.ts';
import type { Session } from './session.ts';
import { against, result } from './verdict.ts';

/** What settled stays: looked at behind twice the time in which a change may settle at least. */
const HOLDING = 2;
/** Some cameras go back to the value before only after some seconds. */
const DEFAULT_HOLDING_MS = 10_500;

/** What was set last, and is to stay. */
interface SetAgain {
  /** the check that it is told by; null: of a section that was not selected */
  readonly identity: CheckIdentity | null;
  readonly lab: SettingsLab;
  readonly subjects: readonly Subject[];
  /** what was sent for them, as far as they were given another value */
  readonly sent: OtherValues['values'];
  /** what the get showed then */
  readonly reply: Members;
  readonly exchange: Exchange;
}

type Sent = Batch & Pick<SetAgain, 'sent'>;

/** Verdicts that stand in for those of the sections. The values stay set: whoever asks puts everything back. */
export function lateLook(session: Session): Promise<readonly Judged[]> {
  const { bench, verdicts, fault } = session;
  const held = [...bench.held.values()].filter(({ identity }) => verdicts.get(identity.id) === 'pass');
  bench.held.clear();
  if (fault !== null || (held.length === 0 && !bench.awaitsRestart)) return Promise.resolve([]);
  return offTheRecord(async () => {
    try {
      return await look(session, held);
    } catch (error) {
      if (error instanceof NoReply) return [];
      throw error;
    }
  });
}

async function look(session: Session, held: readonly Held[]): Promise<readonly Judged[]> {
  const set = await setAll(held);
  const suspects = await lostBy(session, set);
  // Another hand hardly ever hits the same twice. What has gone back may also not show any more when it is set again.
  const again = suspects.size === 0 ? suspects : await lostBy(session, (await setAll([...suspects.keys()].flatMap(heldOf))).map(asSent));
  const failed = [...again].flatMap(([{ identity, exchange }, findings]) =>
    identity === null ? [] : [masked(session, against(identity, new NonConformance(findings, exchange)))],
  );
  if (!session.camera.allows(RESTART_SURVIVAL.hazards)) return failed;
  const lost = new Set([...again.keys()].map(({ lab }) => lab));
  const staying = set.filter(({ lab }) => !lost.has(lab));
  const judged = await behindRestart(session, session.bench.awaitsRestart ? [...staying, ...(await setElsewhere(session, held))] : staying);
  session.bench.awaitsRestart = false;
  return [...failed, ...judged.map((each) => masked(session, each))];
}

const asSent = (each: SetAgain): SetAgain => ({
  ...each,
  reply: {
    ...each.reply,
    ...each.lab.membersForAll(each.sent.map(([subject, value]) => [subject, expected(subject, { value, before: each.reply })])),
  },
});

const heldOf = ({ identity, lab }: SetAgain): readonly Held[] => (identity === null ? [] : [{ identity, lab }]);

async function setAll(held: readonly Held[]): Promise<readonly SetAgain[]> {
  const set: SetAgain[] = [];
  for (const { identity, lab } of held) {
    const batch = await orNothing(async () => {
      await lab.read();
      await turnGovernors(lab);
      const { values, companions } = await otherValues(lab);
      return { ...(await lab.attempt({ ...lab.membersForAll(values), ...companions })), sent: values };
    });
    if (batch !== null) set.push(setAgain(identity, lab, batch));
  }
  return set;
}

const setAgain = (identity: CheckIdentity | null, lab: SettingsLab, { reply, exchange, sent }: Sent): SetAgain => ({
  identity,
  lab,
  sent,
  subjects: whole(lab),
  reply,
  exchange,
});

/** What has a value of its own, and applies. */
const whole = (lab: SettingsLab): readonly Subject[] =>
  lab.changeable().filter(({ kind, top }) => (kind === 'plain' || kind === 'element') && lab.applies(top));

/** A switch that others stand under is put to something else and back: as it was they apply, and it was changed last. */
async function turnGovernors(lab: SettingsLab): Promise<void> {
  for (const subject of lab.changeable().filter(({ kind, top }) => kind === 'plain' && lab.isGovernor(top) && lab.applies(top))) {
    const trip = await lab.goodRoundTrip(subject);
    const [other] = trip === null ? [] : lab.candidates(subject);
    if (other === undefined) continue;
    const now = shownValue(subject, lab.current);
    await lab.write({ ...lab.membersFor(subject, other.value), ...other.companions });
    await lab.attempt(lab.membersFor(subject, now));
  }
}

/** What a camera does not take, or does not answer, says nothing of what stays. */
async function orNothing(attempt: () => Promise<Sent>): Promise<Sent | null> {
  try {
    const batch = await attempt();
    return batch.outcome.kind === 'done' ? batch : null;
  } catch (error) {
    if (error instanceof Skipped || error instanceof NonConformance || error instanceof NoReply) return null;
    throw error;
  }
}

/** Where a restart is looked at by itself, sections that were not selected are given something to lose, as far as they take it. */
async function setElsewhere({ bench }: Session, held: readonly Held[]): Promise<readonly SetAgain[]> {
  const known = new Set(held.map(({ lab }) => lab.part.get));
  const set: SetAgain[] = [];
  for (const part of settableParts(bench.sections)) {
    if (part.set === undefined || known.has(part.get) || !bench.camera.allows(part.hazards ?? [])) continue;
    for (const instance of instancesOf(part)) {
      const lab = bench.lab(part, instance);
      const batch = (await orNothing(() => setToAnother(lab, false))) ?? (await orNothing(() => setToAnother(lab, true)));
      if (batch !== null) set.push(setAgain(null, lab, batch));
    }
  }
  return set;
}

/** Each parameter by itself has another value; `isCertain`: one that the document promises to be taken. */
async function setToAnother(lab: SettingsLab, isCertain: boolean): Promise<Sent> {
  await lab.opening();
  await lab.settable();
  await lab.fresh();
  const values = lab.changeable().flatMap((subject): (readonly [Subject, unknown])[] => {
    if (subject.kind !== 'plain' || !lab.applies(subject.top) || lab.isGovernor(subject.top)) return [];
    const candidate = lab.candidates(subject).find(({ certain, companions }) => (certain || !isCertain) && Object.keys(companions).length === 0);
    return candidate === undefined ? [] : [[subject, candidate.value]];
  });
  if (values.length === 0) throw new Skipped('not-testable', `nothing of ${lab.part.get} can be set to something else`);
  return { ...(await lab.attempt(lab.membersForAll(values))), sent: values };
}

async function lostBy({ camera }: Session, set: readonly SetAgain[]): Promise<ReadonlyMap<SetAgain, readonly Finding[]>> {
  const lost = new Map<SetAgain, readonly Finding[]>();
  if (set.length === 0) return lost;
  await camera.pause(Math.max(camera.options.holdingMs ?? DEFAULT_HOLDING_MS, HOLDING * camera.settling.limitMs));
  for (const each of set) {
    const findings = goneFrom(each.subjects, each.reply, await each.lab.read());
    if (findings.length > 0) lost.set(each, findings);
  }
  return lost;
}

/** Told by the check of the restart where that was selected, else by those of the sets. */
async function behindRestart({ camera, bench }: Session, set: readonly SetAgain[]): Promise<readonly Judged[]> {
  if (set.length === 0 && !bench.awaitsRestart) return [];
  const before = set.map((each) => ({ each, reply: each.lab.current }));
  try {
    const { outcome } = await restart(camera, () => undefined);
    const lost: { readonly identity: CheckIdentity | null; readonly findings: readonly Finding[] }[] = [];
    for (const { each, reply } of before) {
      const { lab, subjects, identity } = each;
      const findings = goneFrom(subjects, reply, await lab.read()).map(({ documented, received }) => ({
        documented: `${documented}, behind a restart`,
        received: `${received} (${lab.part.get})`,
      }));
      if (findings.length > 0) lost.push({ identity, findings });
    }
    const failed = (identity: CheckIdentity, findings: readonly Finding[]): Judged =>
      against(identity, new NonConformance(findings, outcome.answer.exchange));
    if (!bench.awaitsRestart) return lost.flatMap(({ identity, findings }) => (identity === null ? [] : [failed(identity, findings)]));
    const all = lost.flatMap(({ findings }) => findings);
    return [all.length > 0 ? failed(RESTART_SURVIVAL, all) : result(RESTART_SURVIVAL, { verdict: 'pass' })];
  } catch (error) {
    if (error instanceof NonConformance) return bench.awaitsRestart ? [against(RESTART_SURVIVAL, error)] : [];
    throw error;
  }
}

function masked({ camera }: Session, judged: Judged): Judged {
  const shown = (text: string): string => camera.client.withoutSecrets(text);
  return {
    ...judged,
    message: judged.message === null ? null : shown(judged.message),
    findings: judged.findings.map((each) => ({ ...each, documented: shown(each.documented), received: shown(each.received) })),
  };
}
