import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CheckResult, summarise } from '../../results/results.ts';
import { sampleCheck, sampleResults, sampleWaiver } from '../../results/sample-results.fixture.ts';
import { anyText } from '../statement/any-text.fixture.ts';
import { annotateFault, formatAnnotations, resumeCommands, stopCommands } from './github-annotations.ts';

// The same cases each time; another seed finds others.
fc.configureGlobal({ seed: 1 });

const PLACE = { file: 'suites/21-video.test.ts', line: 7 };
const failed = (changes: Partial<CheckResult> = {}) => sampleCheck({ verdict: 'fail', message: 'Documented  1\nReceived    2, 100%', ...changes });
const annotate = (...[checks, changes]: Parameters<typeof sampleResults>): readonly string[] =>
  formatAnnotations(sampleResults(checks, { summary: summarise(checks), ...changes }), () => PLACE);

/** As the runner reads a line: command, properties, data. */
function read(line: string): { readonly kind: string; readonly properties: Readonly<Record<string, string>>; readonly data: string } {
  const [, kind = '', properties = '', data = ''] = /^::([a-z]+) (.*?)::(.*)$/s.exec(line) ?? [];
  const unescaped = (text: string): string =>
    text.replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
  const pairs = properties.split(',').map((pair) => [pair.slice(0, pair.indexOf('=')), unescaped(pair.slice(pair.indexOf('=') + 1))]);
  return { kind, properties: Object.fromEntries(pairs), data: unescaped(data) };
}

describe('formatAnnotations', () => {
  test('marks a failed check where it is written, with how to repeat it', () => {
    const [line = ''] = annotate([failed()]);
    expect(line).toBe(
      '::error file=suites/21-video.test.ts,line=7,title=21.2 video/bitrate/above-range::refuses or clamps a value above its range%0ADocumented  1%0AReceived    2, 100%25%0ARepeat: npm run conformance -- --check video/bitrate/above-range',
    );
  });

  test('warns of waivers in their file, and of warnings; a waived failure is no error', () => {
    const waiver = sampleWaiver();
    const sentence = 'known.yaml:4: no check is called x.';
    const lines = annotate([failed({ waiver }), sampleCheck({ level: 'should', verdict: 'warn', message: 'm' })], {
      waivers: [{ ...waiver, file: 'known.yaml', line: 4, state: 'unmatched', covers: [], sentence }],
    });
    expect(lines.map(read)).toMatchObject([
      { kind: 'warning', properties: { file: 'known.yaml', line: '4', title: 'Waiver' }, data: sentence },
      { kind: 'warning', properties: { title: '21.2 video/bitrate/above-range' } },
      { kind: 'notice', properties: { title: 'Camera: conformant' }, data: '0 checks passed, 0 failed, 1 waived, 1 warned.' },
    ]);
  });

  test('says first that a run broke off, or left the camera modified', () => {
    const lines = annotate([failed()], { fault: 'It went away.', restore: { verdict: 'left-modified', differences: ['a', 'b'] } });
    expect(lines.slice(0, 2)).toEqual([
      '::error title=The run was not completed::It went away.',
      '::error title=The camera could not be put back as it was::a%0Ab',
    ]);
    expect(annotateFault('Could not reach it.\nNor it.')).toBe('::error title=The camera was not tested::Could not reach it.%0ANor it.');
  });

  test('says how many more there are than GitHub shows', () => {
    const lines = annotate(Array.from({ length: 12 }, (_, index) => failed({ id: `video/${index}` })));
    expect(lines.map(read).map(({ kind }) => kind)).toEqual([...Array(10).fill('error'), 'notice']);
    expect(lines[9]).toBe('::error title=3 more::The job summary and the reports have all of them.');
  });

  test('is one line each, and what a camera sends stays in its place', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom('', '::error::', '\n::add-mask::a', '##[error]', '%0A::x::', ',file=/etc/passwd'), (text, command) => {
        const hostile = `${text}${command}`;
        const lines = formatAnnotations(
          sampleResults([failed({ id: `video/x${hostile}`, title: hostile, message: hostile })], { fault: hostile }),
          () => PLACE,
        );
        expect(lines).toHaveLength(3);
        for (const line of lines) expect(line).not.toMatch(/[\r\n]/);
        expect(read(lines[1] ?? '')).toMatchObject({ kind: 'error', properties: { file: PLACE.file, line: '7' } });
        expect(Object.keys(read(lines[1] ?? '').properties)).toEqual(['file', 'line', 'title']);
      }),
    );
  });
});

test('commands are stopped and resumed by the same token', () => {
  expect([stopCommands('abc'), resumeCommands('abc')]).toEqual(['::stop-commands::abc', '::abc::']);
});
