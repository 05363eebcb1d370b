import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Camera } from '../camera/camera.ts';
import { type EmbeddedCamera, withCamera } from '../camera/embedded-camera.fixture.ts';
import { SECTIONS } from '../document/index.ts';
import type { Settings } from '../document/notation.ts';
import { PTZ_SET_PRESET } from '../document/sections/09-ptz-control.ts';
import { osd } from '../document/sections/24-osd.ts';
import type { EmulatorOptions } from '../emulator/emulator.ts';
import { md5Hex } from '../wire/md5.ts';
import { identityOf } from './identity.ts';
import { Journal, JournalError, readJournal } from './journal.ts';
import { JOURNAL_VERSION, keyOf } from './journal-entry.ts';
import { Keeper } from './keeper.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keeper-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const journalOf = (camera: Camera, write?: () => number): Journal =>
  new Journal(
    folder,
    () => ({
      kind: 'journal',
      schemaVersion: JOURNAL_VERSION,
      suite: 'test',
      run: 'this one',
      startedAt: '2026-01-01T00:00:00.000Z',
      camera: { url: camera.options.baseUrl.href, ...identityOf(camera), api: 'cgi', embedded: false },
    }),
    write === undefined ? undefined : { write, flush: () => undefined },
  );

const withKeeper = (use: (embedded: EmbeddedCamera & { readonly keeper: Keeper }) => Promise<void>, options: EmulatorOptions = {}): Promise<void> =>
  withCamera({ requestLog: true, ...options }, (embedded) =>
    use({ ...embedded, keeper: new Keeper(embedded.camera, SECTIONS, { journal: journalOf(embedded.camera) }) }),
  );

/** As another process would that reads the journal. */
const another = (camera: Camera): Keeper => {
  const contents = readJournal(folder);
  if (contents === null) throw new Error('Could not find the journal.');
  const keeper = new Keeper(camera, SECTIONS, { journal: Journal.reopen(folder, contents) });
  keeper.takeOver(contents, true);
  return keeper;
};

const part = osd.parts[0] as Settings;
const WHOLE = { label: '', select: {} };
const setPassword = async (camera: Camera, from: string, to: string): Promise<void> => {
  expect((await camera.call('setPasswd', { oldPassword: md5Hex(from), newPassword: to })).kind).toBe('done');
  camera.client.setPassword(to);
};

