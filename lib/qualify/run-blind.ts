/** Plants one defect that was written blindly, and looks whether the checks of the clause that it breaks notice. */
import { SECTIONS } from '../document/index.ts';
import type { Section } from '../document/notation.ts';
import { isSettable } from '../document/row-value.ts';
import { type BlindDefect, type Now, sectionOfBlind } from '../emulator/defects/blind/blind-defect.ts';
import type { EmulatorOptions } from '../emulator/emulator.ts';
import { withEmulatedSession } from '../execution/emulated-session.ts';
import { runChecks } from '../execution/executor.ts';
import type { Judged } from '../execution/judged.ts';
import { lateLook } from '../execution/late-look.ts';
import type { Suite } from '../execution/suite.ts';
import { IMPATIENT, introductionFor, neighbourhood, suiteOf } from './run-defect.ts';

/** `caught`: by a check that covers the clause. `elsewhere`: only by others of its section. `missed`: by none. */
export interface BlindResult {
  readonly id: string;
  readonly result: 'caught' | 'elsewhere' | 'missed';
  /** the gravest that was said; null: nothing */
  readonly verdict: 'fail' | 'warn' | null;
  /** ids of the checks that failed or warned, and do not with a good camera */
  readonly seenBy: readonly string[];
  /** what the suite itself could not do, which is never as it should be */
  readonly errors: readonly string[];
}

export async function runBlind(defect: BlindDefect): Promise<BlindResult> {
  try {
    return await judgeBlind(defect);
  } catch (error) {
    return { id: defect.id, result: 'missed', verdict: null, seenBy: [], errors: [error instanceof Error ? error.message : String(error)] };
  }
}

async function judgeBlind(defect: BlindDefect): Promise<BlindResult> {
  const suite = await suiteOf(sectionOfBlind(defect));
  const covering = suite.checks.filter(({ identity }) => identity.covers.includes(defect.breaks)).map(({ identity }) => identity.id);
  const known = new Set(await complaintsOfGood(suite));
  const judged = async (wanted: readonly string[] | null): Promise<BlindResult> => {
    const complaints = (await judgedWith(defect, suite, wanted)).filter(({ id }) => !known.has(id));
    const against = complaints.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn');
    return {
      id: defect.id,
      result: against.some(({ id }) => covering.includes(id)) ? 'caught' : against.length > 0 ? 'elsewhere' : 'missed',
      verdict: against.some(({ verdict }) => verdict === 'fail') ? 'fail' : against.length > 0 ? 'warn' : null,
      seenBy: against.map(({ id }) => id),
      errors: complaints.filter(({ verdict }) => verdict === 'error').map(({ id, message }) => `${id}: ${message}`),
    };
  };
  const direct = covering.length === 0 ? null : await judged(covering);
  // The checks alone may lack what another one prepares.
  return direct?.result === 'caught' ? direct : judged(null);
}

const good = new Map<string, Promise<readonly string[]>>();

/** Ids of the checks that say something about a camera without any defect, of each section once. */
function complaintsOfGood(suite: Suite): Promise<readonly string[]> {
  const known = good.get(suite.section.slug) ?? persistent(suite);
  good.set(suite.section.slug, known);
  return known;
}

/** What a busy computer made a check say once is not said again when that check runs by itself. */
async function persistent(suite: Suite): Promise<readonly string[]> {
  let known: readonly string[] | null = null;
  for (let turn = 0; turn < 3 && known?.length !== 0; turn += 1) {
    const judged: readonly Judged[] = await judgedWith(null, suite, known);
    known = judged.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'skip').map(({ id }) => id);
  }
  return known ?? [];
}

function judgedWith(defect: BlindDefect | null, suite: Suite, wanted: readonly string[] | null): Promise<readonly Judged[]> {
  const clock = skippingClock();
  const emulator: EmulatorOptions = defect?.plant(clock.now) ?? {};
  return withEmulatedSession(
    {
      emulator,
      environment: IMPATIENT,
      sections: namesakes(suite.section),
      introduction: introductionFor(suite.section),
      sleep: clock.sleep,
    },
    async (session) => {
      const judged = await runChecks(suite, session, wanted);
      // As a run ends: what goes back, or is lost by a restart, shows then.
      return wanted === null ? [...judged, ...(await lateLook(session))] : judged;
    },
  );
}

/** The neighbourhood, and the sections in which a value may be stored that is meant for this one; all, where a command is about all of them. */
function namesakes(section: Section): readonly Section[] {
  if (section.parts.some((part) => part.kind === 'command' && part.hazards.some((hazard) => ['reboot', 'reset'].includes(hazard)))) return SECTIONS;
  const near = neighbourhood(section);
  const own = new Set(settableNames(section));
  return SECTIONS.filter((other) => near.includes(other) || settableNames(other).some((name) => own.has(name)));
}

const settableNames = ({ parts }: Section): readonly string[] =>
  parts.flatMap((part) => (part.kind === 'settings' && part.set !== undefined ? part.rows.filter(isSettable).map(({ name }) => name) : []));

/** A clock on which what is slept is skipped: a value that goes back after some seconds does so for who waits for them. */
function skippingClock(): { readonly now: Now; readonly sleep: (ms: number) => Promise<void> } {
  let skipped = 0;
  return {
    now: () => performance.now() + skipped,
    sleep: async (ms) => {
      skipped += ms;
    },
  };
}
