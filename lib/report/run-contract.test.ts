/** docs/run-contract.md is what others rely on: what it lists is what the code has. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HAZARDS } from '../document/notation.ts';
import { CONFIGURATION, CONFIGURATION_NAMES } from '../execution/configuration.ts';
import { checkSchema, resultsSchema } from '../results/results.ts';
import { sampleCheck, sampleResults } from '../results/sample-results.fixture.ts';
import { EXIT_CODES } from '../results/verdict.ts';
import { writeRunReports } from './write-run-reports.ts';

const contract = readFileSync(new URL('../../docs/run-contract.md', import.meta.url), 'utf8');

const rowsUnder = (heading: string): string[][] => {
  const [, below = ''] = contract.split(`| ${heading}`);
  const [table = ''] = below.split('\n\n');
  const [, , ...rows] = table.split('\n');
  return rows.map((row) =>
    row
      .split('|')
      .map((cell) => cell.trim())
      .slice(1, -1),
  );
};
/** What the contract promises and the page says is not built yet. */
const NOT_BUILT = /## Promised above, and not built yet\n\n(.*?)\n\n/s.exec(contract)?.[1] ?? '';
const unquoted = (cell = ''): string => cell.replaceAll('`', '');

describe('docs/run-contract.md', () => {
  test('lists the variables and their defaults', () => {
    const listed = [...rowsUnder('variable'), ...rowsUnder('further variable')].map(([variable, value]) => [
      unquoted(variable),
      value === 'empty' ? '' : unquoted(value),
    ]);
    const built = (listed as [string, string][]).filter(([variable]) => !NOT_BUILT.includes(variable));
    expect(new Map(built)).toEqual(new Map(CONFIGURATION_NAMES.map((name) => [CONFIGURATION[name].variable, CONFIGURATION[name].default])));
  });

  test('lists the hazards', () => {
    const [, sentence = ''] = /Hazards: ([^.]*)\./.exec(contract) ?? [];
    const listed = [...sentence.matchAll(/`([\w-]+)`/g)].map(([, hazard]) => hazard as string);
    expect(listed.filter((hazard) => !NOT_BUILT.includes(hazard))).toEqual([...HAZARDS]);
  });

  test('lists the exit codes and what they mean', () => {
    expect(Object.fromEntries(rowsUnder('code'))).toEqual(EXIT_CODES);
  });

  test('names the files that the code writes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'contract-'));
    try {
      await writeRunReports(folder, sampleResults([sampleCheck()]), new Map());
      const written = readdirSync(folder);
      expect(written.toSorted()).toEqual(['junit.xml', 'results.json', 'statement.html']);
      for (const name of written) expect(contract).toMatch(new RegExp(`^- \`${name}\``, 'm'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  describe('results.json', () => {
    const [, block = ''] = /```jsonc\n(.*?)```/s.exec(contract) ?? [];
    // No string of the example holds "//", so that everything from there on is a comment.
    const example = JSON.parse(block.replace(/\/\/.*$/gm, '')) as Record<string, Record<string, unknown> & Record<string, unknown>[]>;
    const { shape } = resultsSchema;
    /** Members that the schema has beyond the contract's; the contract's own must be there. */
    const ADDITIONAL = ['api', 'selection', 'fault', 'errata', 'wear', 'parameters', 'timings', 'waivers', 'notices'];
    const ADDITIONAL_OF: Readonly<Record<string, readonly string[]>> = { summary: ['waived'], check: ['waiver', 'reproduce', 'steps', 'findings'] };
    const keysBut = (object: object, name: string): string[] => Object.keys(object).filter((key) => !ADDITIONAL_OF[name]?.includes(key));

    test('has the members of the contract, and these additional ones', () => {
      expect(Object.keys(shape).filter((key) => !ADDITIONAL.includes(key))).toEqual(Object.keys(example));
      expect(Object.keys(shape)).toEqual(expect.arrayContaining(ADDITIONAL));
    });

    test.each(['camera', 'traffic', 'summary', 'restore'] as const)('has the members of %s', (name) => {
      expect(keysBut(shape[name].shape, name)).toEqual(Object.keys(example[name] ?? {}));
    });

    test('has the members of a check', () => {
      expect(keysBut(checkSchema.shape, 'check')).toEqual(Object.keys(example.checks?.[0] ?? {}));
    });

    test('takes the example as it stands', () => {
      expect(resultsSchema.safeParse({ ...example, fault: null, errata: [] }).error?.issues).toBeUndefined();
    });

    test('names the same values as the contract', () => {
      for (const verdict of shape.verdict.options) expect(block).toContain(`"${verdict}"`);
      for (const verdict of shape.restore.shape.verdict.options) expect(block).toContain(`"${verdict}"`);
      for (const verdict of checkSchema.shape.verdict.options) expect(block).toContain(`"${verdict}"`);
    });
  });
});
