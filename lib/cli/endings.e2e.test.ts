/** Runs that cannot be done: exit code 2 within the time limit, one clear sentence, no stack trace, results that name the fault. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONFIGURATION, CONFIGURATION_NAMES } from '../execution/configuration.ts';
import { okReply, type RawServer, startRawServer } from '../http/raw-server.fixture.ts';
import { LOADER } from '../start/loader.ts';
import { camera, conformance, junitSuites, LIMIT_MS, type Run, type RunOptions, runCommand, temporaryFolder } from './conformance.fixture.ts';

/** Far below a run; the start of the process and a request that is not answered for half a second fit into it on a busy machine. */
const SOON_MS = 20_000;

function expectNoRun({ code, stdout, stderr, durationMs, results, folder }: Run, sentence: RegExp): void {
  const lines = stderr.split('\n').filter((line) => line !== '');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(sentence);
  expect(stdout + stderr).not.toMatch(/\n {4}at |node:internal|undefined|\[object/);
  expect(durationMs).toBeLessThan(SOON_MS);
  expect({ code, verdict: results.verdict, exitCode: results.exitCode, checks: results.checks }).toEqual({
    code: 2,
    verdict: 'incomplete',
    exitCode: 2,
    checks: [],
  });
  expect(results.fault).toBe(lines[0]);
  expect(junitSuites(folder)).toEqual(['Run']);
}

describe('an address where there is no camera', () => {
  const servers: RawServer[] = [];
  const page = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end('<html><body>Router login</body></html>'));
  const answering = async (bytes: Buffer | null): Promise<string> => {
    const server = await startRawServer((socket) => bytes !== null && socket.write(bytes));
    servers.push(server);
    return server.url.origin;
  };
  let addresses: Readonly<Record<string, string>>;
  beforeAll(async () => {
    await new Promise<void>((resolve) => page.listen(0, '127.0.0.1', resolve));
    const gone = await startRawServer(() => undefined);
    await gone.close();
    addresses = {
      closed: gone.url.origin,
      page: `http://127.0.0.1:${(page.address() as AddressInfo).port}`,
      silent: await answering(null),
      missing: await answering(Buffer.from('HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\nnot found')),
      garbage: await answering(Buffer.from('\u0000\u0001SSH-2.0-dropbear\r\n\r\n')),
      lookalike: await answering(okReply('[{"code":0}]', 'application/json')),
    };
  });
  afterAll(async () => {
    for (const server of servers) await server.close();
    page.closeAllConnections();
    page.close();
  });

  it.concurrent.each([
    ['closed', 'nothing listens', /^Could not reach http:\/\/127\.0\.0\.1:\d+: nothing listens on port \d+\. Check the port/],
    ['page', 'a web page comes', /is not a camera of this family: it answers getSysConfig with the text "<html>.*check CAMERA_URL\.$/],
    ['silent', 'no reply comes', /^Could not get a reply from http:\/\/127\.0\.0\.1:\d+: no complete reply within \d+ ms\./],
    ['missing', 'HTTP 404 comes', /is not a camera of this family: .*HTTP status 404.*check CAMERA_URL, or set CAMERA_API=web /],
    ['garbage', 'another protocol is spoken', /^Could not get a reply from http:\/\/127\.0\.0\.1:\d+: what it sent is no HTTP reply/],
    ['lookalike', 'another JSON comes', /is not a camera of this family/],
  ])('%s: says that %s', async (name, _, sentence) => {
    const url = addresses[name] ?? '';
    const run = await conformance({ environment: { CAMERA_URL: url, CAMERA_TIMEOUT_MS: '500', CAMERA_AWAY_MS: '4500' } });
    expectNoRun(run, sentence);
    expect(run.results.camera.url).toBe(`${url}/`);
  });

  it('says that the name is not known', async () => {
    expectNoRun(
      await conformance({ environment: { CAMERA_URL: 'http://camera.invalid' } }),
      /^Could not reach http:\/\/camera\.invalid: the host name is not known/,
    );
  });
});

it('says that the password is refused, and does not say it', async () => {
  const { url } = await camera();
  const run = await conformance({ environment: { CAMERA_URL: url, CAMERA_PASSWORD: 'not-this-one' } });
  expectNoRun(run, /refuses the user "admin" with this password; set CAMERA_USER and CAMERA_PASSWORD\.$/);
  expect(run.stderr + JSON.stringify(run.results)).not.toContain('not-this-one');
});

describe('settings that cannot be read', () => {
  it.concurrent.each<[string, RunOptions, RegExp]>([
    ['a URL of another scheme', { environment: { CAMERA_URL: 'ftp://192.0.2.1' } }, /^CAMERA_URL: "ftp:\/\/192\.0\.2\.1" does not begin with http/],
    ['an RTSP URL of another scheme', { environment: { CAMERA_RTSP_URL: 'http://192.0.2.1' } }, /^CAMERA_RTSP_URL: .* rtsp:\/\//],
    ['a word for a section', { environment: { CAMERA_SECTIONS: 'video' } }, /^CAMERA_SECTIONS: "video" is neither a section/],
    ['sections that do not exist', { environment: { CAMERA_SECTIONS: '43' } }, /^CAMERA_SECTIONS: 43 is not a section of the document \(1 to 42\)/],
    ['an unknown profile', { environment: { CAMERA_PROFILE: 'lax' } }, /^CAMERA_PROFILE: "lax" is no profile/],
    ['an unknown hazard', { environment: { CAMERA_ALLOW: 'fire' } }, /^CAMERA_ALLOW: "fire" is no hazard; the hazards are telnet/],
    ['a timeout of nothing', { environment: { CAMERA_TIMEOUT_MS: '0' } }, /^CAMERA_TIMEOUT_MS: "0" is not a whole number/],
    ['a concurrency that is too high', { flags: ['--concurrency', '65'] }, /^CAMERA_CONCURRENCY: "65" is not a whole number from 1 to 64/],
    ['an unknown flag', { flags: ['--ulr', 'http://192.0.2.1'] }, /^unknown option '--ulr' \(Did you mean --url\?\); see --help$/],
    ['a flag without its value', { flags: ['--url'] }, /^option '--url <url>' argument missing; see --help$/],
    ['an argument too many', { flags: ['21'] }, /^too many arguments.*; see --help$/],
  ])('%s', async (_, options, sentence) => {
    expectNoRun(await conformance(options), sentence);
  });

  it('names every problem at once, without quoting a password', async () => {
    const run = await conformance({ environment: { CAMERA_URL: 'http://admin:s3cret@192.0.2.1', CAMERA_PROFILE: 'lax' } });
    expect(run.code).toBe(2);
    expect(run.stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/^CAMERA_URL: leave the user name/),
      expect.stringMatching(/^CAMERA_PROFILE: /),
    ]);
    expect(run.stdout + run.stderr + JSON.stringify(run.results)).not.toContain('s3cret');
  });

  it('a .env file that is a folder', async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, '.env'));
    expectNoRun(await conformance({ cwd }), /^Could not read .*\.env \(EISDIR\): make it a readable file, or remove it\.$/);
  });
});

