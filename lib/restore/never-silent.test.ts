/** Cameras that are out of order for a moment, that lie, that do not take back what they had: nothing of them is left changed in silence. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Camera } from '../camera/camera.ts';
import { type EmbeddedCamera, withCamera } from '../camera/embedded-camera.fixture.ts';
import { SECTIONS } from '../document/index.ts';
import type { Row, Settings } from '../document/notation.ts';
import { systemConfiguration } from '../document/sections/05-system-configuration.ts';
import { display } from '../document/sections/23-display.ts';
import { osd } from '../document/sections/24-osd.ts';
import type { EmulatorOptions } from '../emulator/emulator.ts';
import { createTestClient } from '../emulator/test-client.ts';
import { NoReply } from '../http/client.ts';
import { formatDifference } from './difference.ts';
import { Journal, readJournal } from './journal.ts';
import { JOURNAL_VERSION } from './journal-entry.ts';
import { Keeper } from './keeper.ts';
import { NoWayBack } from './no-way-back.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'never-silent-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const WHOLE = { label: '', select: {} };
const OSD = osd.parts[0] as Settings;
const SYSTEM = systemConfiguration.parts[0] as Settings;
const PICTURE = display.parts[0] as Settings;
/** What a section reads beside its own. */
const SURVEY = [osd, systemConfiguration, display];

const withKeeper = (options: EmulatorOptions, use: (embedded: EmbeddedCamera & { readonly keeper: Keeper }) => Promise<void>): Promise<void> =>
  withCamera({ requestLog: true, ...options }, (embedded) => use({ ...embedded, keeper: keeperOf(embedded.camera) }));

function keeperOf(camera: Camera): Keeper {
  const journal = new Journal(folder, () => ({
    kind: 'journal',
    schemaVersion: JOURNAL_VERSION,
    suite: 'test',
    run: 'this one',
    startedAt: '2026-01-01T00:00:00.000Z',
    camera: { url: camera.options.baseUrl.href, deviceId: null, mac: null, api: 'cgi', embedded: false },
  }));
  // As the document's table has it: what it rules out is tried alone.
  const isLegal = (row: { readonly name: string }, value: unknown): boolean => row.name !== 'max_exposure' || value !== 150;
  return new Keeper(camera, SECTIONS, { journal, survey: SURVEY, isLegal });
}

const HTML = '<html><body>503 busy</body></html>';

describe('a get that is out of order before the first set', () => {
  /** Says something else than its parameters so many times. */
  const moody = (times: number, text: string): EmulatorOptions => {
    let left = times;
    return { tamper: { reply: (action, _, reply) => (action === 'getSysConfig' && left-- > 0 ? text : reply) } };
  };

  test.each([
    ['error user/pwd', 1],
    [HTML, 1],
    [HTML, 3],
    ['{"code":-117,"log":"busy"}', 8],
  ])('with %s, %i times, is asked again, and its values are put back', async (text, times) => {
    await withKeeper(moody(times, text), async ({ camera, emulator, keeper }) => {
      const before = emulator.state();
      expect((await camera.set(SYSTEM, WHOLE, { dev_name: 'test' })).kind).toBe('done');
      expect(emulator.state()).not.toEqual(before);
      expect(await keeper.lookOnceMore()).toEqual([]);
      expect(emulator.state()).toEqual(before);
    });
  });

  test.each(['error user/pwd', HTML, 'error json'])('for good, with %s, keeps every set of it from leaving', async (text) => {
    await withKeeper(moody(Number.POSITIVE_INFINITY, text), async ({ camera, emulator }) => {
      await expect(camera.set(SYSTEM, WHOLE, { dev_name: 'test' })).rejects.toThrow(NoWayBack);
      await expect(camera.call('setSysConfig', { dev_name: 'test' })).rejects.toThrow(/setSysConfig is not sent, because what is set is not known/);
      expect(emulator.requests().filter(({ action }) => action === 'setSysConfig')).toEqual([]);
    });
  });
});

