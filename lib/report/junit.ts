/**
 * `junit.xml`, for the CI servers that read it: one test suite per section of the document, one test case per check, named by its
 * id so that a server can follow it from run to run. A warning passes and says so in `system-out`; a waived failure is skipped. A run
 * that broke off, or that left the camera modified, gets a suite of its own: such a file must not look like a good one.
 *
 * Only what all of them read: Jenkins' xUnit plugin validates (junit-10.xsd: no `skipped` on the root, no `file` on a test case), its
 * JUnit plugin takes the reason of a skip from the attribute, GitLab from the content.
 */

import { formatSteps } from '../evidence/step-text.ts';
import { bySection, type CheckResult, type Results, type Summary, summarise } from '../results/results.ts';
import { describeWaiver } from '../results/waiver.ts';
import { formatCheck } from './terminal/check-text.ts';

/** What XML 1.0 has no way to write (2.2, Char), lone surrogates included. */
const ILLEGAL = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};
const entity = (character: string): string => ENTITIES[character] ?? character;

const content = (text: string): string => text.replace(ILLEGAL, '').replace(/[&<>\r]/g, entity);
/** Line breaks and tabs in attributes become blanks when read, unless they are written as entities. */
const value = (text: string): string => text.replace(ILLEGAL, '').replace(/[&<>"\t\n\r]/g, entity);

type Attributes = Readonly<Record<string, string | number>>;

const tag = (name: string, attributes: Attributes): string =>
  [name, ...Object.entries(attributes).map(([key, text]) => `${key}="${value(String(text))}"`)].join(' ');
const element = (name: string, attributes: Attributes, ...children: readonly string[]): string =>
  children.length === 0 ? `<${tag(name, attributes)}/>` : `<${tag(name, attributes)}>${children.join('')}</${name}>`;
const block = (name: string, attributes: Attributes, children: readonly string[]): string =>
  [`<${tag(name, attributes)}>`, ...children, `</${name}>`].join('\n');

const seconds = (durationMs: number): string => (durationMs / 1000).toFixed(3);
const tests = (sums: Summary): number => Object.values(sums).reduce((sum, count) => sum + count, 0);
const counts = (sums: Summary): Attributes => ({ tests: tests(sums), failures: sums.failed, errors: sums.errors });

/** Attributes are not wrapped by any viewer; no line of the evidence has a limit. */
const evidence = (check: CheckResult): string =>
  content([formatCheck(check, Number.MAX_SAFE_INTEGER), formatSteps(check)].filter((text) => text !== '').join('\n'));

const skipped = (reason: string): string => element('skipped', { message: reason }, content(reason));

function outcome(check: CheckResult): readonly string[] {
  const message = check.message ?? '';
  if (check.waiver !== undefined) {
    return [skipped(describeWaiver(check.waiver)), element('system-out', {}, `Waived failure\n${evidence(check)}`)];
  }
  switch (check.verdict) {
    case 'fail':
      return [element('failure', { message: `${check.title}: ${message}`, type: check.level }, evidence(check))];
    case 'error':
      return [element('error', { message, type: 'error' }, evidence(check))];
    case 'skip':
      return [skipped([check.skipReason ?? 'skipped', message].filter((part) => part !== '').join(': '))];
    case 'warn':
      return [element('system-out', {}, `Warning\n${evidence(check)}`)];
    case 'pass':
      return message === '' ? [] : [element('system-out', {}, content(message))];
  }
}

const testCase = (suite: string, check: CheckResult): string =>
  element('testcase', { name: check.id, classname: suite, time: seconds(check.durationMs) }, ...outcome(check));

/** What went wrong with the run as a whole, as test cases that do not pass. */
function runSuite({ fault, restore }: Results): { readonly xml: readonly string[]; readonly errors: number } {
  const cases = [
    ...(fault === null ? [] : [{ name: 'run/completed', message: fault, lines: [] }]),
    ...(restore.verdict === 'left-modified'
      ? [{ name: 'run/camera-restored', message: 'the camera could not be put back as it was', lines: restore.differences }]
      : []),
  ];
  if (cases.length === 0) return { xml: [], errors: 0 };
  const xml = cases.map(({ name, message, lines }) =>
    element(
      'testcase',
      { name, classname: 'Run', time: '0.000' },
      element('error', { message, type: 'error' }, content([message, ...lines].join('\n'))),
    ),
  );
  return {
    xml: [block('testsuite', { name: 'Run', tests: cases.length, failures: 0, errors: cases.length, skipped: 0, time: '0.000' }, xml)],
    errors: cases.length,
  };
}

/** What was tested, and under which terms. */
function propertiesOf({ camera, profile, allowed }: Results): string {
  const known = { ...camera, profile, allowed: allowed.join(',') };
  const all = Object.entries(known).flatMap(([name, text]) => (text === null ? [] : [element('property', { name: `camera.${name}`, value: text })]));
  return element('properties', {}, ...all);
}

/** The text of `junit.xml`. `titles` gives the title of a section by its number: `21` is `Video`. */
export function formatJunit(results: Results, titles: ReadonlyMap<string, string>): string {
  const properties = propertiesOf(results);
  const suites = [...bySection(results.checks)].map(([number, checks]) => {
    const name = [number, titles.get(number)].filter((part) => part !== undefined).join(' ');
    const sums = summarise(checks);
    const duration = checks.reduce((sum, { durationMs }) => sum + durationMs, 0);
    return block('testsuite', { name, ...counts(sums), skipped: sums.skipped + sums.waived, time: seconds(duration), timestamp: results.startedAt }, [
      properties,
      ...checks.map((check) => testCase(name, check)),
    ]);
  });
  const run = runSuite(results);
  const sums = summarise(results.checks);
  const all = { ...sums, errors: sums.errors + run.errors };
  const attributes = { name: 'Camera conformance', ...counts(all), time: seconds(results.durationMs) };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${block('testsuites', attributes, [...suites, ...run.xml])}\n`;
}
