/** Runs one check and turns what it threw into a verdict. Only `NonConformance` speaks against the camera. */
import type { Camera } from '../camera/camera.ts';
import { isThere } from '../camera/is-there.ts';
import { AccountLocked } from '../camera/log-ins.ts';
import { poll } from '../camera/poll.ts';
import { QUESTIONS } from '../camera/questions.ts';
import type { CheckIdentity } from '../checks/check.ts';
import { skippedFor } from '../checks/held-back.ts';
import { errataAbout } from '../document/errata/index.ts';
import { offTheRecord } from '../evidence/tape.ts';
import { HeldBack } from '../gate/objection.ts';
import { errorSentence, NoReply } from '../http/client.ts';
import { JournalError } from '../restore/journal.ts';
import { NoWayBack } from '../restore/no-way-back.ts';
import { causedBy, finding, NonConformance, Skipped } from '../results/finding.ts';
import { formatNotAllowed } from '../results/not-allowed.ts';
import { messageOf } from '../results/results.ts';
import { OF_CGI } from '../results/untested.ts';
import { waiverFor } from '../results/waiver.ts';
import { NoWordsFor } from '../wire/dialect.ts';
import { isAgainstCamera, type Judged } from './judged.ts';
import { secondLook } from './second-look.ts';
import type { Session } from './session.ts';
import { AnotherCamera } from './vital-signs.ts';

export async function judge(identity: CheckIdentity, session: Session, run: () => Promise<void>): Promise<Judged> {
  const attempted = await judgeTwice(identity, session, run);
  const { message } = attempted;
  const shown = (text: string): string => session.camera.client.withoutSecrets(text);
  const waiver = attempted.verdict === 'fail' ? waiverFor(identity, session.waivers) : undefined;
  const judged = {
    ...attempted,
    message: message === null ? null : shown(message),
    findings: attempted.findings.map((each) => ({ ...each, documented: shown(each.documented), received: shown(each.received) })),
    ...(waiver === undefined ? {} : { waiver }),
  };
  // Whoever depends on a check that another one blocks depends on what it found all the same.
  session.verdicts.set(identity.id, judged.verdict);
  const told = session.causes.judge(identity, judged);
  session.ran = [...session.ran, { identity, run, verdict: told.verdict, skipReason: told.skipReason }];
  if (told.verdict !== 'skip') noteErrata(identity, session);
  return told;
}

/** What no other hand at the camera can have done. */
const certain = new WeakSet<Judged>();

async function judgeTwice(identity: CheckIdentity, session: Session, run: () => Promise<void>): Promise<Judged> {
  const judged = await attempt(identity, session, run);
  if (!isAgainstCamera(judged) || certain.has(judged)) return judged;
  try {
    return await secondLook(identity, session, judged, () => attempt(identity, session, run, true));
  } catch (error) {
    if (error instanceof AnotherCamera) return beforeAnother(identity, session, run, error);
    throw error;
  }
}

