/**
 * How a suite file is written: `section(data, ({ generic, requirement }) => …)`. `generic()` stands for every check that the
 * section's rows produce; `requirement()` adds what is special to it. Originals are put back when the file is done,
 * whatever happened in it.
 */
import { afterAll, describe, type TestContext, test } from 'vitest';
import { type Camera, WHOLE } from '../camera/camera.ts';
import { isThere } from '../camera/waiting.ts';
import type { Bench } from '../checks/bench.ts';
import type { CheckIdentity, Level } from '../checks/check.ts';
import { genericChecks } from '../checks/generic-checks.ts';
import type { PictureLab } from '../checks/picture-lab.ts';
import type { SettingsLab } from '../checks/settings-lab.ts';
import type { StreamLab } from '../checks/stream-lab.ts';
import type { Command, Hazard, Instance, Section, Settings } from '../document/notation.ts';
import { NoReply } from '../http/client.ts';
import { formatDifference } from '../restore/difference.ts';
import { JournalError } from '../restore/journal.ts';
import { describeToAllure } from './allure.ts';
import { type Session, theSession } from './session.ts';
import type { SuiteReport } from './task-meta.ts';
import { judge } from './verdict.ts';

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
}

export interface SectionApi {
  /** Every check that the rows produce. `replaced`: ids that a requirement of this file stands in for, each with the reason. */
  generic(replaced?: Readonly<Record<string, string>>): void;
  requirement(id: string, level: Level, title: string, options: RequirementOptions, run: (workplace: Workplace) => Promise<void>): void;
}

/** A check waits for the camera as long as the client lets it; vitest's own limit must not cut it short. */
const NO_LIMIT_MS = 2 ** 31 - 1;

export function section(data: Section, body: (api: SectionApi) => void): void {
  describe(`${data.number} ${data.title}`, () => {
    body({
      generic: (replaced = {}) => {
        const checks = genericChecks(data);
        for (const id of Object.keys(replaced)) {
          if (!checks.some((check) => check.id === id))
            throw new Error(`Could not replace ${id}: the rows of section ${data.number} produce no such check.`);
        }
        for (const { run, ...identity } of checks) if (!(identity.id in replaced)) register(data, identity, () => run(theSession().bench));
      },
      requirement: (id, level, title, options, run) => register(data, identify(data, id, level, title, options), () => run(workplace(data))),
    });
  });
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the names of fixtures out of this pattern
  afterAll(async ({}, file) => {
    Object.assign(file.meta, { suite: await closeSuite() });
  }, NO_LIMIT_MS);
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
  };
}

function register(data: Section, identity: CheckIdentity, run: () => Promise<void>): void {
  test(`${identity.id}: ${identity.title}`, { meta: { check: identity }, timeout: NO_LIMIT_MS }, async (context) => {
    const session = theSession();
    const judging = judge(identity, session, run);
    session.running = judging.catch(() => undefined);
    const judged = await judging;
    context.task.meta.result = judged;
    await describeToAllure(data, identity, judged);
    conclude(context, judged);
  });
}

/** Tells vitest: a warning passes, a failed must and a fault of the suite fail. */
function conclude(context: TestContext, { id, section: place, level, title, verdict, message }: Awaited<ReturnType<typeof judge>>): void {
  if (verdict === 'skip') context.skip(message ?? undefined);
  if (verdict !== 'fail' && verdict !== 'error') return;
  const error = new Error(`${id}   ${place}   ${level} · ${title}\n${message}`);
  // Allure goes by the name: what asserts is the product's failure, anything else a test that broke.
  error.name = verdict === 'fail' ? 'AssertionError' : 'SuiteError';
  // The stack would show this file only; what happened is in the message.
  error.stack = `${error.name}: ${error.message}`;
  throw error;
}

function workplace(data: Section): Workplace {
  const session = theSession();
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
  };
}

/** Puts back what the suite changed, and says what it has to say. */
async function closeSuite(): Promise<SuiteReport> {
  const session = theSession();
  // A run that is interrupted leaves its check alone, which goes on: nothing is put back before it has ended.
  await session.running;
  const { camera, keeper } = session;
  const restore = await putBack(session);
  const about = camera.identity;
  const shown = (text: string): string => camera.client.withoutSecrets(text);
  const text = (name: string) => (typeof about?.[name] === 'string' ? shown(about[name]) : null);
  return {
    camera: {
      url: camera.options.baseUrl.href,
      deviceId: text('deviceID'),
      mac: text('device_mac'),
      version: session.version === null ? null : shown(session.version),
      model: null,
    },
    traffic: { ...camera.client.traffic },
    wear: { ...camera.wear },
    restore: { verdict: restore.length > 0 ? 'left-modified' : keeper.isNeeded ? 'restored' : 'not-needed', differences: restore.map(shown) },
    fault: session.fault === null ? null : shown(session.fault),
    errata: [...session.errata],
  };
}

async function putBack(session: Session): Promise<readonly string[]> {
  const { camera, keeper } = session;
  const notPutBack = () => keeper.pending().map((what) => `${what} could not be put back: the camera does not answer`);
  // Every later suite tries again, in case the camera is back; one short question each, not a time limit for each setting.
  if (session.fault !== null && keeper.pending().length > 0 && (await isThere(camera)) === null) return notPutBack();
  try {
    const differences = await keeper.restore();
    if (differences.length > 0) session.bench.forget();
    return differences.map(formatDifference);
  } catch (error) {
    if (error instanceof JournalError) {
      session.fault ??= error.message;
      return [];
    }
    if (!(error instanceof NoReply)) throw error;
    session.fault ??= `The camera stopped answering while it was put back. ${error.message}`;
    return notPutBack();
  }
}
