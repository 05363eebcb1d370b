/** Makes vitest tests of the suites: vitest loads this before each suite file. */
import { afterAll, describe, type TestContext, test } from 'vitest';
import { evidenceOf } from '../evidence/check-evidence.ts';
import type { Recorded } from '../evidence/tape.ts';
import { closeSuite } from '../execution/close-suite.ts';
import { loadConfiguration } from '../execution/configuration.ts';
import { runCheck } from '../execution/executor.ts';
import type { Judged } from '../execution/judged.ts';
import { theRegistry } from '../execution/registry.ts';
import { selectChecks } from '../execution/select-checks.ts';
import type { Suite, SuiteCheck } from '../execution/suite.ts';
import { describeWaiver } from '../results/waiver.ts';
import { theSession } from './the-session.ts';

/** A check waits for the camera as long as the client lets it; vitest's own limit must not cut it short. */
const NO_LIMIT_MS = 2 ** 31 - 1;

/** What a check did goes to Allure where its report is made. */
const isShownByAllure = process.env.CAMERA_ALLURE === '1';

const { check: wanted } = loadConfiguration();

function register({ section, checks }: Suite): void {
  const selected = selectChecks(checks, wanted);
  describe(`${section.number} ${section.title}`, () => {
    for (const check of selected) registerCheck(check);
  });
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the names of fixtures out of this pattern
  afterAll(async ({}, file) => {
    Object.assign(file.meta, { suite: await closeSuite(theSession(), selected.length) });
  }, NO_LIMIT_MS);
}

function registerCheck(check: SuiteCheck): void {
  const { identity } = check;
  test(`${identity.id}: ${identity.title}`, { meta: { check: identity }, timeout: NO_LIMIT_MS }, async (context) => {
    const session = theSession();
    const { judged, recorded } = await runCheck(check, session);
    Object.assign(context.task.meta, { result: judged, requests: session.camera.client.traffic.requests });
    const mask = (text: string): string => session.camera.client.withoutSecrets(text);
    if (isShownByAllure) context.task.meta.evidence = evidenceOf(judged, recorded, { mask, withPictures: hasRoomFor(recorded, judged) });
    conclude(context, judged);
  });
}

/** Pictures of checks that pass, of failed ones, and in all: a report is a file that people send by mail. */
const ROOM = { passed: 4 * 1024 * 1024, judged: 24 * 1024 * 1024 };
let taken = 0;

function hasRoomFor({ pictures }: Recorded, { verdict }: Judged): boolean {
  const bytes = pictures.reduce((sum, picture) => sum + picture.bytes.length, 0);
  if (bytes === 0 || taken + bytes > (verdict === 'pass' || verdict === 'skip' ? ROOM.passed : ROOM.judged)) return false;
  taken += bytes;
  return true;
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
