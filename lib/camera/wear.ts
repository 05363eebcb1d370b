/** What a run costs a camera that keeps its settings in flash: each write, each restart, each log-in is counted. */
import { SECTIONS } from '../document/index.ts';
import type { Hazard } from '../document/notation.ts';
import type { Outcome } from './outcome.ts';

export interface Wear {
  /** requests that the camera carried out and that store something: sets, password, files, formatting, reset */
  writes: number;
  /** restarts that it carried out */
  reboots: number;
  /** requests to an action: each carries credentials, and the camera checks them */
  logIns: number;
}

/** Hazards of commands that store something. */
const STORING: readonly Hazard[] = ['password', 'files', 'format', 'reset'];

const actionsOf = (stores: (hazards: readonly Hazard[]) => boolean): readonly string[] =>
  SECTIONS.flatMap(({ parts }) => parts).flatMap((part) => (part.kind === 'command' && stores(part.hazards) ? [part.action] : []));

const WRITES: ReadonlySet<string> = new Set([
  ...SECTIONS.flatMap(({ parts }) => parts).flatMap((part) => (part.kind === 'settings' && part.set !== undefined ? [part.set] : [])),
  ...actionsOf((hazards) => hazards.some((hazard) => STORING.includes(hazard))),
]);
const REBOOTS: ReadonlySet<string> = new Set(actionsOf((hazards) => hazards.includes('reboot')));

export const isWrite = (action: string): boolean => WRITES.has(action);
export const isReboot = (action: string): boolean => REBOOTS.has(action);

export function countWear(wear: Wear, action: string, { kind }: Outcome): void {
  wear.logIns += 1;
  if (kind !== 'done') return;
  if (isWrite(action)) wear.writes += 1;
  if (isReboot(action)) wear.reboots += 1;
}