test('of a get that answers differently each time nothing is set, and it is said', async () => {
  let odd = false;
  const tamper: EmulatorOptions['tamper'] = {
    reply: (action, _, reply) => {
      if (action === 'getOsdConf') odd = !odd;
      return action === 'getOsdConf' && odd ? { ...reply, font_size: 0 } : reply;
    },
  };
  await withKeeper({ tamper }, async ({ camera, emulator }) => {
    await expect(camera.set(OSD, WHOLE, { show_week: 1 })).rejects.toThrow(
      /getOsdConf answers differently each time it is asked \(font_size [01], then [01]\)/,
    );
    expect(emulator.requests().filter(({ action }) => action === 'setOsdConf')).toEqual([]);
  });
});

describe('what a camera does not take as it was found', () => {
  const refusing = (refuses: (json: Record<string, unknown>) => boolean): EmulatorOptions => ({
    starts: { getImageAdjustment: [{ max_exposure: 150 }] },
    tamper: { refuses: (action, json) => (action === 'setImageAdjustment' && json !== null && refuses(json) ? 205 : null) },
  });

  test('is not given another value, while its neighbours are', async () => {
    await withKeeper(
      refusing(({ max_exposure }) => max_exposure === 150),
      async ({ camera, emulator, keeper }) => {
        const before = emulator.state();
        await expect(camera.set(PICTURE, WHOLE, { max_exposure: 25 })).rejects.toThrow(
          /refuses max_exposure even as it was found: it is answered with code 205/,
        );
        expect((await camera.set(PICTURE, WHOLE, { hue: 7 })).kind).toBe('done');
        expect(await keeper.lookOnceMore()).toEqual([]);
        expect(emulator.state()).toEqual(before);
      },
    );
  });

  test('keeps a set that refuses everything from being tried with other values', async () => {
    await withKeeper(
      refusing(() => true),
      async ({ camera, emulator }) => {
        const before = emulator.state();
        for (const members of [{ hue: 7 }, { brightness: 9 }]) await expect(camera.set(PICTURE, WHOLE, members)).rejects.toThrow(NoWayBack);
        expect(emulator.state()).toEqual(before);
      },
    );
  });
});

describe('at the end of a run', () => {
  test('what a restart lost is put back', async () => {
    await withKeeper({}, async ({ camera, emulator, keeper }) => {
      const own = createTestClient(emulator);
      const before = emulator.state();
      await camera.set(OSD, WHOLE, { font_size: 2 });
      expect(await keeper.restore()).toEqual([]);
      await camera.call('reset', { netReset: 0, userReset: 0 });
      // As a camera does that had not written to its flash yet.
      await own.ask('setOsdConf', { font_size: 0, show_week: 1 });
      await own.ask('setSysConfig', { dev_name: 'lost' });
      expect(await keeper.lookOnceMore()).toEqual([]);
      expect(emulator.state()).toEqual(before);
    });
  });

  test('what only a command changed, and no set takes, is named with the value that was', async () => {
    let isReset = false;
    const tamper: EmulatorOptions['tamper'] = {
      reply: (action, _, reply) => (action === 'getImageAdjustment' ? { ...reply, max_a_gain: isReset ? 1 : 36 } : reply),
    };
    await withKeeper({ tamper }, async ({ camera, keeper }) => {
      await camera.set(PICTURE, WHOLE, { set_default: 1 });
      isReset = true;
      expect((await keeper.lookOnceMore()).map(formatDifference)).toEqual(['23.1 getImageAdjustment: max_a_gain was 36 and is now 1']);
    });
  });

  test('what somebody else changed meanwhile is named, and not written over', async () => {
    await withKeeper({}, async ({ camera, emulator, keeper }) => {
      await camera.set(OSD, WHOLE, { font_size: 2 });
      await createTestClient(emulator).ask('setSysConfig', { dev_name: 'Gate 3' });
      expect((await keeper.lookOnceMore()).map(formatDifference)).toEqual([
        expect.stringMatching(/^5\.2 setSysConfig: dev_name was ".*" and is now "Gate 3"; no request of this run was about it/),
      ]);
      expect(emulator.state()).toMatchObject({ settings: { getSysConfig: { dev_name: 'Gate 3' }, getOsdConf: { font_size: 1 } } });
      expect(readJournal(folder)).toBeNull();
    });
  });
});

