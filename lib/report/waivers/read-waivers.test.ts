import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { parseWaivers, readWaivers, WAIVERS_FILE } from './read-waivers.ts';

// The same cases each time; another seed finds others.
fc.configureGlobal({ seed: 1 });

const GOOD = `# known
- check: video/bitrate/above-range
  reason: mended in 2.1
  ticket: 4711
  who: jane
  expires: 2026-12-31

- { check: "*/round-trip", reason: r, ticket: t, who: w, expires: "2028-02-29" }
`;
/** The good one with one line put in another's place. */
const but = (line: string, instead: string): string => GOOD.replace(`  ${line}\n`, instead === '' ? '' : `  ${instead}\n`);
const problemsOf = (yaml: string): readonly string[] => {
  const read = parseWaivers(yaml, 'waivers.yaml');
  return read.ok ? [] : read.problems;
};

describe('parseWaivers', () => {
  test('reads each with its line', () => {
    const read = parseWaivers(GOOD, 'waivers.yaml');
    expect(read).toEqual({
      ok: true,
      waivers: [
        {
          check: 'video/bitrate/above-range',
          reason: 'mended in 2.1',
          ticket: '4711',
          who: 'jane',
          expires: '2026-12-31',
          file: 'waivers.yaml',
          line: 2,
        },
        { check: '*/round-trip', reason: 'r', ticket: 't', who: 'w', expires: '2028-02-29', file: 'waivers.yaml', line: 8 },
      ],
    });
    expect(parseWaivers(`\uFEFF${GOOD.replaceAll('\n', '\r\n')}`, 'waivers.yaml')).toEqual(read);
  });

  test.each(['', '# nothing yet\n', '---\n', '[]'])('%j holds none', (yaml) => {
    expect(parseWaivers(yaml, 'w')).toEqual({ ok: true, waivers: [] });
  });

  test.each([
    [but('expires: 2026-12-31', 'expires: next year'), ['waivers.yaml:6: expires is no date; write it like 2026-12-31']],
    [but('expires: 2026-12-31', 'expires: 2026-02-30'), ['waivers.yaml:6: expires is no date; write it like 2026-12-31']],
    [but('expires: 2026-12-31', 'expires: 2026-2-3'), ['waivers.yaml:6: expires is no date; write it like 2026-12-31']],
    [but('expires: 2026-12-31', ''), ['waivers.yaml:2: expires is missing: its last day, such as 2026-12-31']],
    [but('reason: mended in 2.1', 'reason:'), ['waivers.yaml:3: reason is no text']],
    [but('reason: mended in 2.1', 'reason: "  "'), ['waivers.yaml:3: reason is empty']],
    [but('who: jane', 'who: [jane, joe]'), ['waivers.yaml:5: who is no text']],
    [
      but('who: jane', 'owner: jane'),
      [
        'waivers.yaml:5: owner is no member of a waiver; it has check, reason, ticket, who, expires',
        'waivers.yaml:2: who is missing: who accepted it',
      ],
    ],
    [but('who: jane', '"": jane').trimEnd(), ['waivers.yaml:5: "" is no member of a waiver; it has check, reason, ticket, who, expires']],
    [`${GOOD}- check: */x\n  reason: r`, ['waivers.yaml:9: check begins with *; put it in quotes']],
    [GOOD.replace('"*/round-trip"', '"**/*"'), ['waivers.yaml:8: check would waive every check; name a section at least, such as video/*']],
    [GOOD.replace('"*/round-trip"', 'a b'), ['waivers.yaml:8: check holds a blank; ids have none']],
    [
      GOOD.replace('"*/round-trip"', 'video/bitrate/above-range'),
      ['waivers.yaml:8: video/bitrate/above-range is waived in line 2 already; keep one of the two'],
    ],
    [`${GOOD}- 5\n`, ['waivers.yaml:9: is no waiver; begin each with "- check: "']],
    ['check: video/x\n', ['waivers.yaml:1: is no list; begin each waiver with "- check: "']],
    [but('who: jane', 'reason: again'), [expect.stringMatching(/^waivers\.yaml:5: is no YAML \(Map keys must be unique\)/)]],
    ['- check: "video\n', [expect.stringMatching(/^waivers\.yaml:\d: is no YAML/)]],
  ])('refuses %j', (yaml, problems) => {
    expect(problemsOf(yaml).slice(0, problems.length)).toEqual(problems);
  });

  test('says of whatever text either what it waives or, by line, what is amiss', () => {
    const part = fc.constantFrom(
      '- ',
      'check: ',
      'expires: ',
      'a',
      '*',
      '&a ',
      '"',
      '\n',
      '  ',
      ': ',
      '[',
      '{',
      '}',
      '!!x ',
      '? ',
      '|',
      '2026-01-01',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(part, { maxLength: 30 }).map((parts) => parts.join('')),
          fc.string(),
        ),
        (yaml) => {
          for (const problem of problemsOf(yaml)) expect(problem).toMatch(/^waivers\.yaml:[1-9]\d*: \S/);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('readWaivers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'waivers-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('a named file that is not there, or is a folder, is a problem; the default one may be missing', () => {
    expect(readWaivers(null, folder)).toEqual({ ok: true, waivers: [] });
    expect(readWaivers('x.yaml', folder)).toEqual({
      ok: false,
      problems: ['Could not read the waivers of x.yaml: there is no such file; correct CAMERA_WAIVERS, or leave it empty.'],
    });
    expect(readWaivers('.', folder)).toMatchObject({ ok: false, problems: [expect.stringContaining('it is a folder')] });
  });

  test('reads the file that is named, else the default one', () => {
    writeFileSync(join(folder, 'known.yaml'), GOOD);
    writeFileSync(join(folder, WAIVERS_FILE), '- 5');
    const read = readWaivers('known.yaml', folder);
    expect(read.ok && read.waivers.map(({ line }) => line)).toEqual([2, 8]);
    expect(readWaivers(null, folder)).toEqual({ ok: false, problems: ['waivers.yaml:1: is no waiver; begin each with "- check: "'] });
  });
});
