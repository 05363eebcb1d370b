/**
 * `npm run conformance -- --plan`: what a run with these settings would send to this camera, by section, and what of it needs a hazard to be
 * allowed. Of the camera only its gets are read; the run is rehearsed on an embedded one that shows the same.
 */
import { isReboot, isWrite } from '../camera/wear.ts';
import { SECTIONS } from '../document/index.ts';
import { HAZARDS, type Hazard } from '../document/notation.ts';
import { TELNET_PATH } from '../document/sections/02-telnet.ts';
import type { Configuration } from '../execution/configuration.ts';
import { type Rehearsal, type Rehearsed, readShown, rehearse, showing } from '../execution/rehearsal.ts';
import { HAZARD_WORDS } from '../report/statement/hazards.ts';
import { parseNotAllowed, reasonNotAllowed } from '../results/not-allowed.ts';
import { printable } from '../wire/printable.ts';

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

/** What comes of one hazard, by action. */
export interface PlannedHazard {
  readonly hazard: Hazard;
  readonly actions: readonly {
    readonly action: string;
    /** requests that are sent where it is allowed, else checks that are left out */
    readonly count: number;
    /** why it counts, a phrase each */
    readonly because: readonly string[];
  }[];
}

export interface Plan {
  readonly planned: readonly Planned[];
  readonly hazards: readonly PlannedHazard[];
  /** how many gets of the camera were read; null: it is the embedded camera's plan */
  readonly read: number | null;
}

/** Rehearses what is planned; a sentence where the camera cannot be read. */
export async function plan(settings: Configuration): Promise<Plan | string> {
  if (settings.url === null) return planOf(await rehearse({ ...settings, allow: new Set(HAZARDS) }, {}), null);
  const shown = await readShown(settings, settings.url);
  if (typeof shown === 'string') return shown;
  return planOf(await rehearse(settings, showing(shown)), [...shown.values()].flat().length);
}

interface Counted {
  count: number;
  /** parameters by reason */
  readonly because: Map<string, Set<string>>;
}

function planOf({ requests, judged }: Rehearsal, read: number | null): Plan {
  const found = new Map<Hazard, Map<string, Counted>>();
  /** Counts one more. */
  const countIn = (hazard: Hazard, action: string): Counted => {
    const actions = found.get(hazard) ?? new Map<string, Counted>();
    const known = actions.get(action) ?? { count: 0, because: new Map() };
    known.count += 1;
    found.set(hazard, actions.set(action, known));
    return known;
  };
  const note = ({ because: known }: Counted, parameters: readonly string[], because: string): void => {
    if (because !== '') known.set(because, new Set([...(known.get(because) ?? []), ...parameters]));
  };
  for (const { action, objections } of requests) {
    const counted = new Map<Hazard, Counted>();
    for (const { hazard, parameters, because } of objections) {
      if (hazard === 'never') continue;
      const known = counted.get(hazard) ?? countIn(hazard, named(action));
      counted.set(hazard, known);
      note(known, parameters, because);
    }
  }
  for (const { skipReason, message, action } of judged) {
    if (skipReason !== 'not-allowed') continue;
    const reasons = reasonNotAllowed(message)
      .split('; ')
      .map((reason) => /^([\w, ]*): (.*)$/s.exec(reason) ?? ['', '', '']);
    for (const hazard of parseNotAllowed(message) ?? []) {
      const known = countIn(hazard as Hazard, action ?? 'other requests');
      for (const [, parameters = '', because = ''] of reasons) note(known, parameters === '' ? [] : parameters.split(', '), because);
    }
  }
  const hazards = HAZARDS.flatMap((hazard): PlannedHazard[] => {
    const actions = found.get(hazard);
    if (actions === undefined) return [];
    const told = [...actions].map(([action, { count, because }]) => ({
      action,
      count,
      because: [...because].map(([why, names]) => (names.size === 0 ? why : `${[...names].join(', ')}: ${why}`)),
    }));
    return [{ hazard, actions: told }];
  });
  return { planned: plannedOf(requests), hazards, read };
}