describe('what the journal holds before the camera changes, another process puts back', () => {
  const CHANGES: readonly (readonly [string, readonly string[], (camera: Camera) => Promise<unknown>])[] = [
    ['a parameter', ['original'], (camera) => camera.set(part, WHOLE, { font_size: 2 })],
    ['the password', ['password'], (camera) => setPassword(camera, '123456', 'other')],
    [
      'the password, changed twice',
      ['password', 'password'],
      async (camera) => {
        await setPassword(camera, '123456', 'other');
        await setPassword(camera, 'other', 'third');
      },
    ],
    [
      'the password and a parameter',
      ['password', 'original'],
      async (camera) => {
        await setPassword(camera, '123456', 'other');
        await camera.set(part, WHOLE, { font_size: 2 });
      },
    ],
    ['a file', ['file'], (camera) => camera.call('setPlatformConfFile', { file_path: '/appfs/fconfigs/thr_conf.txt', file_content: 'x' })],
    ['the telnet service', ['telnet'], (camera) => camera.path('/action/telnet', { action: 'open' })],
  ];

  test.each(CHANGES)('%s', async (_, kinds, change) => {
    await withKeeper(async ({ camera, emulator }) => {
      const before = emulator.state();
      await change(camera);
      expect(emulator.state()).not.toEqual(before);
      // Of the parameters it holds what every get shows, whatever is set.
      expect([...new Set(readJournal(folder)?.items.map(keyOf))].map((key) => key.split(' ')[0])).toEqual(expect.arrayContaining([...kinds]));
      expect(
        readJournal(folder)
          ?.items.filter(({ kind }) => kind !== 'original')
          .map(({ kind }) => kind),
      ).toEqual(kinds.filter((kind) => kind !== 'original'));
      expect(readJournal(folder)?.header?.camera).toMatchObject(identityOf(camera));
      // It knows no more than the password that held before.
      camera.client.setPassword('123456');
      expect(await another(camera).lookOnceMore()).toEqual([]);
      expect(emulator.state()).toEqual(before);
      expect(readJournal(folder)).toBeNull();
    });
  });

  test('a movement: stopped, and looking where it looked when a preset point was kept', async () => {
    await withKeeper(async ({ camera, emulator }) => {
      const { presets: _, ...before } = emulator.state();
      await camera.call('setPtzControl', { channel: 0, speed_v: 100, ptz_cmd: PTZ_SET_PRESET });
      await camera.call('setPtzControl', { channel: 0, speed_h: 60, speed_v: 60, ptz_cmd: 1 });
      expect(emulator.state()).not.toMatchObject(before);
      expect(readJournal(folder)?.items.filter(({ kind }) => kind !== 'original')).toContainEqual({ kind: 'movement', preset: 100, took: true });
      expect(await another(camera).lookOnceMore()).toEqual([]);
      expect(emulator.state()).toMatchObject(before);
      expect(readJournal(folder)).toBeNull();
    });
  });

  test('the clock, with the time that passed', async () => {
    await withKeeper(async ({ camera, emulator }) => {
      await camera.call('setTime', { ntp_enable: 0 });
      const [time] = SECTIONS.flatMap(({ parts }) => parts).filter(
        (each): each is Settings => each.kind === 'settings' && each.get === 'getDeviceTime',
      );
      if (time === undefined) throw new Error('Could not find getDeviceTime.');
      await camera.set(time, WHOLE, { CurTime: 1_000_000, ntp_enable: 0 });
      expect(await another(camera).lookOnceMore()).toEqual([]);
      expect(Math.abs((emulator.state().clock as { drift: number }).drift)).toBeLessThanOrEqual(1);
    });
  });

  test('the web port, where the camera is found again', async () => {
    await withKeeper(async ({ camera, emulator, keeper }) => {
      const before = emulator.state();
      const [network] = SECTIONS.flatMap(({ parts }) => parts).filter(
        (each): each is Settings => each.kind === 'settings' && each.get === 'getWiredNetwork',
      );
      if (network === undefined) throw new Error('Could not find getWiredNetwork.');
      const reply = await camera.get(network);
      if (reply.kind !== 'done') throw new Error('Could not read the network settings.');
      const { DHCP, IP, subnet_mask, gateway, DNS, networktype } = reply.reply;
      const home = camera.options.baseUrl;
      for (const port of [18_389, 18_390, 18_391, 18_392]) {
        const away = new URL(home);
        away.port = String(port);
        await camera.aboutToChange(network);
        keeper.keep({ kind: 'address', from: home.href, to: away.href });
        const moved = await camera.set(network, WHOLE, { DHCP, IP, subnet_mask, gateway, DNS, networktype, webPort: port });
        if (moved.kind === 'done') break;
      }
      expect(emulator.state()).not.toEqual(before);
      expect(await another(camera).lookOnceMore()).toEqual([]);
      expect(emulator.state()).toEqual(before);
    });
  });
});

test('a preset point is called again only when it was set', async () => {
  await withKeeper(async ({ camera, emulator, keeper }) => {
    const called = () => emulator.requests().filter(({ json }) => (json as { ptz_cmd?: number } | null)?.ptz_cmd === 20).length;
    await camera.call('setPtzControl', { channel: 0, speed_h: 1, speed_v: 1, ptz_cmd: 1 });
    await keeper.restore();
    expect(called()).toBe(0);
    await camera.call('setPtzControl', { speed_v: 100, channel: 0, ptz_cmd: 19 });
    await keeper.restore();
    expect(called()).toBe(1);
  });
});

test('nothing is changed that cannot be journaled', async () => {
  await withCamera({}, async ({ camera, emulator }) => {
    const full = (): never => {
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    };
    const keeper = new Keeper(camera, SECTIONS, { journal: journalOf(camera, full) });
    const before = emulator.state();
    for (let attempt = 0; attempt < 2; attempt += 1) await expect(camera.set(part, WHOLE, { font_size: 2 })).rejects.toThrow(JournalError);
    await expect(camera.call('setPasswd', { oldPassword: md5Hex('123456'), newPassword: 'other' })).rejects.toThrow(JournalError);
    expect(emulator.state()).toEqual(before);
    expect(keeper.pending()).toEqual([]);
  });
});

test('a password that nobody knows is named, and the journal stays', async () => {
  await withKeeper(async ({ camera, keeper }) => {
    await setPassword(camera, '123456', 'other');
    await camera.client.cgi('setPasswd', { oldPassword: md5Hex('other'), newPassword: 'behind its back' });
    expect((await keeper.lookOnceMore()).map(({ parameter, found }) => `${parameter}: ${found}`)).toEqual(['password: none that the journal knows']);
    expect(readJournal(folder)?.items).toHaveLength(1);
  });
});
