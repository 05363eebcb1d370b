import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { parseWaivers, readWaivers, twins, WAIVERS_FILE } from './read-waivers.ts';

// The same cases each time; another seed finds others.
fc.configureGlobal({ seed: 1 });

const GOOD = `# known
- check: video/bitrate/above-range
  reason: mended in 2.1
  ticket: 4711
  who: jane
  expires: 2026-12-31

- { check: "21.2/*/round-trip", reason: r, ticket: t, who: w, expires: "2028-02-29" }
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
        { check: '21.2/*/round-trip', reason: 'r', ticket: 't', who: 'w', expires: '2028-02-29', file: 'waivers.yaml', line: 8 },
      ],
    });
    expect(parseWaivers(`\uFEFF${GOOD.replaceAll('\n', '\r\n')}`, 'waivers.yaml')).toEqual(read);
  });

  test('takes a number as it is written', () => {
    const read = parseWaivers(but('ticket: 4711', 'ticket: 0123'), 'w');
    expect(read.ok && read.waivers[0]?.ticket).toBe('0123');
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
    ...['toString', 'constructor', '__proto__'].map((name) => [
      but('who: jane', `who: jane\n  ${name}: x`),
      [`waivers.yaml:6: ${name} is no member of a waiver; it has check, reason, ticket, who, expires`],
    ]),
    [but('ticket: 4711', 'ticket: true'), ['waivers.yaml:4: ticket is no text']],
    [but('who: jane', '"": jane').trimEnd(), ['waivers.yaml:5: "" is no member of a waiver; it has check, reason, ticket, who, expires']],
    [`${GOOD}- check: */x\n  reason: r`, ['waivers.yaml:9: check begins with *; put it in quotes']],
    ...['**/*', '*e*', '*/round-trip', 'vi*', 'v*/x', '/x'].map((check) => [
      GOOD.replace('21.2/*/round-trip', check),
      ['waivers.yaml:8: check names no section; begin it with one, such as video/* or 21.2/*'],
    ]),
    [GOOD.replace('"21.2/*/round-trip"', 'a b'), ['waivers.yaml:8: check holds a blank; ids have none']],
    [
      GOOD.replace('"21.2/*/round-trip"', 'video/bitrate/above-range'),
      ['waivers.yaml:8: video/bitrate/above-range is waived in line 2 already; keep one of the two'],
    ],
    [`${GOOD}- 5\n`, ['waivers.yaml:9: is no waiver; begin each with "- check: "']],
    ['check: video/x\n', ['waivers.yaml:1: is no list; begin each waiver with "- check: "']],
    [but('who: jane', 'reason: again'), ['waivers.yaml:5: is no YAML (Map keys must be unique)']],
    [but('who: jane', 'who: jane: her'), [expect.stringMatching(/^waivers\.yaml:5: is no YAML .* holds ": " stands in quotes$/)]],
    [but('who: jane', 'who: @jane'), [expect.stringMatching(/^waivers\.yaml:5: is no YAML .* a sign such as \* .* stands in quotes$/)]],
    [but('who: jane', 'who: *'), [expect.stringMatching(/^waivers\.yaml:5: is no YAML .* a sign such as \* .* stands in quotes$/)]],
    [GOOD.replace('  who: jane', '\twho: jane'), [expect.stringMatching(/^waivers\.yaml:5: is no YAML .*; indent with blanks, not with tabs$/)]],
    ['-\tcheck: x\n', [expect.stringMatching(/^waivers\.yaml:1: is no YAML .*; indent with blanks, not with tabs$/)]],
    ['- check: "video\n', [expect.stringMatching(/^waivers\.yaml:\d: is no YAML/)]],
  ] as readonly (readonly [string, readonly string[]])[])('refuses %j', (yaml, problems) => {
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

test('twins are found among many in no time', { timeout: 10_000 }, () => {
  const many = Array.from({ length: 200_000 }, (_, index) => ({ check: `video/${index % 199_999}`, file: 'w', line: index + 1 }));
  expect(twins(many)).toEqual(['w:200000: video/0 is waived in line 1 already; keep one of the two']);
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

  test('a file of another encoding is a problem, with its line', () => {
    for (const yaml of [Buffer.from(GOOD.replace('jane', 'Straße'), 'latin1'), Buffer.from(`\ufeff${GOOD}`, 'utf16le')]) {
      writeFileSync(join(folder, 'other.yaml'), yaml);
      const line = yaml[0] === 0xff ? 1 : 5;
      expect(readWaivers('other.yaml', folder)).toEqual({
        ok: false,
        problems: [`other.yaml:${line}: is no UTF-8; save the file in that encoding`],
      });
    }
    writeFileSync(join(folder, 'other.yaml'), GOOD.replace('jane', 'Straße'));
    const read = readWaivers('other.yaml', folder);
    expect(read.ok && read.waivers[0]?.who).toBe('Straße');
  });

  test('reads the file that is named, else the default one', () => {
    writeFileSync(join(folder, 'known.yaml'), GOOD);
    writeFileSync(join(folder, WAIVERS_FILE), '- 5');
    const read = readWaivers('known.yaml', folder);
    expect(read.ok && read.waivers.map(({ line }) => line)).toEqual([2, 8]);
    expect(readWaivers(null, folder)).toEqual({ ok: false, problems: ['waivers.yaml:1: is no waiver; begin each with "- check: "'] });
  });
});
