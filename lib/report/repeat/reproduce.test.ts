/** What is shown to repeat a check: real shells take the lines apart, and curl sends them to an embedded camera. */
import { execFile, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CGI } from '../../cgi/cgi-dialect.ts';
import { WEB } from '../../cgi/web-dialect.ts';
import { SECRET_NAMES } from '../../document/secret-names.ts';
import { type Emulator, startEmulator } from '../../emulator/emulator.ts';
import { CameraClient } from '../../http/client.ts';
import { sampleCheck, sampleExchange, sampleRtspExchange } from '../../results/sample-results.fixture.ts';
import { CREDENTIALS } from '../../wire/credentials.ts';
import type { Answer, HttpExchange } from '../../wire/exchange.ts';
import { md5Hex } from '../../wire/md5.ts';
import { printable } from '../../wire/printable.ts';
import { reproduce } from './reproduce.ts';
import { shellWord } from './shell-word.ts';

const HOSTILE = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        "'",
        '"',
        '$(id)',
        '`id`',
        '\\',
        '!',
        '\n',
        '\r',
        '\u001b[2J',
        '\0',
        '\ud800',
        '\u202e',
        '%00',
        '***',
        '&',
        '#',
        '@',
        '~',
        '*',
        ' -o x',
        ';',
      ),
    )
    .map((parts) => parts.join('')),
);

/** What goes out in place of half a surrogate pair. */
const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd');