it('says that REPORTS_DIR is a file, before it touches the camera', async () => {
  const emulator = await camera();
  const file = join(temporaryFolder(), 'taken');
  writeFileSync(file, 'mine');
  const run = await runCommand({ environment: { CAMERA_URL: emulator.url } }, file);
  expect(run.code).toBe(2);
  expect(run.stderr).toMatch(/^Could not write .*results\.json: a part of that path is a file; set REPORTS_DIR to a folder\.\n$/);
  expect(run.durationMs).toBeLessThan(SOON_MS);
  expect(await emulator.requests()).toEqual([]);
});

it('proves nothing when every required check of the selection is left out', async () => {
  const { url } = await camera();
  const run = await conformance({ environment: { CAMERA_URL: url, CAMERA_SECTIONS: '41' } });
  expect({ code: run.code, verdict: run.results.verdict }).toEqual({ code: 2, verdict: 'incomplete' });
  expect(run.stdout).toContain('Incomplete: no required check passed or failed.');
  expect(run.results.checks.every(({ skipReason }) => skipReason === 'not-allowed')).toBe(true);
});

it('replaces the results of the run before', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'results.json'), '{"verdict":"conformant"}');
  expectNoRun(await conformance({ folder, environment: { CAMERA_PROFILE: 'lax' } }), /CAMERA_PROFILE/);
});

it(
  '--help ends with 0 and names every setting and exit code',
  async () => {
    const { code, stdout, stderr } = await runCommand({ flags: ['--help'] });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const name of CONFIGURATION_NAMES) {
      expect(stdout).toContain(CONFIGURATION[name].variable);
      expect(stdout).toContain(CONFIGURATION[name].flag);
    }
    for (const exitCode of [0, 1, 2, 3]) expect(stdout).toMatch(new RegExp(`^  ${exitCode}  `, 'm'));
  },
  LIMIT_MS,
);

const NAMESPACES = spawnSync('unshare', ['-rm', 'true']).status === 0;

describe.skipIf(!NAMESPACES)('a disk that gets full in the middle of a run', () => {
  it(
    'ends it with one sentence, and the camera as it was',
    async () => {
      const emulator = await camera();
      const before = await emulator.state();
      const folder = temporaryFolder();
      // Small enough for the reports of one section to fill it, in a namespace of its own: nobody else sees the mount.
      const script = `mount -t tmpfs -o size=200k tmpfs "$REPORTS_DIR" && exec "$@"`;
      const run = spawn('unshare', ['-rm', 'sh', '-c', script, 'sh', process.execPath, ...LOADER, 'lib/cli/run.ts'], {
        cwd: fileURLToPath(new URL('../../', import.meta.url)),
        env: { PATH: process.env.PATH, REPORTS_DIR: folder, CAMERA_URL: emulator.url, CAMERA_SECTIONS: '24', CAMERA_SETTLING_MS: '400' },
        stdio: ['ignore', 'ignore', 'pipe'],
        timeout: LIMIT_MS,
        killSignal: 'SIGKILL',
      });
      let stderr = '';
      run.stderr.setEncoding('utf8').on('data', (text) => {
        stderr += text;
      });
      const [code] = await once(run, 'close');
      expect(stderr).toContain('the disk is full; free some space, or set REPORTS_DIR to another disk.');
      expect(stderr).not.toContain('\n    at ');
      expect(code).toBe(2);
      expect(await emulator.state()).toEqual(before);
    },
    LIMIT_MS,
  );
});