describe('a get that is not answered any more', () => {
  test('is named, the others are put back, and it is asked again by whoever has the journal', async () => {
    let isGone = false;
    const tamper: EmulatorOptions['tamper'] = { wire: (action) => (isGone && action === 'getOsdConf' ? '' : undefined) };
    await withKeeper({ tamper }, async ({ camera, emulator, keeper }) => {
      const before = emulator.state();
      await camera.set(OSD, WHOLE, { font_size: 2 });
      await camera.set(SYSTEM, WHOLE, { dev_name: 'test' });
      isGone = true;
      const unanswered = /^24\.1 getOsdConf: its reply was code 0 and is now not there: the camera does not answer it, although it answers others$/;
      expect((await keeper.restore()).map(formatDifference)).toEqual([expect.stringMatching(unanswered)]);
      expect(emulator.state().settings).toMatchObject({ getSysConfig: (before.settings as Record<string, object>).getSysConfig });
      expect((await keeper.lookOnceMore()).map(formatDifference)).toEqual([expect.stringMatching(unanswered)]);
      isGone = false;
      const contents = readJournal(folder);
      if (contents === null) throw new Error('Could not find the journal.');
      const next = new Keeper(camera, SECTIONS, { journal: Journal.reopen(folder, contents) });
      next.takeOver(contents, false);
      expect(await next.lookOnceMore()).toEqual([]);
      expect(emulator.state()).toEqual(before);
    });
  });

  test('is thrown where the camera answers nothing at all', async () => {
    let isGone = false;
    await withKeeper({ tamper: { wire: () => (isGone ? '' : undefined) } }, async ({ camera, keeper }) => {
      await camera.set(OSD, WHOLE, { font_size: 2 });
      isGone = true;
      await expect(keeper.restore()).rejects.toThrow(NoReply);
    });
  });
});

describe('what another hand changed in the action under test', () => {
  const another = (camera: Camera): Keeper => {
    const contents = readJournal(folder);
    if (contents === null) throw new Error('Could not find the journal.');
    const keeper = new Keeper(camera, SECTIONS, { journal: Journal.reopen(folder, contents) });
    keeper.takeOver(contents, false);
    return keeper;
  };
  const row = (name: string): Row => OSD.rows.find((each) => each.name === name) as Row;

  test('is what is put back from then on, also by another process, and is named', async () => {
    await withKeeper({}, async ({ camera, emulator, keeper }) => {
      await camera.set(OSD, WHOLE, { font_size: 2, date_pos_x: 40 });
      keeper.adopt('getOsdConf', {}, row('show_week'), { from: 0, to: 1 });
      expect((await another(camera).lookOnceMore()).map(formatDifference)).toEqual([
        '24.2 setOsdConf: show_week was 0 and is now 1; no request of this run was about it, so that something else changed it, and it is left so',
      ]);
      expect(emulator.state().settings).toMatchObject({ getOsdConf: { show_week: 1, font_size: 1, date_pos_x: 0 } });
      expect(readJournal(folder)).toBeNull();
    });
  });

  test('of a list is its own element alone', async () => {
    await withKeeper({}, async ({ camera, emulator, keeper }) => {
      const { title_list: found } = (emulator.state().settings as Record<string, Record<string, Record<string, unknown>[]>>).getOsdConf ?? {};
      if (found === undefined || found.length < 2) throw new Error('Could not find two titles.');
      const [first, second, ...rest] = found;
      const ours = [{ ...first, title: 'ours' }, second, ...rest];
      const theirs = [{ ...first, title: 'ours' }, { ...second, title: 'theirs' }, ...rest];
      await camera.set(OSD, WHOLE, { title_list: ours });
      keeper.adopt('getOsdConf', {}, row('title_list'), { from: ours, to: theirs });
      await keeper.lookOnceMore();
      expect(emulator.state().settings).toMatchObject({ getOsdConf: { title_list: [first, { ...second, title: 'theirs' }, ...rest] } });
    });
  });

  test('is so only if it is still there when it is read again: a get may lie once', async () => {
    await withKeeper({}, async ({ camera, emulator, keeper }) => {
      const before = emulator.state();
      await camera.set(OSD, WHOLE, { font_size: 2 });
      keeper.suspect('getOsdConf', {}, row('show_week'), { from: 0, to: 1 });
      expect(await keeper.lookOnceMore()).toEqual([]);
      expect(emulator.state()).toEqual(before);
      await camera.set(OSD, WHOLE, { font_size: 2 });
      await createTestClient(emulator).ask('setOsdConf', { show_week: 1 });
      keeper.suspect('getOsdConf', {}, row('show_week'), { from: 0, to: 1 });
      // A set that names it puts back what the other hand made of it.
      await camera.set(OSD, WHOLE, { show_week: 0 });
      expect(await keeper.lookOnceMore()).toMatchObject([{ parameter: 'show_week', isForeign: true }]);
      expect(emulator.state().settings).toMatchObject({ getOsdConf: { show_week: 1, font_size: 1 } });
    });
  });
});

