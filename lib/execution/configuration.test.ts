import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { HAZARDS } from '../document/notation.ts';
import { CONFIGURATION, CONFIGURATION_NAMES, type Configuration, loadConfiguration, loadEnvironment, readConfiguration } from './configuration.ts';

const settingsOf = (environment: Record<string, string | undefined>): Configuration => {
  const result = readConfiguration(environment);
  if (!result.ok) throw new Error(result.problems.join('\n'));
  return result.settings;
};
const problemsOf = (environment: Record<string, string | undefined>): readonly string[] => {
  const result = readConfiguration(environment);
  return result.ok ? [] : result.problems;
};

const folder = mkdtempSync(join(tmpdir(), 'settings-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('readSettings', () => {
  test('without any variable gives the defaults, and every hazard for the embedded camera', () => {
    expect(settingsOf({})).toEqual({
      url: null,
      user: 'admin',
      password: '123456',
      rtspUrl: null,
      api: 'cgi',
      sections: 'all',
      check: [],
      profile: 'default',
      allow: new Set(HAZARDS),
      timeoutMs: 10_000,
      concurrency: 1,
      settlingMs: 5000,
      holdingMs: 10_500,
      awayMs: 60_000,
      writeIntervalMs: 0,
      waivers: null,
      reportsDir: 'reports',
    });
  });

  test('takes an empty variable as not set', () => {
    const empty = Object.fromEntries(CONFIGURATION_NAMES.map((name) => [CONFIGURATION[name].variable, '']));
    expect(settingsOf(empty)).toEqual(settingsOf({}));
  });

  test('reads every variable', () => {
    const settings = settingsOf({
      CAMERA_URL: ' http://192.168.1.89:8080/base ',
      CAMERA_USER: 'qa',
      CAMERA_PASSWORD: ' a b#c ',
      CAMERA_RTSP_URL: 'rtsp://127.0.0.1:8554',
      CAMERA_SECTIONS: '5',
      CAMERA_PROFILE: 'strict',
      CAMERA_ALLOW: 'ptz, reboot',
      CAMERA_TIMEOUT_MS: '2500',
      CAMERA_CONCURRENCY: '64',
      CAMERA_SETTLING_MS: '0',
      CAMERA_AWAY_MS: '1',
      REPORTS_DIR: 'out/run 1',
    });
    expect(settings.url?.href).toBe('http://192.168.1.89:8080/base');
    expect(settings.rtspUrl?.host).toBe('127.0.0.1:8554');
    expect(settings).toMatchObject({
      user: 'qa',
      password: ' a b#c ',
      profile: 'strict',
      timeoutMs: 2500,
      concurrency: 64,
      settlingMs: 0,
      awayMs: 1,
      reportsDir: 'out/run 1',
    });
    expect(settings.allow).toEqual(new Set(['ptz', 'reboot']));
  });

  test.each([
    ['CAMERA_URl', 'CAMERA_URL'],
    ['CAMERA_SECTION', 'CAMERA_SECTIONS'],
    ['CAMERA_ALLOWED', 'CAMERA_ALLOW'],
    ['LAB_SETTLING_MS', 'CAMERA_SETTLING_MS'],
  ])('refuses %s, which nobody reads, and names the nearest', (written, meant) => {
    expect(problemsOf({ CAMERA_URL: 'http://192.0.2.1', [written]: 'x' })).toEqual([`${written}: there is no such setting; the nearest is ${meant}`]);
    expect(settingsOf({ [written]: undefined }).url).toBeNull();
  });

  test('leaves names alone that are not ours, or that its own lines use', () => {
    expect(settingsOf({ MY_CAMERA_URl: 'x', CAMERAS: 'x', CAMERA_SECRET: 'x' }).url).toBeNull();
  });

  test('quotes an unknown name so that a terminal can show it', () => {
    expect(problemsOf({ [`CAMERA_\u001b[31m${'X'.repeat(100)}`]: 'x' })[0]).toMatch(/^CAMERA_\\x1B\[31mX+…: there is no such setting/);
  });

  test('takes a camera that speaks HTTPS', () => {
    expect(settingsOf({ CAMERA_URL: 'HTTPS://camera.local' }).url?.href).toBe('https://camera.local/');
  });

  test('a real camera is spared every hazard that is not named', () => {
    expect(settingsOf({ CAMERA_URL: 'http://192.168.1.89' }).allow.size).toBe(0);
    expect(settingsOf({ CAMERA_URL: 'http://192.168.1.89', CAMERA_ALLOW: 'all' }).allow).toEqual(new Set(HAZARDS));
  });

  test.each([
    ['21', [21]],
    ['5,10,21-24', [5, 10, 21, 22, 23, 24]],
    [' 21 - 22 , 1 ', [1, 21, 22]],
    ['21,21,20-21', [20, 21]],
    ['1-42', Array.from({ length: 42 }, (_, index) => index + 1)],
    ['all', 'all'],
    ['  ', 'all'],
  ])('CAMERA_SECTIONS=%j', (text, sections) => {
    expect(settingsOf({ CAMERA_SECTIONS: text }).sections).toEqual(sections);
  });

  test.each([
    ['CAMERA_SECTIONS', '43', ['43 is not a section of the document (1 to 42)']],
    ['CAMERA_SECTIONS', '0,43', ['0 is not a section of the document (1 to 42)', '43 is not a section of the document (1 to 42)']],
    ['CAMERA_SECTIONS', '24-21', ['the range 24-21 runs backwards; write 21-24']],
    ['CAMERA_SECTIONS', '40-99999999999', ['99999999999 is not a section of the document (1 to 42)']],
    ['CAMERA_SECTIONS', 'video', ['"video" is neither a section, such as 21, nor a range of sections, such as 21-24']],
    ['CAMERA_SECTIONS', '21.2', ['"21.2" is neither a section, such as 21, nor a range of sections, such as 21-24']],
    ['CAMERA_SECTIONS', '5,,6', ['"" is neither a section, such as 21, nor a range of sections, such as 21-24']],
    ['CAMERA_ALLOW', 'ptz,tellnet', [`"tellnet" is no hazard; the hazards are ${HAZARDS.join(', ')}, or all`]],
    ['CAMERA_PROFILE', 'Strict', ['"Strict" is no profile; the profiles are default and strict']],
    ['CAMERA_URL', '192.168.1.89', ['"192.168.1.89" does not begin with http:// or https://; write it like http://192.168.1.89']],
    ['CAMERA_URL', 'ftp://192.168.1.89', ['"ftp://192.168.1.89" does not begin with http:// or https://; write it like http://192.168.1.89']],
    ['CAMERA_URL', 'http://', ['"http://" is no address; write it like http://192.168.1.89']],
    ['CAMERA_URL', 'http://camera:99999', ['"http://camera:99999" is no address; write it like http://192.168.1.89']],
    [
      'CAMERA_URL',
      'http://c/?a=1',
      ['the address must not have a query (?…) or a fragment (#…); only its base is wanted, such as http://192.168.1.89'],
    ],
    [
      'CAMERA_URL',
      'http://c/#a',
      ['the address must not have a query (?…) or a fragment (#…); only its base is wanted, such as http://192.168.1.89'],
    ],
    ['CAMERA_RTSP_URL', 'http://camera', ['"http://camera" does not begin with rtsp://; write it like rtsp://192.168.1.89:554']],
    ['CAMERA_RTSP_URL', 'rtsp://', ['"rtsp://" is no address; write it like rtsp://192.168.1.89:554']],
    ['CAMERA_TIMEOUT_MS', '0', ['"0" is not a whole number of milliseconds from 1 to 2147483647']],
    ['CAMERA_TIMEOUT_MS', '10s', ['"10s" is not a whole number of milliseconds from 1 to 2147483647']],
    ['CAMERA_TIMEOUT_MS', '-1', ['"-1" is not a whole number of milliseconds from 1 to 2147483647']],
    ['CAMERA_TIMEOUT_MS', '1.5', ['"1.5" is not a whole number of milliseconds from 1 to 2147483647']],
    ['CAMERA_TIMEOUT_MS', '2147483648', ['"2147483648" is not a whole number of milliseconds from 1 to 2147483647']],
    ['CAMERA_CONCURRENCY', '0', ['"0" is not a whole number from 1 to 64']],
    ['CAMERA_CONCURRENCY', '65', ['"65" is not a whole number from 1 to 64']],
  ])('refuses %s=%s', (variable, text, sentences) => {
    expect(problemsOf({ [variable]: text })).toEqual(sentences.map((sentence) => `${variable}: ${sentence}`));
  });

  test.each(['http://admin:planted@c', 'admin:planted@c', 'http://planted@c', 'http://c/?pwd=planted', 'c?pwd=planted', 'rtsp://c:planted@d'])(
    'never repeats a secret of the address %s',
    (text) => {
      const problems = problemsOf({ CAMERA_URL: text });
      expect(problems).toHaveLength(1);
      expect(problems[0]).toMatch(/^CAMERA_URL: /);
      expect(problems[0]).not.toContain('planted');
    },
  );

  test('names the problems of all variables at once', () => {
    expect(problemsOf({ CAMERA_URL: 'x', CAMERA_PROFILE: 'y', CAMERA_CONCURRENCY: 'z' }).map((problem) => problem.split(':')[0])).toEqual([
      'CAMERA_URL',
      'CAMERA_PROFILE',
      'CAMERA_CONCURRENCY',
    ]);
  });
});

test('each flag is the name of its setting, and no two share one', () => {
  for (const name of CONFIGURATION_NAMES) {
    expect(CONFIGURATION[name].flag.slice(2).replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())).toBe(name);
  }
  expect(new Set(CONFIGURATION_NAMES.map((name) => CONFIGURATION[name].variable)).size).toBe(CONFIGURATION_NAMES.length);
});

