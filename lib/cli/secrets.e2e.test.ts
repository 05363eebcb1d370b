/** No password gets out: not its text, not its digest, not from a camera that echoes both wherever it can. */
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Tamper } from '../emulator/tamper.ts';
import { createTestClient } from '../emulator/test-client.ts';
import { conformance, faultyCamera, filesBelow, LIMIT_MS, type Run } from './conformance.fixture.ts';

const PASSWORD = 'S3cret-Plant-4711';
const DIGEST = createHash('md5').update(PASSWORD).digest('hex');
const OWN = { wifi: 'W1fi-Plant-4712', ftp: 'Ftp-Plant-4713', mail: 'Mail-Plant-4714' } as const;
const SECTIONS = '1,4,5,14,15,16';

interface Planted {
  readonly run: Run;
  /** everything that must not be found anywhere */
  readonly secrets: readonly string[];
}

/** A run against a camera whose settings hold secrets, with what a tampered camera adds to that. */
async function runAgainst(tamper: Tamper, environment: Readonly<Record<string, string>> = {}): Promise<Planted> {
  const made = new Set<string>();
  // Nothing is planted before the camera's own settings are set.
  let planted: Tamper = {};
  const hooks: Tamper = {
    reply: (action, json, reply) => planted.reply?.(action, json, reply) ?? reply,
    stored: (action, changes, before) => planted.stored?.(action, changes, before) ?? changes,
    text: (action, text, asked) => planted.text?.(action, text, asked) ?? text,
  };
  const { url } = await faultyCamera({ password: PASSWORD, tamper: hooks });
  const { ask } = createTestClient({ url }, PASSWORD);
  await ask('setWifiConfig', { enable: 0, dhcp: 1, encryptType: 1, bssid: '00:00:00:00:00:00', passwd: OWN.wifi });
  await ask('setPlatformServer', { ftpPasswd: OWN.ftp });
  await ask('setMailConf', { to_passw: OWN.mail });
  expect(await ask('getWifiConfig')).toMatchObject({ passwd: OWN.wifi });
  expect(await ask('getPlatformServer')).toMatchObject({ ftpPasswd: OWN.ftp });
  expect(await ask('getMailConf')).toMatchObject({ to_passw: OWN.mail });
  planted = {
    ...tamper,
    reply: (action, json, reply) => {
      if (action === 'setPasswd' && typeof json?.newPassword === 'string') made.add(json.newPassword);
      return tamper.reply?.(action, json, reply) ?? reply;
    },
  };
  const run = await conformance({
    allure: true,
    environment: { CAMERA_URL: url, CAMERA_PASSWORD: PASSWORD, CAMERA_ALLOW: 'password,network', CAMERA_SECTIONS: SECTIONS, ...environment },
  });
  expect(made.size).toBeGreaterThan(0);
  return { run, secrets: [PASSWORD, DIGEST, ...Object.values(OWN), ...made] };
}

/** It stays when something could not be put back; then it holds what is to be put back, passwords included, for its owner alone. */
function isJournal(name: string): boolean {
  if (basename(name) !== 'restore-journal.jsonl') return false;
  expect(statSync(name).mode & 0o777).toBe(0o600);
  return true;
}

/** What the page of the Allure report holds in Base64: all its data, and the attachments. */
function embedded({ name, text }: { readonly name: string; readonly text: string }): readonly { readonly name: string; readonly text: string }[] {
  if (basename(name) !== 'index.html') return [];
  const found = [...text.matchAll(/\ballureReportData\["([^"]+)"\]="([^"]*)"/g)];
  expect(found.length).toBeGreaterThan(300);
  return found.map(([, part, data = '']) => ({ name: `${name}: ${part}`, text: Buffer.from(data, 'base64').toString('latin1') }));
}

function expectNone({ run, secrets }: Planted): void {
  const places = [
    { name: 'stdout', text: run.stdout },
    { name: 'stderr', text: run.stderr },
    ...filesBelow(run.folder)
      .filter(({ name }) => !isJournal(name))
      .flatMap((file) => [file, ...embedded(file)])
      .flatMap(({ name, text }) => [
        { name, text },
        { name: 'a file name', text: name },
      ]),
  ];
  expect(places.length).toBeGreaterThan(300);
  for (const secret of secrets) {
    const found = places.filter(({ text }) => text.toLowerCase().includes(secret.toLowerCase()));
    expect(
      found.map(({ name, text }) => {
        const at = text.toLowerCase().indexOf(secret.toLowerCase());
        return `${name}: ${text.slice(Math.max(0, at - 200), at + secret.length + 20)}`;
      }),
      secret,
    ).toEqual([]);
  }
}

describe('a good camera', () => {
  let planted: Planted;
  beforeAll(async () => {
    planted = await runAgainst({});
  }, LIMIT_MS);

  it('is conformant with every hazard taken', () => {
    expect(planted.run.stderr).toBe('');
    expect(planted.run.code).toBe(0);
    expect(
      planted.run.results.checks.filter(({ id, verdict }) => id.startsWith('change-user-password/') && verdict === 'pass').length,
    ).toBeGreaterThan(5);
  });

  it('has none of its secrets in any report', () => expectNone(planted));
});

describe('a camera that echoes the credentials', () => {
  const ECHO = `user=admin&pwd=${DIGEST} ${PASSWORD} ${DIGEST.toUpperCase()}`;
  let planted: Planted;
  beforeAll(async () => {
    planted = await runAgainst({
      reply: (action, _, reply) => {
        // A text instead of JSON, with the password where a message cuts long texts off.
        if (action === 'setSysConfig') return `${'.'.repeat(110)}${PASSWORD} ${ECHO}`;
        if (action === 'getPlatformServer') return { ...reply, log: ECHO, ftpServer: PASSWORD, [PASSWORD]: 1, device_mac: DIGEST };
        if (action === 'getMailConf') return `{"log":"${ECHO}","to_passw":"${OWN.mail}","broken"`;
        return { ...reply, log: ECHO, device_mac: PASSWORD, version: PASSWORD };
      },
      stored: (action, changes) => (action === 'setWifiConfig' ? { ssid: PASSWORD, passwd: OWN.wifi } : changes),
      text: (action, text) => (action === '' ? `${text} ${ECHO}` : `${ECHO} ${text}`),
    });
  }, LIMIT_MS);

  it('fails checks of every kind', () => {
    const { code, results } = planted.run;
    expect([1, 3]).toContain(code);
    // What one fault does to every action is one finding: where it came first, and named by all that it hits later.
    const isHit = ({ verdict, message }: (typeof results.checks)[number]): boolean => verdict === 'fail' || /^same cause as /.test(message ?? '');
    const hit = new Set(results.checks.filter(isHit).map(({ section }) => section.split('.')[0]));
    expect([...hit]).toEqual(expect.arrayContaining(SECTIONS.split(',')));
    expect(results.checks.filter(({ verdict }) => verdict === 'fail').length).toBeGreaterThan(3);
    expect(JSON.stringify(results)).toContain('***');
  });

  it('has none of its secrets in any report', () => expectNone(planted));
});