test('numbers go out with the digits, and in the order and spelling, with which they were shown', async () => {
  const sent: string[] = [];
  const BIG = '9007199254740993';
  const tamper: EmulatorOptions['tamper'] = {
    reply: (action, _, reply) =>
      action === 'getImageAdjustment' ? JSON.stringify({ hue: 77, ...reply, brightness: 'big' }).replace('"big"', BIG) : reply,
    request: (action, json) => {
      if (action !== 'setImageAdjustment') return json;
      sent.push(json ?? '');
      return json?.replace(BIG, '128');
    },
  };
  await withKeeper({ tamper }, async ({ camera, keeper }) => {
    const shown = await camera.get(PICTURE);
    // As a check does that sees numbers alone, and echoes them.
    await camera.set(PICTURE, WHOLE, { contrast: 3, brightness: shown.kind === 'done' ? shown.reply.brightness : 0 });
    expect(sent.at(0)).toMatch(new RegExp(`^\\{"hue":\\d+,"brightness":${BIG},"sharpness":`));
    expect(sent.at(-1)).toBe(`{"contrast":3,"brightness":${BIG}}`);
    expect(readJournal(folder)?.items.length).toBeGreaterThan(0);
    expect(await keeper.lookOnceMore()).toEqual([]);
    expect(sent.at(-1)).toMatch(/"contrast":128/);
  });
});

test('a journal whose folder somebody removed is written anew before the next change', async () => {
  await withKeeper({}, async ({ camera, keeper }) => {
    await camera.set(OSD, WHOLE, { font_size: 2 });
    const items = readJournal(folder)?.items.length;
    rmSync(folder, { recursive: true });
    await camera.set(OSD, WHOLE, { font_size: 0 });
    expect(readJournal(folder)?.items.length).toBe(items);
    await keeper.lookOnceMore();
    expect(readJournal(folder)).toBeNull();
  });
});

describe('what goes out by another way than a call', () => {
  test.each([
    ['a set', (camera: Camera) => camera.aboutToSend('setOsdConf', { font_size: 2 })],
    ['bytes', (camera: Camera) => camera.aboutToSendBytes()],
  ])('is put back where the camera takes it: %s', async (_, announce) => {
    await withKeeper({}, async ({ camera, emulator, keeper }) => {
      const before = emulator.state();
      await announce(camera);
      await createTestClient(emulator).ask('setOsdConf', { font_size: 2 });
      expect(await keeper.lookOnceMore()).toEqual([]);
      expect(emulator.state()).toEqual(before);
    });
  });
});

test('what only the camera says to have put back is told', async () => {
  await withCamera({}, async ({ camera }) => {
    const told: string[] = [];
    const keeper = new Keeper(camera, SECTIONS, { survey: [], onUnproven: (sentence) => told.push(sentence) });
    await camera.call('setPtzControl', { channel: 0, speed_h: 1, speed_v: 1, ptz_cmd: 1 });
    expect(await keeper.restore()).toEqual([]);
    expect(told).toEqual(['The camera says that it stopped what setPtzControl moved or switched: no reply of the document shows that.']);
  });
});

test('a telnet service that does not say that it closed is named', async () => {
  let isStuck = false;
  const tamper: EmulatorOptions['tamper'] = {
    wire: (action) => (action === '/action/telnet' && isStuck ? 'HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n' : undefined),
  };
  await withKeeper({ tamper }, async ({ camera, keeper }) => {
    await camera.path('/action/telnet', { action: 'open' });
    isStuck = true;
    expect((await keeper.restore()).map(formatDifference)).toEqual([
      '2 telnet: service was closed and is now unknown: close is answered with HTTP status 500',
    ]);
  });
});
