/**
 * `npm run conformance -- --plan`: every write, command and restart that a run with these settings would send, by section. Nothing
 * is sent to the camera: the run is made against an embedded one that has everything the document knows, and its requests are counted.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isReboot, isWrite } from '../camera/wear.ts';
import { SECTIONS } from '../document/index.ts';
import { HAZARDS } from '../document/notation.ts';
import { TELNET_PATH } from '../document/sections/02-telnet.ts';
import { forkEmulator } from '../emulator/process.ts';
import type { LoggedRequest } from '../emulator/request-log.ts';
import { CONFIGURATION, type Configuration, type Environment } from '../execution/configuration.ts';
import { Screen } from '../report/terminal/screen.ts';

/** One action of a plan. */
export interface Planned {
  readonly action: string;
  /** of the section that documents it, `12, 16` where several share it */
  readonly sections: string;
  readonly title: string;
  readonly kind: 'write' | 'command' | 'reboot';
  readonly count: number;
  /** those that a good camera carries out; the others are illegal on purpose */
  readonly carriedOut: number;
}

/** Runs what is planned, against an embedded camera. */
export async function plan(settings: Configuration): Promise<readonly Planned[]> {
  const folder = mkdtempSync(join(tmpdir(), 'plan-'));
  const { user, password } = settings;
  const emulator = await forkEmulator({ model: 'full', requestLog: true, user, password });
  try {
    const environment: Environment = { CAMERA_URL: emulator.url, CAMERA_RTSP_URL: '', CAMERA_WRITE_INTERVAL_MS: '', REPORTS_DIR: folder };
    // The suites run in vitest's worker and read their settings from the environment.
    Object.assign(process.env, environment, {
      [CONFIGURATION.allow.variable]: [...settings.allow].join(','),
      [CONFIGURATION.check.variable]: settings.check.join(','),
    });
    const { runSuites } = await import('../runner/run-suites.ts');
    const own: Configuration = { ...settings, url: new URL(emulator.url), reportsDir: folder };
    await runSuites({ settings: own, screen: new Screen({ write: () => undefined }, {}), waivers: [], today: '', withoutReport: null }, null);
    return plannedOf(await emulator.requests());
  } finally {
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What changes something, by action, in the order of the document. */
export function plannedOf(requests: readonly LoggedRequest[]): readonly Planned[] {
  return documented().flatMap(({ action, wire, sections, title }) => {
    const own = requests.filter((request) => request.action === wire);
    if (own.length === 0) return [];
    const kind = isReboot(action) ? 'reboot' : isWrite(action) ? 'write' : 'command';
    const carriedOut = own.filter(({ result }) => result === 0 || wire !== action).length;
    return [{ action, sections, title, kind, count: own.length, carriedOut } as const];
  });
}

/** Every action that sets or does something, once. `wire`: as the camera's log calls it. */
function documented(): readonly { action: string; wire: string; sections: string; title: string }[] {
  const found = new Map<string, { numbers: Set<number>; titles: Set<string> }>();
  for (const { number, title, parts } of SECTIONS) {
    for (const part of parts) {
      const action = part.kind === 'settings' ? part.set : part.hazards.length > 0 ? part.action : undefined;
      if (action === undefined) continue;
      const known = found.get(action) ?? { numbers: new Set(), titles: new Set() };
      found.set(action, { numbers: known.numbers.add(number), titles: known.titles.add(title) });
    }
  }
  return [...found].map(([action, { numbers, titles }]) => ({
    action,
    wire: action === 'telnet' ? TELNET_PATH : action,
    sections: [...numbers].join(', '),
    title: [...titles].join(', '),
  }));
}

export function formatPlan(planned: readonly Planned[], settings: Configuration): string {
  const width = Math.max(...planned.map(({ action }) => action.length), 0);
  const lines = planned.flatMap((each, index) => {
    const heading = planned[index - 1]?.sections === each.sections ? [] : [`${each.sections}  ${each.title}`];
    const illegal = each.count - each.carriedOut;
    const rest = illegal === 0 ? '' : `, ${illegal} of them illegal on purpose`;
    return [...heading, `    ${each.action.padEnd(width)}  ${NOUNS[each.kind](each.count)}${rest}`];
  });
  const total = (kind: Planned['kind']): number => planned.filter((each) => each.kind === kind).reduce((sum, { count }) => sum + count, 0);
  const left = HAZARDS.filter((hazard) => !settings.allow.has(hazard));
  return [
    `A run against ${settings.url?.href ?? 'the embedded camera'} with these settings sends, if the camera offers everything in the document:`,
    '',
    ...(lines.length > 0 ? lines : ['nothing that changes anything']),
    '',
    `In all ${NOUNS.write(total('write'))}, ${NOUNS.command(total('command'))} and ${NOUNS.reboot(total('reboot'))}; what was set before is set again after each section.`,
    left.length === 0 ? 'Every hazard is allowed.' : `Hazards that are not allowed, so that nothing of theirs is sent: ${left.join(', ')}.`,
    'Nothing was sent to the camera.',
  ].join('\n');
}

const plural = (noun: string) => (count: number) => `${count} ${noun}${count === 1 ? '' : 's'}`;
const NOUNS = { write: plural('write'), command: plural('command'), reboot: plural('restart') } as const;
