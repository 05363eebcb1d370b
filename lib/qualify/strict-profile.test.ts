/**
 * The strict profile: what it expects beyond the default one stands as data with checks, catalogue and errata, and the two models
 * show it: `full` conforms, `literal`, whose replies are the document's examples, is failed for the listed reasons alone.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { genericChecks } from '../checks/generic-checks.ts';
import { catalogueOf } from '../document/clauses.ts';
import { ERRATA, erratum } from '../document/errata/index.ts';
import { SECTIONS } from '../document/index.ts';
import { STRICT_DEMANDS, type StrictDemand } from '../document/strict.ts';
import type { EmulatorOptions } from '../emulator/emulator.ts';
import { withEmulatedSession } from '../execution/emulated-session.ts';
import { runChecks } from '../execution/executor.ts';
import type { Judged } from '../execution/judged.ts';
import { loadSuites } from '../execution/load-suites.ts';
import type { Suite } from '../execution/suite.ts';

const FILE = new URL('../../fixtures/strict-literal.txt', import.meta.url);
const LIMIT_MS = 60_000;

interface Run {
  readonly emulator: EmulatorOptions;
  readonly profile: 'default' | 'strict';
  readonly wanted?: (suite: Suite) => readonly string[];
}

const flagged = ({ checks }: Suite): readonly string[] =>
  checks.filter(({ identity }) => identity.strict !== undefined).map(({ identity }) => identity.id);

/** The verdicts of chosen checks of all suites against one camera. */
async function judgedBy({ emulator, profile, wanted = flagged }: Run): Promise<readonly Judged[]> {
  const suites = await loadSuites();
  return withEmulatedSession({ emulator, environment: { CAMERA_PROFILE: profile } }, async (session) => {
    const judged: Judged[] = [];
    for (const suite of suites) judged.push(...(await runChecks(suite, session, wanted(suite))));
    return judged;
  });
}

const against = (judged: readonly Judged[]): readonly Judged[] => judged.filter(({ verdict }) => ['fail', 'warn', 'error'].includes(verdict));

/** The errata that a message names. */
const namedIn = (message: string | null): readonly string[] => [
  ...new Set([...(message ?? '').matchAll(/\(strict profile; erratum ([^)]+)\)/g)].flatMap(([, ids = '']) => ids.split(', '))),
];

describe('the strict profile', () => {
  test('finds no fault with a camera that has everything', { timeout: LIMIT_MS }, async () => {
    const judged = await judgedBy({ emulator: { model: 'full' }, profile: 'strict' });
    expect(against(judged).map(({ id, message }) => `${id}: ${message}`)).toEqual([]);
    expect(judged.filter(({ verdict }) => verdict === 'pass').length).toBeGreaterThan(1000);
  });

  test('fails the camera of the examples for what fixtures/strict-literal.txt lists, and names the erratum', { timeout: LIMIT_MS }, async () => {
    const found = against(await judgedBy({ emulator: { model: 'literal' }, profile: 'strict' }));
    const lines = found.map(({ id, verdict, message }) => `${verdict} ${id} ${namedIn(message).join(',')}`);
    if (process.env.UPDATE_STRICT_LITERAL === '1') writeFileSync(FILE, lines.map((line) => `${line}\n`).join(''));
    expect(lines).toEqual(readFileSync(FILE, 'utf8').trimEnd().split('\n'));
    for (const { id, message } of found) {
      const named = namedIn(message);
      expect(named, `${id}: ${message}`).not.toEqual([]);
      for (const each of named) expect(erratum(each).strict, each).toBeDefined();
    }
  });

  test('forgives that camera nothing else and nothing less: the default profile finds no fault with it', { timeout: LIMIT_MS }, async () => {
    const failing = new Set(
      readFileSync(FILE, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => line.split(' ')[1]),
    );
    const wanted = (suite: Suite) => flagged(suite).filter((id) => failing.has(id));
    expect(against(await judgedBy({ emulator: { model: 'literal' }, profile: 'default', wanted }))).toEqual([]);
  });
});

describe('what the strict profile expects is data', () => {
  test('each check that it judges differently tests a clause of the catalogue that says so', () => {
    const strict = new Map<string, readonly StrictDemand[]>(SECTIONS.flatMap(catalogueOf).map((clause) => [clause.id, clause.strict]));
    const unsaid = SECTIONS.flatMap(genericChecks).flatMap(({ id, covers, strict: demands = [] }) => {
      const said = new Set(covers.flatMap((clause) => strict.get(clause) ?? []));
      return demands.filter((demand) => !said.has(demand)).map((demand) => `${id} ${demand}`);
    });
    expect(unsaid).toEqual([]);
  });

  test('every demand has a check and a clause, and every one that an example breaks an erratum', async () => {
    const checks = (await loadSuites()).flatMap((suite) => suite.checks).flatMap(({ identity }) => identity.strict ?? []);
    const clauses = SECTIONS.flatMap(catalogueOf).flatMap(({ strict }) => strict);
    const demands = Object.keys(STRICT_DEMANDS);
    expect(new Set(checks)).toEqual(new Set(demands));
    expect(new Set(clauses)).toEqual(new Set(demands));
    const errata = new Set(ERRATA.flatMap(({ strict }) => strict ?? []));
    expect(demands.filter((demand) => !errata.has(demand as StrictDemand))).toEqual(['refusal']);
  });

  /** A camera that has none of the commands, leaves out what it can, and clamps. */
  const BARE: EmulatorOptions = {
    tamper: {
      reply: (action, _, reply) => {
        if (!/^(get|Get|set|Set)/.test(action) || action === 'setWifiScan' || action === 'getExposureInfo') return 'error json';
        const { log, device_id, hour, md_sensitivity, ...rest } = reply;
        return { ...rest, message: 'NULL', ...(reply.code === 205 ? { code: 0 } : {}) };
      },
    },
  };

  test('no check is judged differently without saying so', { timeout: LIMIT_MS }, async () => {
    const sections = new Set([1, 5, 6, 8, 9, 14, 17, 29, 34, 39, 41, 42]);
    const wanted = (suite: Suite) => (sections.has(suite.section.number) ? suite.checks.map(({ identity }) => identity.id) : []);
    const lenient = new Set(against(await judgedBy({ emulator: BARE, profile: 'default', wanted })).map(({ id }) => id));
    const strict = against(await judgedBy({ emulator: BARE, profile: 'strict', wanted })).filter(({ id }) => !lenient.has(id));
    const known = new Set((await loadSuites()).flatMap(flagged));
    expect(strict.filter(({ id }) => !known.has(id)).map(({ id, message }) => `${id}: ${message}`)).toEqual([]);
    expect(strict.length).toBeGreaterThan(50);
    expect([...lenient].filter((id) => id.includes('envelope'))).toEqual([]);
  });
});
