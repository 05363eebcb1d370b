/**
 * At the end of a run everything that its sections could set is set once more to something else, left alone for a while, and read again;
 * where a restart is allowed, also behind one. One wait and one restart serve all sections: a value that goes back after some seconds, and
 * one that is lost by a restart, are found without a pause in any of them.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { restart } from '../checks/actions/restart.ts';
import type { Held } from '../checks/bench.ts';
import { goneFrom, type OtherValues, otherValues } from '../checks/isolation/isolation-checks.ts';
import { RESTART_SURVIVAL } from '../checks/isolation/restart-survival.ts';
import type { Batch } from '../checks/sets/settings-lab.ts';
import { offTheRecord } from '../evidence/tape.ts';
import { NoReply } from '../http/client.ts';
import { type Finding, NonConformance, Skipped } from '../results/finding.ts';
import type { Judged } from './judged.ts';
import type { Session } from './session.ts';
import { against, result } from './verdict.ts';

/** What settled stays: looked at behind twice the time in which a change may settle. */
const HOLDING = 2;

interface SetAgain {
  readonly held: Held;
  readonly others: OtherValues;
  readonly batch: Batch;
}

/** Verdicts that stand in for those of the sections. The values stay set: whoever asks puts everything back. */
export function lateLook(session: Session): Promise<readonly Judged[]> {
  const { bench, verdicts, fault } = session;
  const held = [...bench.held.values()].filter(({ identity }) => verdicts.get(identity.id) === 'pass');
  bench.held.clear();
  if (fault !== null || held.length === 0) return Promise.resolve([]);
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
  // Another hand hardly ever hits the same twice.
  const again = suspects.size === 0 ? suspects : await lostBy(session, await setAll([...suspects.keys()].map((each) => each.held)));
  const failed = [...again].map(
    ([
      {
        held: { identity },
        batch,
      },
      findings,
    ]) => masked(session, against(identity, new NonConformance(findings, batch.exchange))),
  );
  if (!session.bench.awaitsRestart) return failed;
  session.bench.awaitsRestart = false;
  return [
    ...failed,
    masked(
      session,
      await behindRestart(
        session,
        set.filter(({ held: one }) => ![...again.keys()].some((each) => each.held === one)),
      ),
    ),
  ];
}

async function setAll(held: readonly Held[]): Promise<readonly SetAgain[]> {
  const set: SetAgain[] = [];
  for (const one of held) {
    const { lab } = one;
    try {
      await lab.read();
      const others = await otherValues(lab);
      const batch = await lab.attempt({ ...lab.membersForAll(others.values), ...others.companions });
      if (batch.outcome.kind === 'done') set.push({ held: one, others, batch });
    } catch (error) {
      if (!(error instanceof Skipped || error instanceof NonConformance || error instanceof NoReply)) throw error;
    }
  }
  return set;
}

async function lostBy({ camera }: Session, set: readonly SetAgain[]): Promise<ReadonlyMap<SetAgain, readonly Finding[]>> {
  await pause(HOLDING * camera.settling.limitMs);
  const lost = new Map<SetAgain, readonly Finding[]>();
  for (const each of set) {
    const findings = goneFrom(each.others.values, each.batch.reply, await each.held.lab.read());
    if (findings.length > 0) lost.set(each, findings);
  }
  return lost;
}

async function behindRestart({ camera }: Session, set: readonly SetAgain[]): Promise<Judged> {
  try {
    const before: { readonly each: SetAgain; readonly reply: Batch['reply'] }[] = [];
    for (const each of set) before.push({ each, reply: await each.held.lab.read() });
    const outcome = await restart(camera, () => undefined);
    const findings: Finding[] = [];
    for (const { each, reply } of before) {
      const { lab } = each.held;
      const gone = goneFrom(each.others.values, reply, await lab.read());
      findings.push(
        ...gone.map(({ documented, received }) => ({ documented: `${documented}, behind a restart`, received: `${received} (${lab.part.get})` })),
      );
    }
    if (findings.length > 0) return against(RESTART_SURVIVAL, new NonConformance(findings, outcome.answer.exchange));
    return result(RESTART_SURVIVAL, { verdict: 'pass' });
  } catch (error) {
    if (error instanceof NonConformance) return against(RESTART_SURVIVAL, error);
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