const sh = (script: string, environment: Record<string, string> = {}): string[] => {
  const { stdout, stderr } = spawnSync('sh', ['-c', script], { env: { PATH: process.env.PATH ?? '', ...environment }, encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.split('\0').slice(0, -1);
};
/** What curl would be called with. */
const wordsOf = (line: string, environment?: Record<string, string>): string[] =>
  sh(`curl() { printf '%s\\0' "$@"; }; ${line}`, { CAMERA_SECRET: 'x', ...environment });
const lineOf = (changes: Partial<HttpExchange>): string => reproduce(sampleCheck({ exchange: sampleExchange(changes) })).request ?? '';

describe('a word for a shell', () => {
  test('is what the shell hands over, byte by byte', () => {
    fc.assert(
      fc.property(
        fc.array(
          HOSTILE.map((text) => wellFormed(text.replaceAll('\0', ''))),
          { minLength: 1, maxLength: 20 },
        ),
        (texts) => {
          expect(sh(`printf '%s\\0' ${texts.map((text) => shellWord(text)).join(' ')}`)).toEqual(texts);
        },
      ),
      { numRuns: 100, seed: 20 },
    );
  });

  test('keeps expansions apart from what surrounds them', () => {
    expect(sh(`printf '%s\\0' ${shellWord("a'$X", { expansion: '$X' }, ' $X')}`, { X: '* "y"' })).toEqual([`a'$X* "y" $X`]);
  });

  test('cannot hold NUL', () => {
    expect(() => shellWord('a\0')).toThrow('NUL');
  });
});

describe('the command', () => {
  test('runs the check alone', () => {
    expect(reproduce(sampleCheck()).command).toBe('npm run conformance -- --check video/bitrate/above-range');
    expect(reproduce(sampleCheck({ id: 'osd/title_list[0]/round-trip' }), ['--url', 'http://a/b?&']).command).toBe(
      "npm run conformance -- --url 'http://a/b?&' --check 'osd/title_list[0]/round-trip'",
    );
  });

  test('what the run recorded goes before what the check alone tells', () => {
    const recorded = { command: 'npm run conformance -- --profile strict --check a', request: null };
    expect(reproduce(sampleCheck({ exchange: sampleExchange(), reproduce: recorded }))).toBe(recorded);
  });
});

describe('the curl line', () => {
  test('reads like the request', () => {
    expect(lineOf({})).toBe(
      `curl -sSi -G http://192.168.1.89/action/cgi_action --data-urlencode user="\${CAMERA_USER:-admin}" ` +
        `--data-urlencode pwd="$(printf %s "\${CAMERA_PASSWORD:-123456}" | md5sum | cut -c1-32)" ` +
        `--data-urlencode action=setVencConf --data-urlencode 'json={"bitrate":99999999}'`,
    );
  });

  test('is printable, and the shell leaves its data alone, whatever was sent', () => {
    fc.assert(
      fc.property(HOSTILE, HOSTILE, HOSTILE, (user, action, json) => {
        const encode = (text: string): string => encodeURIComponent(wellFormed(text));
        const line = lineOf({
          url: `http://192.168.1.89/action/cgi_action?user=${encode(user)}&pwd=***&action=${encode(action)}&json=${encode(json)}`,
          credentials: 'wrong-user',
        });
        expect(printable(line)).toBe(line);
        const query = new Map<string, string>();
        const words = wordsOf(line);
        words.forEach((word, index) => {
          const [name = '', value = ''] = word.split(/=(.*)/s);
          if (words[index - 1] === '--data-urlencode') query.set(name, value);
          if (words[index - 1] === '--data') query.set(name, decodeURIComponent(value));
        });
        const secretOf = (text: string): string => wellFormed(text).replaceAll('***', 'x');
        expect(Object.fromEntries(query)).toEqual({ user: secretOf(user), pwd: md5Hex('123456'), action: secretOf(action), json: secretOf(json) });
      }),
      { numRuns: 150, seed: 21 },
    );
  });

  test('a masked value has to be given; without it nothing is sent', () => {
    const line = lineOf({ url: 'http://c/action/cgi_action?user=admin&pwd=***&action=setWifiConfig&json=%7B%22passwd%22%3A%22***%22%7D' });
    expect(wordsOf(line, { CAMERA_SECRET: 'a b' })).toContain('json={"passwd":"a b"}');
    const { stdout, stderr } = spawnSync('sh', ['-c', `curl() { echo sent; }; ${line}`], { encoding: 'utf8' });
    expect(stdout).toBe('');
    expect(stderr).toContain('CAMERA_SECRET: must hold what the report masks');
  });

  test('says what curl needs to know about the address and the reply', () => {
    expect(wordsOf(lineOf({ url: 'https://[fe80::1]/action/cgi_images', reply: null }))).toEqual([
      '-sSi',
      '--insecure',
      '--globoff',
      '--max-time',
      '30',
      'https://[fe80::1]/action/cgi_images',
    ]);
    const picture = { statusLine: 'HTTP/1.1 200 OK', status: 200, headers: [], text: null, bytes: 9 };
    expect(lineOf({ url: 'http://c/action/cgi_images', reply: picture })).toBe('curl -sS -D - -o reply.bin http://c/action/cgi_images');
  });
});

test('whatever a results file holds can be shown', () => {
  fc.assert(
    fc.property(HOSTILE, HOSTILE, fc.constantFrom('', 'rtsp://', 'http://c/?', 'http://c/?user=&pwd=***&json='), (id, text, scheme) => {
      const recorded = { url: scheme + text, deviations: [{ id: 'percent-encoding-refused', detail: text }] };
      const exchange = scheme === 'rtsp://' ? sampleRtspExchange('PLAY', text, { ...recorded, request: text }) : sampleExchange(recorded);
      const { command, request, dialogue } = reproduce(sampleCheck({ id, exchange }), [text]);
      expect(printable(command)).toBe(command);
      for (const shown of [request ?? '', dialogue ?? '']) expect(shown.split('\n').map(printable).join('\n')).toBe(shown);
    }),
    { numRuns: 300, seed: 22 },
  );
});

describe('the text of an RTSP request', () => {
  const url = 'rtsp://192.168.1.89:554/stream_0';

  test('is as it was sent', () => {
    const request = `SETUP ${url} RTSP/1.0\r\nCSeq: 3\r\nSession: \u001b[2J\r\n\r\n`;
    const { request: lines, dialogue } = reproduce(sampleCheck({ exchange: sampleRtspExchange('SETUP', null, { url, request }) }));
    expect(lines).toBeNull();
    expect(dialogue).toMatch(/^Over one connection to 192\.168\.1\.89:554, .* asked for no authentication/);
    expect(dialogue?.split('\n\n')[1]).toBe(`SETUP ${url} RTSP/1.0\nCSeq: 3\nSession: \\x1B[2J`);
  });
});

const hasCurl = spawnSync('curl', ['--version']).error === undefined && spawnSync('md5sum', ['/dev/null']).error === undefined;
if (!hasCurl) console.log('curl or md5sum is not installed: the lines for it are not tried.');

describe.skipIf(!hasCurl)('curl', () => {
  const PASSWORD = `pass "w$rd'`;
  let emulator: Emulator;
  let client: CameraClient;
  beforeAll(async () => {
    emulator = await startEmulator({ password: PASSWORD });
    client = new CameraClient({
      dialect: CGI,
      baseUrl: new URL(emulator.url),
      user: 'admin',
      password: PASSWORD,
      timeoutMs: 5000,
      concurrency: 1,
      secretNames: SECRET_NAMES,
    });
  });
  afterAll(async () => {
    await client.close();
    await emulator.close();
  });

  const reply = async (line: string): Promise<{ head: string; body: string }> => {
    const { stdout } = await promisify(execFile)('sh', ['-c', line], { env: { ...process.env, CAMERA_PASSWORD: PASSWORD } });
    const [head = '', body = ''] = stdout.split(/\r\n\r\n(.*)/s);
    return { head: head.split('\r\n')[0] ?? '', body };
  };

  const requests: readonly (readonly [string, () => Promise<Answer>])[] = [
    ['a get', () => client.cgi('getVencConf', { channel: 0 })],
    ['a set that is refused', () => client.cgi('setVencConf', { channel: 0, bitrate: 99999999 })],
    ['a string of every kind', () => client.cgi('setSysConfig', { deviceName: `a'b"c\\d $HOME %41 &=+#;~ \u0001\u202eä漢` })],
    ['JSON that does not parse', () => client.cgi('setVencConf', '{"channel":0,,"\0')],
    ['an empty json', () => client.cgi('setVencConf', '')],
    ['an unknown action', () => client.cgi('conformance Unknown&x', {})],
    ['an empty action', () => client.cgi('', {})],
    ['the telnet path', () => client.path('/action/telnet', { action: 'open' })],
    ['a snapshot in an unknown format', () => client.path('/action/cgi_images', { fmt: 'gi f' })],
    ['a path that does not exist', () => client.path("/action/it's [here]", {})],
    ...CREDENTIALS.filter((each) => each !== 'near-miss').map(
      (credentials) => [`credentials: ${credentials}`, () => client.cgi('getVencConf', null, { credentials })] as const,
    ),
  ];

  test.each(requests)('gets the reply of the exchange: %s', async (_, ask) => {
    const { exchange } = await ask();
    const line = reproduce(sampleCheck({ exchange })).request ?? '';
    expect(line).not.toContain(PASSWORD);
    expect(await reply(line)).toEqual({ head: exchange.reply?.statusLine, body: exchange.reply?.text });
  });

  describe('to the calls of a page', () => {
    let page: Emulator;
    let posting: CameraClient;
    beforeAll(async () => {
      page = await startEmulator({ password: PASSWORD, web: 'only', requestLog: true });
      posting = new CameraClient({
        dialect: WEB,
        baseUrl: new URL(page.url),
        user: 'admin',
        password: PASSWORD,
        timeoutMs: 5000,
        concurrency: 1,
        secretNames: SECRET_NAMES,
      });
    });
    afterAll(async () => {
      await posting.close();
      await page.close();
    });

    test.each([
      ['a get', () => posting.cgi('getVencConf', { channel: 0 })],
      ['a get of nothing in particular', () => posting.cgi('getOsdConf')],
      ['a string of every kind', () => posting.cgi('setSysConfig', { deviceName: `a'b"c\\d $HOME %41 &=+#;~ @ \u202eä漢` })],
      ['JSON that does not parse', () => posting.cgi('setVencConf', '{"channel":0,,')],
      ['no JSON at all', () => posting.cgi('setVencConf')],
    ] as const)('logs in, then gets the reply of the exchange: %s', async (_, ask) => {
      const { exchange } = await ask();
      const lines = reproduce(sampleCheck({ exchange })).request ?? '';
      expect(printable(lines.replaceAll('\n', ''))).toBe(lines.replaceAll('\n', ''));
      expect(lines).not.toContain(PASSWORD);
      const before = page.requests().length;
      const { stdout } = await promisify(execFile)('sh', ['-c', lines], { env: { ...process.env, CAMERA_PASSWORD: PASSWORD } });
      expect(
        page
          .requests()
          .slice(before)
          .map(({ action }) => action),
      ).toEqual(['hiLogin', exchange.url.split('/').at(-1)]);
      expect(page.requests().at(-2)?.result).toBe(0);
      expect(stdout.trimEnd().endsWith(exchange.reply?.text?.trimEnd() ?? 'nothing')).toBe(true);
    });
  });

  test.each([
    ['telnet-basic', '/action/telnet', { action: 'open' }],
    ['snapshot-basic', '/action/cgi_images', { fmt: 'gif' }],
    ['snapshot-digest', '/action/cgi_images', { fmt: 'gif' }],
  ])('logs in as HTTP has it where the camera asked for that: %s', async (quirk, path, parameters) => {
    const guarded = await startEmulator({ password: PASSWORD, quirks: [quirk] });
    const own = new CameraClient({
      dialect: CGI,
      baseUrl: new URL(guarded.url),
      user: 'admin',
      password: PASSWORD,
      timeoutMs: 5000,
      concurrency: 1,
      secretNames: SECRET_NAMES,
    });
    try {
      const { exchange } = await own.path(path, parameters, { credentials: 'right' });
      expect(exchange.reply?.status).toBe(200);
      const line = reproduce(sampleCheck({ exchange })).request ?? '';
      expect(line).not.toContain(PASSWORD);
      const { stdout } = await promisify(execFile)('sh', ['-c', line], { env: { ...process.env, CAMERA_PASSWORD: PASSWORD } });
      expect(stdout.match(/^HTTP\/1\.[01] \d+/gm)).toEqual(['HTTP/1.1 401', 'HTTP/1.1 200'].map((each) => expect.stringContaining(each.slice(9))));
      expect(stdout.endsWith(exchange.reply?.text ?? 'nothing')).toBe(true);
    } finally {
      await own.close();
      await guarded.close();
    }
  });

  test('sends the very bytes to a camera that takes only unescaped JSON', async () => {
    const heard: string[] = [];
    const server = createServer((socket) => {
      socket.setEncoding('latin1').on('data', (text) => {
        heard.push(/json=(\S*)/.exec(String(text))?.[1] ?? '');
        socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const encoded = encodeURIComponent('{"a":[1],"b":"ä%+ &\u202e"}');
    await reply(
      lineOf({
        url: `http://127.0.0.1:${port}/action/cgi_action?user=a&pwd=***&action=x&json=${encoded}`,
        deviations: [{ id: 'percent-encoding-refused', detail: '' }],
      }),
    );
    await new Promise((resolve) => server.close(resolve));
    expect(heard).toEqual([Buffer.from('{"a":[1],"b":"ä%25%2b%20%26%e2%80%ae"}').toString('latin1')]);
  });
});