async function attempt(identity: CheckIdentity, session: Session, run: () => Promise<void>, isRepeated = false): Promise<Judged> {
  try {
    mayRun(identity, session);
    if (!isRepeated) {
      session.ledger.takeOtherwise();
      await offTheRecord(() => session.vitals.begin(identity.id));
    }
    await run();
    return result(identity, { verdict: 'pass' });
  } catch (error) {
    if (error instanceof Skipped) return skipped(identity, error);
    if (error instanceof NoWordsFor) return skipped(identity, new Skipped('not-testable', error.message));
    if (error instanceof NoWayBack) return result(identity, { verdict: 'skip', skipReason: 'blocked', message: error.message });
    if (error instanceof HeldBack) return skipped(identity, skippedFor(error));
    if (error instanceof AccountLocked) {
      if (!error.isOver) session.fault = error.message;
      return skipped(identity, new Skipped(error.isOver ? 'not-testable' : 'blocked', error.message));
    }
    if (error instanceof NonConformance) {
      const judged = against(identity, error);
      if (error.isCertain) certain.add(judged);
      return judged;
    }
    if (error instanceof JournalError) {
      session.fault = error.message;
      return result(identity, { verdict: 'skip', skipReason: 'blocked', message: session.fault });
    }
    if (error instanceof NoReply) return withoutReply(identity, session, isRepeated ? null : run, error);
    if (error instanceof AnotherCamera) return beforeAnother(identity, session, isRepeated ? null : run, error);
    return result(identity, {
      verdict: 'error',
      message: `Could not judge: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    });
  }
}

const skipped = (identity: CheckIdentity, { reason, message }: Skipped): Judged => result(identity, { verdict: 'skip', skipReason: reason, message });

function noteErrata({ place, action, parameter }: CheckIdentity, { errata }: Session): void {
  for (const id of errataAbout(place, [action, parameter])) errata.add(id);
}

/** Throws `Skipped` when a check must not run or could prove nothing. */
function mayRun({ hazards, after, ofCgi }: CheckIdentity, { camera, fault, settings, verdicts }: Session): void {
  if (fault !== null) throw new Skipped('blocked', fault);
  if (ofCgi && settings.api !== 'cgi') throw new Skipped('not-testable', OF_CGI);
  const missing = hazards.filter((hazard) => !camera.allows([hazard]));
  if (missing.length > 0) throw new Skipped('not-allowed', formatNotAllowed(missing));
  const failed = after.find((id) => ['fail', 'warn', 'error'].includes(verdicts.get(id) ?? 'pass'));
  if (failed !== undefined) throw new Skipped('blocked', `proves nothing as long as ${failed} fails`);
}

export function against(identity: CheckIdentity, { findings, exchange, isDoubtful }: NonConformance): Judged {
  const level = isDoubtful && identity.level === 'must' ? 'should' : identity.level;
  return result(identity, { level, verdict: level === 'must' ? 'fail' : 'warn', message: messageOf(findings), findings, exchange });
}

/**
 * No reply to one request of a camera that answers others is a finding. One that went away is waited for, and the check repeated
 * once when it is back; one that goes away again each time fails, and one that stays away ends the run.
 */
async function withoutReply(identity: CheckIdentity, session: Session, run: (() => Promise<void>) | null, error: NoReply): Promise<Judged> {
  if (await answers(session.camera)) {
    session.camera.noteUnanswered(error);
    const action = new URL(error.exchange.url).searchParams.get('action') ?? new URL(error.exchange.url).pathname;
    const found = finding('an answer to the request', error.message);
    return against(identity, new NonConformance([causedBy(`${action} is not answered`, found)], error.exchange));
  }
  const { timeoutMs, awayMs } = session.settings;
  const away = performance.now();
  if ((await poll(awayMs, () => isThere(session.camera, timeoutMs))) !== null) {
    const awayS = ((performance.now() - away) / 1000).toFixed(1);
    session.notices.add(`The camera went away ${during(identity, session)} and answered again ${awayS} s later: it restarted, or the network did.`);
    if (run !== null) return repeated(identity, session, run);
    return against(identity, new NonConformance([finding('an answer to the request', 'the camera went away, twice, and came back')], error.exchange));
  }
  session.fault = `The camera stopped answering. ${errorSentence(error, session.camera.options.baseUrl)}`;
  return result(identity, { verdict: 'skip', skipReason: 'blocked', message: session.fault });
}

/** Nothing more is sent to a camera that is not the one of the beginning, which is waited for. */
async function beforeAnother(identity: CheckIdentity, session: Session, run: (() => Promise<void>) | null, error: AnotherCamera): Promise<Judged> {
  const seen = `${error.message} It was noticed ${during(identity, session)}.`;
  session.bench.envelopes.forget();
  if (run !== null && (await poll(session.settings.awayMs, async () => ((await session.vitals.isBack()) ? true : null))) !== null) {
    session.notices.add(`${seen} The first one answered again later, and the check was repeated.`);
    return repeated(identity, session, run);
  }
  session.fault = `${seen} Nothing more was sent to it.`;
  return result(identity, { verdict: 'skip', skipReason: 'blocked', message: session.fault });
}

function repeated(identity: CheckIdentity, session: Session, run: () => Promise<void>): Promise<Judged> {
  session.bench.forgetReadings();
  return attempt(identity, session, run, true);
}

/** Names the check, and the one before it: what that one did may show late. */
function during({ id }: CheckIdentity, { vitals }: Session): string {
  const [before] = vitals.begun.filter((begun) => begun !== id).slice(-1);
  return `during ${id}${before === undefined ? '' : `, after ${before}`}`;
}

async function answers(camera: Camera): Promise<boolean> {
  for (const action of QUESTIONS) {
    try {
      await camera.call(action, null);
      return true;
    } catch (error) {
      if (!(error instanceof NoReply)) throw error;
    }
  }
  return false;
}

export const result = (identity: CheckIdentity, outcome: Partial<Judged> & Pick<Judged, 'verdict'>): Judged => ({
  id: identity.id,
  section: identity.place,
  action: identity.action,
  parameter: identity.parameter,
  title: identity.title,
  level: identity.level,
  skipReason: null,
  message: null,
  findings: [],
  exchange: null,
  ...outcome,
});
