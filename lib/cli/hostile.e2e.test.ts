/** A camera whose every string is an attack on whoever reads the reports: what a run writes of it is intact, and shows it as text. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { StreamTamper } from '../emulator/stream/stream-tamper.ts';
import type { Tamper } from '../emulator/tamper.ts';
import { hasNoChromium, type Looked, look } from '../report/browser/chromium.fixture.ts';
import { conformance, faultyCamera, filesBelow, LIMIT_MS, type Run } from './conformance.fixture.ts';

/** Runs where it is taken for markup, and leaves a mark that can be found. */
const MARKUP = `"'></title></style></script></textarea><img src=x onerror="document.title='PWNED'"><script>document.title='PWNED'</script>]]><!--`;
/** Clears the screen, sets its title, colours, rings, goes back and up. */
const ESCAPES = '\u001b[2J\u001b]0;PWNED\u0007\u001b[31m\u009b1A\b\r\n\t\u007f';
/** NUL, half a surrogate pair, right-to-left, invisible, not a character. */
const ODD = '\0\ud800\u202e\u2066\u200b\ufeff\u2028\uffff\udc00';
const SHELL = `$(touch PWNED)\`touch PWNED\`; '\\''&|`;
const HOSTILE = MARKUP + ESCAPES + ODD + SHELL;
const LONG = 'long '.repeat(20_000);
/** For places where lines are bytes. */
const ONE_LINE = `${MARKUP}\u001b[2J\u001b]0;PWNED\u0007${SHELL}`;

const poisoned = (value: unknown): unknown => {
  if (typeof value === 'string') return `${value}${HOSTILE}`;
  if (Array.isArray(value)) return value.map(poisoned);
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, poisoned(member)]));
  return value;
};

