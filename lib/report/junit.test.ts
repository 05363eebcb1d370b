import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CheckResult } from '../results/results.ts';
import { sampleCheck, sampleExchange, sampleResults, sampleWaiver } from '../results/sample-results.fixture.ts';
import { formatJunit } from './junit.ts';
import { anyText } from './statement/any-text.fixture.ts';

// The same cases each time; another seed finds others.
fc.configureGlobal({ seed: 1 });

const TITLES = new Map([
  ['5', 'System Configuration'],
  ['21', 'Video'],
]);
const NASTY = 'a<b>&"\'\u0000\u0007\u001b[31m]]>\r\n\t\ud800\ufffe\u00e9\u{1f600}';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

const decode = (text: string): string => {
  expect(text).not.toMatch(/&(?!(amp|lt|gt|quot|#9|#10|#13);)/);
  return text.replace(/&(#?\w+);/g, (_, entity: string) =>
    entity.startsWith('#') ? String.fromCharCode(Number(entity.slice(1))) : ({ amp: '&', lt: '<', gt: '>', quot: '"' }[entity] ?? ''),
  );
};

/** As XML readers do it: what is not an entity and breaks the line, or is a tab, becomes a blank. */
const attribute = (text: string): string => decode(text.replace(/[\t\n\r]/g, ' '));

/** Reads the XML that this project writes, and nothing more lenient: throws where tags do not pair or a character is illegal. */
function parseXml(xml: string): Element {
  expect(xml).not.toMatch(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u);
  const [declaration = '', ...rest] = xml.split('\n');
  expect(declaration).toBe('<?xml version="1.0" encoding="UTF-8"?>');
  const open: Element[] = [{ name: '', attributes: {}, children: [], text: '' }];
  for (const [token] of rest.join('\n').matchAll(/<[^>]*>|[^<]+/g)) {
    const parent = open.at(-1);
    if (parent === undefined) throw new Error('a tag too many is closed');
    if (!token.startsWith('<')) {
      parent.text += decode(token);
      continue;
    }
    if (token.startsWith('</')) {
      if (token !== `</${parent.name}>`) throw new Error(`${token} closes ${parent.name}`);
      open.pop();
      continue;
    }
    const match = /^<([\w-]+)((?: [\w-]+="[^"<]*")*)(\/?)>$/.exec(token);
    if (match === null) throw new Error(`no tag: ${token}`);
    const attributes = Object.fromEntries([...(match[2] ?? '').matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key, text]) => [key, attribute(text ?? '')]));
    const element: Element = { name: match[1] ?? '', attributes, children: [], text: '' };
    parent.children.push(element);
    if (match[3] === '') open.push(element);
  }
  const [document] = open;
  if (open.length !== 1 || document?.children.length !== 1) throw new Error('not one closed root');
  return document.children[0] as Element;
}

const CASE = { attributes: ['name', 'classname', 'time'], children: ['skipped', 'error', 'failure', 'system-out'] };
const RESULT = { attributes: ['message', 'type'], children: [] };
/** What the strictest reader, Jenkins' xUnit plugin, takes (junit-10.xsd), as far as it is used here. */
const KNOWN: Readonly<Record<string, { readonly attributes: readonly string[]; readonly children: readonly string[] }>> = {
  testsuites: { attributes: ['name', 'time', 'tests', 'failures', 'errors'], children: ['testsuite'] },
  testsuite: { attributes: ['name', 'tests', 'failures', 'errors', 'skipped', 'time', 'timestamp'], children: ['properties', 'testcase'] },
  properties: { attributes: [], children: ['property'] },
  property: { attributes: ['name', 'value'], children: [] },
  testcase: CASE,
  skipped: RESULT,
  error: RESULT,
  failure: RESULT,
  'system-out': { attributes: [], children: [] },
};

function isKnown({ name, attributes, children }: Element): void {
  expect(KNOWN[name]?.attributes, name).toEqual(expect.arrayContaining(Object.keys(attributes)));
  if ('time' in attributes) expect(attributes.time).toMatch(/^\d+\.\d{3}$/);
  expect(KNOWN[name]?.children, name).toEqual(expect.arrayContaining(children.map((child) => child.name)));
  for (const child of children) isKnown(child);
}

const suitesOf = (...parameters: Parameters<typeof sampleResults>): Element => parseXml(formatJunit(sampleResults(...parameters), TITLES));

describe('formatJunit', () => {
  const root = suitesOf([
    sampleCheck(),
    sampleCheck({ id: 'a/fail', verdict: 'fail', message: 'Documented  1 to 3\nReceived    4', exchange: sampleExchange() }),
    sampleCheck({ id: 'a/warn', level: 'should', verdict: 'warn', message: 'Documented  x\nReceived    y', exchange: sampleExchange() }),
    sampleCheck({ id: 'b/skip', section: '5.1', verdict: 'skip', skipReason: 'not-allowed', message: 'needs ptz', durationMs: 0 }),
    sampleCheck({ id: 'b/error', section: '5', verdict: 'error', message: 'Could not read', durationMs: 250 }),
    sampleCheck({ id: 'c/note', section: '43.1', level: 'note', message: 'reads 5' }),
  ]);
  const caseOf = (id: string): Element | undefined =>
    root.children.flatMap(({ children }) => children).find(({ attributes }) => attributes.name === id);

  test('has a suite per section with the right counts and seconds', () => {
    expect(root.attributes).toMatchObject({ tests: '6', failures: '1', errors: '1', time: '12.345' });
    expect(root.children.map(({ name, attributes }) => ({ name, ...attributes }))).toMatchObject([
      { name: '5 System Configuration', tests: '2', failures: '0', errors: '1', skipped: '1', time: '0.250' },
      { name: '21 Video', tests: '3', failures: '1', errors: '0', skipped: '0', time: '4.500' },
      { name: '43', tests: '1', failures: '0', errors: '0', skipped: '0', time: '1.500' },
    ]);
    expect(root.children.map(({ children }) => children.filter(({ name }) => name === 'testcase').length)).toEqual([2, 3, 1]);
  });

  test('says of each check what became of it', () => {
    expect(caseOf('video/bitrate/above-range')?.children).toEqual([]);
    expect(caseOf('a/fail')?.children).toMatchObject([
      { name: 'failure', attributes: { type: 'must', message: expect.stringContaining('Documented  1 to 3\nReceived    4') } },
    ]);
    expect(caseOf('a/fail')?.children[0]?.text).toContain('  Sent        setVencConf {"channel":0,"bitrate":99999999}');
    expect(caseOf('a/fail')?.children[0]?.text).toContain(
      'Request     GET http://192.168.1.89/action/cgi_action\n            user=admin\n            pwd=***\n',
    );
    expect(caseOf('a/fail')?.children[0]?.text).toContain('            { "code": 0 }');
    expect(caseOf('a/warn')?.children).toMatchObject([{ name: 'system-out', text: expect.stringContaining('Received    y') }]);
    expect(caseOf('b/skip')?.children).toMatchObject([
      { name: 'skipped', attributes: { message: 'not-allowed: needs ptz' }, text: 'not-allowed: needs ptz' },
    ]);
    expect(caseOf('b/error')?.children).toMatchObject([{ name: 'error', attributes: { message: 'Could not read' } }]);
    expect(caseOf('c/note')?.children).toMatchObject([{ name: 'system-out', text: 'reads 5' }]);
  });

  test('a waived failure is skipped, with the waiver as its reason and the evidence beside it', () => {
    const waived = sampleCheck({ verdict: 'fail', message: 'Received    4', exchange: sampleExchange(), waiver: sampleWaiver() });
    const root = suitesOf([waived, sampleCheck({ id: 'a/skip', verdict: 'skip' })]);
    expect(root.attributes).toMatchObject({ tests: '2', failures: '0', errors: '0' });
    expect(root.children[0]?.attributes).toMatchObject({ skipped: '2' });
    expect(root.children[0]?.children[1]?.children).toMatchObject([
      { name: 'skipped', attributes: { message: 'waived until 2026-12-31 by jane, FW-12: mended in 2.1' } },
      { name: 'system-out', text: expect.stringMatching(/^Waived failure\n.*Received {4}4/s) },
    ]);
  });

  test('survives whatever a camera sends', () => {
    const reply = { statusLine: NASTY, status: 200, headers: [[NASTY, NASTY]] as const, text: NASTY, bytes: 20 };
    const exchange = sampleExchange({ url: NASTY, json: NASTY, reply, failure: NASTY, deviations: [{ id: 'bare-lf', detail: NASTY }] });
    const nasty = (['pass', 'fail', 'warn', 'skip', 'error'] as const).map((verdict) =>
      sampleCheck({ id: NASTY, title: NASTY, action: null, message: NASTY, verdict, exchange, skipReason: verdict === 'skip' ? 'blocked' : null }),
    );
    const { children } = suitesOf(nasty, { fault: NASTY, restore: { verdict: 'left-modified', differences: [NASTY] } });
    expect(children.map(({ attributes }) => attributes.tests)).toEqual(['5', '2']);
    const failure = children[0]?.children[2]?.children[0];
    const kept = 'a<b>&"\'[31m]]>\r\n\t\u00e9\u{1f600}';
    expect(failure?.attributes.message).toBe(`${kept}: ${kept}`);
    expect(failure?.text).toContain('\\x00\\x07\\x1B[31m]]>');
  });

  test('a run that broke off, or left the camera modified, does not look like a good one', () => {
    expect(suitesOf([], {}).attributes).toMatchObject({ tests: '0', errors: '0' });
    const root = suitesOf([sampleCheck()], { fault: 'Could not reach it', restore: { verdict: 'left-modified', differences: ['bitrate reads 1'] } });
    expect(root.attributes).toMatchObject({ tests: '3', errors: '2' });
    expect(root.children[1]).toMatchObject({ attributes: { name: 'Run', tests: '2', errors: '2' } });
    expect(root.children[1]?.children[1]?.children[0]?.text).toContain('bitrate reads 1');
  });

  test('says of each suite which camera it is about', () => {
    const [properties] =
      suitesOf([sampleCheck()], { camera: { url: null, deviceId: 'RG10', mac: null, version: '1.0', model: null } }).children[0]?.children ?? [];
    expect(properties?.children.map(({ attributes }) => attributes)).toEqual([
      { name: 'camera.deviceId', value: 'RG10' },
      { name: 'camera.version', value: '1.0' },
      { name: 'camera.profile', value: 'default' },
      { name: 'camera.allowed', value: 'ptz' },
    ]);
  });

  test('has only what the readers know, and is well-formed, whatever a camera sends', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const reply = { statusLine: text, status: 200, headers: [[text, text]] as const, text, bytes: 20 };
        const check = (verdict: CheckResult['verdict'], changes: Partial<CheckResult> = {}) =>
          sampleCheck({
            id: text,
            title: text,
            action: text,
            message: text,
            verdict,
            exchange: sampleExchange({ url: text, json: text, reply }),
            ...changes,
          });
        const checks = [
          check('pass'),
          check('fail'),
          check('warn'),
          check('error'),
          check('skip'),
          check('fail', { waiver: sampleWaiver({ reason: text }) }),
        ];
        const camera = { url: text, deviceId: text, mac: text, version: text, model: text };
        isKnown(suitesOf(checks, { camera, fault: text, restore: { verdict: 'left-modified', differences: [text] } }));
      }),
      { numRuns: 100 },
    );
  });
});