describe('loadEnvironment', () => {
  test('without a file is the environment', () => {
    expect(loadEnvironment(folder, { CAMERA_USER: 'a' })).toEqual({ CAMERA_USER: 'a' });
  });

  test('puts the environment, also where it is empty, on top of the file', () => {
    writeFileSync(join(folder, '.env'), '# lab\nCAMERA_URL=http://192.168.1.89\nCAMERA_USER=file\nCAMERA_PASSWORD="a#b"\n');
    expect(loadEnvironment(folder, { CAMERA_URL: '', CAMERA_USER: 'shell' })).toEqual({
      CAMERA_URL: '',
      CAMERA_USER: 'shell',
      CAMERA_PASSWORD: 'a#b',
    });
  });

  test('does not run on without a file that it cannot read', () => {
    mkdirSync(join(folder, 'odd', '.env'), { recursive: true });
    expect(() => loadEnvironment(join(folder, 'odd'), {})).toThrow(/Could not read .*\.env \(EISDIR\)/);
  });
});

describe('loadSettings', () => {
  const place = join(folder, 'lab');

  test('reads the file and the environment', () => {
    mkdirSync(place);
    writeFileSync(join(place, '.env'), 'CAMERA_URL=http://192.168.1.89\nCAMERA_SECTIONS=21\n');
    expect(loadConfiguration(place, { CAMERA_SECTIONS: '5' })).toMatchObject({ url: new URL('http://192.168.1.89'), sections: [5] });
  });

  test('throws all problems, one a line', () => {
    expect(() => loadConfiguration(folder, { CAMERA_SECTIONS: '43', CAMERA_CONCURRENCY: '0' })).toThrow(
      'Could not read the settings:\nCAMERA_SECTIONS: 43 is not a section of the document (1 to 42)\nCAMERA_CONCURRENCY: "0" is not',
    );
  });
});