const named = (action: string): string => (action === TELNET_PATH ? 'telnet' : action);

/** What changes something, by action, in the order of the document. */
export function plannedOf(requests: readonly Pick<Rehearsed, 'action' | 'isCarriedOut'>[]): readonly Planned[] {
  return documented().flatMap(({ action, sections, title }) => {
    const own = requests.filter((request) => named(request.action) === action);
    if (own.length === 0) return [];
    const kind = isReboot(action) ? 'reboot' : isWrite(action) ? 'write' : 'command';
    return [{ action, sections, title, kind, count: own.length, carriedOut: own.filter(({ isCarriedOut }) => isCarriedOut).length } as const];
  });
}

/** Every action that sets or does something, once. */
function documented(): readonly { action: string; sections: string; title: string }[] {
  const found = new Map<string, { numbers: Set<number>; titles: Set<string> }>();
  for (const { number, title, parts } of SECTIONS) {
    for (const part of parts) {
      const action = part.kind === 'settings' ? part.set : part.hazards.length > 0 ? part.action : undefined;
      if (action === undefined) continue;
      const known = found.get(action) ?? { numbers: new Set(), titles: new Set() };
      found.set(action, { numbers: known.numbers.add(number), titles: known.titles.add(title) });
    }
  }
  return [...found].map(([action, { numbers, titles }]) => ({ action, sections: [...numbers].join(', '), title: [...titles].join(', ') }));
}

export function formatPlan({ planned, hazards, read }: Plan, settings: Configuration): string {
  const width = Math.max(...planned.map(({ action }) => action.length), 0);
  const lines = planned.flatMap((each, index) => {
    const heading = planned[index - 1]?.sections === each.sections ? [] : [`${each.sections}  ${each.title}`];
    const illegal = each.count - each.carriedOut;
    const rest = illegal === 0 ? '' : `, ${illegal} of them illegal on purpose`;
    return [...heading, `    ${each.action.padEnd(width)}  ${NOUNS[each.kind](each.count)}${rest}`];
  });
  const total = (kind: Planned['kind']): number => planned.filter((each) => each.kind === kind).reduce((sum, { count }) => sum + count, 0);
  const isAllowed = ({ hazard }: PlannedHazard): boolean => read === null || settings.allow.has(hazard);
  const allowed = hazards.filter(isAllowed);
  const left = hazards.filter((each) => !isAllowed(each));
  return [
    `A run against ${settings.url?.href ?? 'the embedded camera'} with these settings sends${read === null ? '' : ', as the camera is set now'}:`,
    '',
    ...(lines.length > 0 ? lines : ['nothing that changes anything']),
    '',
    `In all ${NOUNS.write(total('write'))}, ${NOUNS.command(total('command'))} and ${NOUNS.reboot(total('reboot'))}; what was set before is set again after each section.`,
    ...(allowed.length === 0 ? [] : ['', 'Hazards that are allowed, and what is sent of them:', ...hazardLines(allowed, plural('request'))]),
    ...(left.length === 0
      ? []
      : ['', 'Hazards that are not allowed, so that nothing of theirs is sent, and what is left out:', ...hazardLines(left, plural('check'))]),
    '',
    read === null ? 'Nothing was sent to a camera.' : `${read} gets were read from the camera, and nothing else was sent to it.`,
  ]
    .map(printable)
    .join('\n');
}

const hazardLines = (hazards: readonly PlannedHazard[], noun: (count: number) => string): readonly string[] =>
  hazards.flatMap(({ hazard, actions }) => [
    `  ${hazard}: ${HAZARD_WORDS[hazard]}`,
    ...actions.flatMap(({ action, count, because }) => [`      ${action}  ${noun(count)}`, ...because.map((why) => `          ${why}`)]),
  ]);

const plural = (noun: string) => (count: number) => `${count} ${noun}${count === 1 ? '' : 's'}`;
const NOUNS = { write: plural('write'), command: plural('command'), reboot: plural('restart') } as const;
