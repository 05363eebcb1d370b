/**
 * How a suite file is written: `section(data, ({ generic, requirement }) => …)`. `generic()` stands for every check that the
 * section's rows produce; `requirement()` adds what is special to it. Originals are put back when the suite is done,
 * whatever happened in it.
 */
import { type Camera, WHOLE } from '../camera/camera.ts';
import type { Outcome } from '../camera/outcome.ts';
import { expectDone } from '../checks/actions/expectations.ts';
import type { Bench } from '../checks/bench.ts';
import type { CheckIdentity } from '../checks/check.ts';
import { genericChecks } from '../checks/generic-checks.ts';
import type { PictureLab } from '../checks/pictures/picture-lab.ts';
import type { SettingsLab } from '../checks/sets/settings-lab.ts';
import type { StreamLab } from '../checks/streams/stream-lab.ts';
import type { Command, Hazard, Instance, Section, Settings } from '../document/notation.ts';
import type { Members } from '../document/row-value.ts';
import type { StrictDemand } from '../document/strict.ts';
import type { Level } from '../results/level.ts';
import { theRegistry } from './registry.ts';
import type { Session } from './session.ts';
import { ofRows, type SuiteCheck } from './suite.ts';

/** What a requirement works with. */
export interface Workplace {
  readonly camera: Camera;
  readonly bench: Bench;
  readonly streams: StreamLab;
  readonly pictures: PictureLab;
  readonly session: Session;
  /** the settings part of this section with that get action; the first one when none is named */
  part(get?: string): Settings;
  command(action?: string): Command;
  lab(get?: string, instance?: Instance): SettingsLab;
  /** `expectDone` for this check, whose options have to say `strict: DONE_STRICTLY` */
  done(outcome: Outcome): Members;
}

export interface RequirementOptions {
  /** place in the document; the section's number when absent */
  readonly place?: string;
  readonly action?: string;
  readonly hazards?: readonly Hazard[];
  /** clauses of this section that it tests, by their ids */
  readonly covers?: readonly string[];
  /** ids of checks that must not have failed */
  readonly after?: readonly string[];
  /** about the log-in and the texts of `cgi_action` */
  readonly ofCgi?: true;
  /** by what the strict profile judges it differently */
  readonly strict?: readonly StrictDemand[];
}

export interface SectionApi {
  /** Every check that the rows produce. `replaced`: ids that a requirement of this file stands in for, each with the reason. */
  generic(replaced?: Readonly<Record<string, string>>): void;
  requirement(id: string, level: Level, title: string, options: RequirementOptions, run: (workplace: Workplace) => Promise<void>): void;
}

export function section(data: Section, body: (api: SectionApi) => void): void {
  const checks: SuiteCheck[] = [];
  body({
    generic: (replaced = {}) => {
      const generic = genericChecks(data);
      for (const id of Object.keys(replaced)) {
        if (!generic.some((check) => check.id === id))
          throw new Error(`Could not replace ${id}: the rows of section ${data.number} produce no such check.`);
      }
      checks.push(...generic.filter(({ id }) => !(id in replaced)).map(ofRows));
    },
    requirement: (id, level, title, options, run) => {
      const identity = identify(data, id, level, title, options);
      checks.push({ identity, run: (session) => run(workplace(data, session, identity)) });
    },
  });
  theRegistry.add({ section: data, checks });
}

function identify(data: Section, id: string, level: Level, title: string, options: RequirementOptions): CheckIdentity {
  if (!id.startsWith(`${data.slug}/`)) throw new Error(`Could not register ${id}: ids of this section begin with ${data.slug}/.`);
  return {
    id,
    title,
    level,
    place: options.place ?? String(data.number),
    action: options.action ?? null,
    parameter: null,
    hazards: options.hazards ?? [],
    covers: (options.covers ?? []).map((clause) => `${data.slug}/${clause}`),
    after: options.after ?? [],
    ...(options.ofCgi === undefined ? {} : { ofCgi: options.ofCgi }),
    ...(options.strict === undefined ? {} : { strict: options.strict }),
  };
}

function workplace(data: Section, session: Session, identity: CheckIdentity): Workplace {
  const part = (get?: string): Settings => {
    const found = data.parts.find((each) => each.kind === 'settings' && (get === undefined || each.get === get));
    if (found?.kind !== 'settings') throw new Error(`Could not find ${get ?? 'a get'} in section ${data.number}.`);
    return found;
  };
  return {
    camera: session.camera,
    bench: session.bench,
    streams: session.bench.streams,
    pictures: session.bench.pictures,
    session,
    part,
    command: (action) => {
      const found = data.parts.find((each) => each.kind === 'command' && (action === undefined || each.action === action));
      if (found?.kind !== 'command') throw new Error(`Could not find the command ${action ?? ''} in section ${data.number}.`);
      return found;
    },
    lab: (get, instance) => {
      const own = part(get);
      return session.bench.lab(own, instance ?? own.instances?.[0] ?? WHOLE);
    },
    done: (outcome) => {
      if (identity.strict === undefined) throw new Error(`Could not judge ${identity.id}: its options lack strict: DONE_STRICTLY.`);
      return expectDone(outcome, session.bench, identity);
    },
  };
}
