/**
 * Runs what somebody made who had not read the checks: a trait by the sections that come across it, a camera drawn from all freedoms by
 * everything; and looks whether anything is held against it that should not be.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { DEFAULT_SETTLING_MS } from '../camera/settling.ts';
import { counted } from '../checks/quantities.ts';
import { drawnCamera } from '../emulator/freedoms/index.ts';
import type { BlindTrait } from '../emulator/traits/blind/blind-trait.ts';
import { BLIND_TRAITS } from '../emulator/traits/blind/index.ts';
import { loadSuites } from '../execution/load-suites.ts';
import { type Complained, complaintsAbout, inSections, type Pace, suitesOf } from './judge-camera.ts';

export interface GoodResult {
  readonly id: string;
  /** what is said of it, with the message */
  readonly found: readonly Complained[];
  /** why that is not what it deserves; null: it is */
  readonly wrong: string | null;
  readonly durationMs: number;
}

/** As in a run of the command: cameras that take their time are given it. */
const IN_REAL_TIME: Pace = { settlingMs: DEFAULT_SETTLING_MS, sleep: (ms) => pause(ms) };

export async function runBlindTrait(id: string): Promise<GoodResult> {
  const trait = BLIND_TRAITS.find((each) => each.id === id);
  if (trait === undefined) throw new Error(`Could not find the trait ${id}.`);
  const startedAt = Date.now();
  const environment = { CAMERA_SECTIONS: trait.sections.join(',') };
  const found = await complaintsAbout(
    { quirks: [id] },
    await suitesOf(trait),
    inSections(trait, () => true),
    { ...IN_REAL_TIME, environment },
  ).catch(broken);
  return { id, found, wrong: judgedAgainst(trait, found), durationMs: Date.now() - startedAt };
}

/** `drawn-1-07` or `brisk-1-07`: its seed and its number. */
export async function runDrawn(id: string): Promise<GoodResult> {
  const camera = drawnCamera(id);
  if (camera === undefined) throw new Error(`Could not find the camera ${id}.`);
  const startedAt = Date.now();
  const found = await complaintsAbout(camera.options, await loadSuites(), () => true, IN_REAL_TIME).catch(broken);
  return { id, found, wrong: judgedAgainst({ expects: 'at-most-warn' }, found), durationMs: Date.now() - startedAt };
}

const broken = (error: unknown): readonly Complained[] => [
  { complaint: `error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`, message: null },
];

const isCheck = ({ complaint }: Complained): boolean => /^(warn )?[a-z0-9-]+\/\S+$/.test(complaint);
const isWarning = ({ complaint }: Complained): boolean => complaint.startsWith('warn ');

/** What is not as it has to be, in words. */
export function judgedAgainst({ expects, findings = 1 }: Pick<BlindTrait, 'expects' | 'findings'>, found: readonly Complained[]): string | null {
  const warned = found.filter((each) => isCheck(each) && isWarning(each)).length;
  const failed = found.filter((each) => isCheck(each) && !isWarning(each)).length;
  const others = found.filter((each) => !isCheck(each)).length;
  const wanted = (isMet: boolean, what: string): string | null =>
    isMet ? null : `${what}, and not ${failed} failures, ${warned} warnings, ${others} others`;
  switch (expects) {
    case 'nothing':
      return wanted(found.length === 0, 'nothing');
    case 'at-most-warn':
      return wanted(failed + others === 0, 'warnings at most');
    case 'warn':
      return wanted(warned === findings && failed + others === 0, counted(findings, 'warning'));
    case 'fail':
      return wanted(failed === findings && warned + others === 0, counted(findings, 'failure'));
    case 'named':
      return wanted(failed === 0 && found.some(({ complaint }) => complaint.startsWith('left modified')), 'no failure, and what is left modified');
  }
}