const TAMPER: Tamper = {
  reply: (action, _, reply) => ({
    ...(poisoned(reply) as typeof reply),
    [HOSTILE]: HOSTILE,
    ...(action === 'getSysConfig' ? { dev_name: LONG + HOSTILE, version: `1.0${HOSTILE}${LONG}` } : {}),
  }),
  text: (_, text) => `${text} ${HOSTILE}`,
  wire: (action, body) =>
    action === 'getRebootConf'
      ? `HTTP/1.1 200 OK ${ONE_LINE}\r\nServer: ${ONE_LINE}\r\nX-${ONE_LINE}: 1\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
      : undefined,
};
const STREAM_TAMPER: StreamTamper = {
  response: (method, text) => {
    const poison = text.replace(/^(RTSP\/1\.0 \d+ .*)$/m, `$1\r\nServer: ${ONE_LINE.replaceAll('$', '$$$$')}`);
    const [head = '', body = ''] = poison.split('\r\n\r\n', 2);
    if (method !== 'DESCRIBE' || body === '') return poison;
    const sdp = `${body.replace(/^s=.*$/m, 's=x')}a=tool:${MARKUP}${SHELL}\r\n`;
    const other = head.replace(/Content-Type: .*/i, 'Content-Type: text/html');
    return `${other.replace(/Content-Length: \d+/i, `Content-Length: ${Buffer.byteLength(sdp)}`)}\r\n\r\n${sdp}`;
  },
};

let run: Run;
beforeAll(async () => {
  const { url } = await faultyCamera({ tamper: TAMPER, streamTamper: STREAM_TAMPER });
  run = await conformance({ allure: true, environment: { CAMERA_URL: url, CAMERA_SECTIONS: '1,5,8,19', FORCE_COLOR: '1' } });
}, LIMIT_MS);

const evidence = (): string => JSON.stringify(run.results.checks.map(({ exchange, message }) => [exchange, message]));

describe('a run against a hostile camera', () => {
  it('comes to its end, with failures that quote what came', () => {
    expect([1, 3]).toContain(run.code);
    expect(run.stderr).not.toContain('    at ');
    expect(run.results.summary).toMatchObject({ errors: 0 });
    // What hits every action is one finding, which all others name.
    const followers = run.results.checks.filter(({ message }) => message?.startsWith('same cause as '));
    expect(run.results.summary.failed).toBeGreaterThan(3);
    expect(run.results.summary.failed + followers.length).toBeGreaterThan(20);
    expect(run.results.camera.deviceId).toContain(MARKUP);
    for (const part of ['onerror', '\\u001b]0;', '\u202e', '\\ud800', 'touch PWNED', 'X-', 'a=tool:']) expect(evidence()).toContain(part);
  });

  it('says nothing to the terminal but text and its own colours', () => {
    const text = run.stdout + run.stderr;
    expect(text).toContain('PWNED');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: its own colours are what is left out
    const rest = text.replace(/\u001b\[(?:0|1|31|32|33)m/g, '');
    expect(rest).not.toMatch(/[^\P{Cc}\n]|[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Surrogate}/u);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThan(3000);
  });

  it('leaves files of text that any reader can decode', () => {
    const files = filesBelow(run.folder);
    expect(files.length).toBeGreaterThan(100);
    for (const { name, text } of files) {
      expect(name).not.toContain('PWNED');
      if (!/\.(json|xml|html|txt|md)$/.test(name)) continue;
      expect(() => new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'latin1')), name).not.toThrow();
      expect(text.includes('\0'), name).toBe(false);
      if (name.endsWith('.json')) expect(() => JSON.parse(text), name).not.toThrow();
    }
  });

  it('leaves results for Allure without a description that is markup', () => {
    const results = filesBelow(join(run.folder, 'allure-results')).filter(({ name }) => name.endsWith('-result.json'));
    expect(results.length).toBeGreaterThan(100);
    for (const { name, text } of results) {
      const { descriptionHtml = '' } = JSON.parse(text) as { descriptionHtml?: string };
      expect(descriptionHtml, name).not.toMatch(/<(?:img|script|style|textarea|title)\b/i);
    }
  });

  it('shows how to repeat each failure, on lines that do nothing else', () => {
    const lines = run.results.checks.flatMap(({ reproduce }) => [reproduce?.command ?? '', ...(reproduce?.request ?? '').split('\n')]);
    expect(lines.filter((line) => line.startsWith('curl ')).length).toBeGreaterThan(20);
    expect(lines.filter((line) => /[^\P{Cc}]/u.test(line))).toEqual([]);
  });
});

describe.skipIf(hasNoChromium)('what a browser makes of it', () => {
  interface Parsed {
    readonly title: string;
    readonly tags: readonly string[];
    readonly handlers: readonly string[];
    readonly text: string;
  }
  const read = (expression: string): string => `(() => {
    const parsed = ${expression};
    const elements = [...parsed.querySelectorAll('*')];
    return {
      title: parsed.title,
      tags: [...new Set(elements.map(({ nodeName }) => nodeName.toLowerCase()))],
      handlers: elements.flatMap((element) => element.getAttributeNames()).filter((name) => name.startsWith('on')),
      text: parsed.documentElement.textContent,
    };
  })()`;
  let looked: Looked;
  beforeAll(async () => {
    looked = await look(pathToFileURL(join(run.folder, 'statement.html')));
  });

  it('junit.xml is well-formed XML and nothing but test cases', async () => {
    const xml = readFileSync(join(run.folder, 'junit.xml'), 'utf8');
    const { tags, text } = await looked.page.evaluate<Parsed>(read(`new DOMParser().parseFromString(${JSON.stringify(xml)}, 'application/xml')`));
    // A run that ends with a fault, or with a camera that is not as it was, tells it as an error of its own.
    const { fault, restore } = run.results;
    const ofRun = fault === null && restore.verdict !== 'left-modified' ? [] : ['error'];
    expect(tags.toSorted()).toEqual([...ofRun, 'failure', 'properties', 'property', 'skipped', 'system-out', 'testcase', 'testsuite', 'testsuites']);
    expect(text).toContain('<img src=x onerror=');
  });

  it('statement.html has none of its elements, asks nobody for anything, and shows it as text', async () => {
    const { tags, handlers, title, text } = await looked.page.evaluate<Parsed>(read('document'));
    expect(title).toMatch(/^Conformance statement/);
    expect(tags.filter((tag) => ['img', 'script', 'textarea', 'iframe', 'link'].includes(tag))).toEqual([]);
    expect(handlers).toEqual([]);
    expect(text).toContain('<img src=x onerror=');
    expect({ faults: looked.faults, foreign: looked.foreign }).toEqual({ faults: [], foreign: [] });
  });
});
