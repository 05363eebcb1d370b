/** Makes vitest tests of the suites: vitest loads this before each suite file. */
import { afterAll, describe, type TestContext, test } from 'vitest';
import type { Section } from '../document/notation.ts';
import { describeWaiver } from '../report/waivers/waiver.ts';
import { describeToAllure } from './allure.ts';
import { parseCheckPattern, selectChecks } from './check-pattern.ts';
import { closeSuite } from './close-suite.ts';
import { introduce } from './introduce.ts';
import { theRegistry } from './registry.ts';
import type { Suite, SuiteCheck } from './section.ts';
import { loadSettings } from './settings.ts';
import { theSession } from './the-session.ts';
import { type Judged, judge } from './verdict.ts';

/** A check waits for the camera as long as the client lets it; vitest's own limit must not cut it short. */
const NO_LIMIT_MS = 2 ** 31 - 1;

const wanted = loadSettings().check.map(parseCheckPattern);

function register({ section, checks }: Suite): void {
  describe(`${section.number} ${section.title}`, () => {
    for (const check of selectChecks(checks, wanted)) registerCheck(section, check);
  });
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the names of fixtures out of this pattern
  afterAll(async ({}, file) => {
    Object.assign(file.meta, { suite: await closeSuite(theSession()) });
  }, NO_LIMIT_MS);
}

function registerCheck(section: Section, { identity, run }: SuiteCheck): void {
  test(`${identity.id}: ${identity.title}`, { meta: { check: identity }, timeout: NO_LIMIT_MS }, async (context) => {
    const session = theSession();
    await introduce(session);
    const judging = judge(identity, session, () => run(session));
    session.running = judging.catch(() => undefined);
    const judged = await judging;
    Object.assign(context.task.meta, { result: judged, requests: session.camera.client.traffic.requests });
    await describeToAllure(section, identity, judged);
    conclude(context, judged);
  });
}

/** Tells vitest: a warning passes, a failed must and a fault of the suite fail, a waived failure is skipped. */
function conclude(context: TestContext, { id, section: place, level, title, verdict, message, waiver }: Judged): void {
  if (verdict === 'skip') context.skip(message ?? undefined);
  if (waiver !== undefined) context.skip(`${describeWaiver(waiver)}\n${message}`);
  if (verdict !== 'fail' && verdict !== 'error') return;
  const error = new Error(`${id}   ${place}   ${level} · ${title}\n${message}`);
  // Allure goes by the name: what asserts is the product's failure, anything else a test that broke.
  error.name = verdict === 'fail' ? 'AssertionError' : 'SuiteError';
  // The stack would show this file only; what happened is in the message.
  error.stack = `${error.name}: ${error.message}`;
  throw error;
}

theRegistry.taker(register);
