/**
 * After each suite: is it the same camera still, and did it run on? What ran while its clock jumped ran on a camera that may have
 * restarted, or that somebody set otherwise: those checks are repeated.
 */
import { poll } from '../camera/poll.ts';
import { NoReply } from '../http/client.ts';
import { judgeOnTape } from './judge-on-tape.ts';
import { isAgainstCamera, type Judged } from './judged.ts';
import { isRepeatable } from './second-look.ts';
import type { RanCheck, Session } from './session.ts';
import { AnotherCamera, type ClockJump } from './vital-signs.ts';

/** What the repeated checks found. `isWhole`: the suite was not ended before its end, so that there is time to repeat something. */
export async function lookBack(session: Session, isWhole: boolean): Promise<readonly Judged[]> {
  const { vitals, ran } = session;
  if (session.fault !== null || ran.length === 0) return [];
  try {
    await vitals.look();
    const jumps = vitals.takeJumps();
    if (jumps.length === 0) return [];
    const concerned = isWhole ? concernedBy(session, jumps) : [];
    for (const jump of jumps) session.notices.add(formatJump(session, jump, concerned.length));
    session.foreign.isToldOf = true;
    return await repeatAll(session, concerned);
  } catch (error) {
    if (error instanceof NoReply) return [];
    if (!(error instanceof AnotherCamera)) throw error;
    await awaitReturn(session, error);
    return [];
  }
}

/** The checks that ran between the last reading that was right and the first that was not. */
function concernedBy({ vitals, ran }: Session, jumps: readonly ClockJump[]): readonly RanCheck[] {
  const ids = new Set(jumps.flatMap(({ from, to }) => vitals.begun.slice(Math.max(0, from - 1), to)));
  return ran.filter(
    ({ identity, skipReason }) => ids.has(identity.id) && isRepeatable(identity) && (skipReason === null || skipReason === 'blocked'),
  );
}

async function repeatAll(session: Session, concerned: readonly RanCheck[]): Promise<readonly Judged[]> {
  if (concerned.length === 0) return [];
  await session.keeper.putBackForNow();
  session.bench.startOver();
  const judged: Judged[] = [];
  for (const { identity, run } of concerned) judged.push((await judgeOnTape(identity, session, run)).judged);
  await session.vitals.look();
  const jumps = session.vitals.takeJumps();
  if (jumps.length === 0) return judged;
  for (const jump of jumps) session.notices.add(formatJump(session, jump, 0));
  const message = 'the clock of the camera jumped while this check ran, and again while it was repeated';
  return judged.map((each) => (isAgainstCamera(each) ? { ...each, verdict: 'skip', skipReason: 'blocked', message, exchange: null } : each));
}

function formatJump({ vitals }: Session, { seconds, from, to, isNtp }: ClockJump, repeated: number): string {
  const [first = 'the beginning of the run', last = 'its first check'] = [vitals.begun[from - 1], vitals.begun[to - 1]];
  const where = first === last ? `during or after ${last}` : `between ${first} and ${last}`;
  const server = isNtp ? ', or its time server did' : '';
  const again =
    repeated === 0 ? '' : ` ${repeated === 1 ? 'The check' : `The ${repeated} checks`} in question ${repeated === 1 ? 'was' : 'were'} repeated.`;
  return `The clock of the camera jumped by ${seconds} s ${where}: it restarted by itself, or something else set its clock${server}.${again}`;
}

/** Nothing is put back into another camera. */
async function awaitReturn(session: Session, error: AnotherCamera): Promise<void> {
  const seen = `${error.message} It was noticed after ${session.vitals.begun.at(-1)}.`;
  session.bench.envelopes.forget();
  const back = await poll(session.settings.awayMs, async () => ((await session.vitals.isBack()) ? true : null));
  if (back === null) session.fault = `${seen} Nothing more was sent to it.`;
  else session.notices.add(`${seen} The first one answered again later.`);
}
