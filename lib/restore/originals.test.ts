import { describe, expect, test } from 'vitest';
import { type EmbeddedCamera, withCamera } from '../camera/embedded-camera.fixture.ts';
import { SECTIONS } from '../document/index.ts';
import { oneOf, row, type Settings } from '../document/notation.ts';
import { deviceTimedRestart } from '../document/sections/08-device-timed-restart.ts';
import { timeConfiguration } from '../document/sections/10-time-configuration.ts';
import { wifi } from '../document/sections/14-wifi.ts';
import { email } from '../document/sections/15-email.ts';
import { ftp } from '../document/sections/16-ftp.ts';
import { mqtt } from '../document/sections/18-mqtt.ts';
import { video } from '../document/sections/21-video.ts';
import { display } from '../document/sections/23-display.ts';
import { osd } from '../document/sections/24-osd.ts';
import type { EmulatorOptions } from '../emulator/emulator.ts';
import { Keeper } from './keeper.ts';
import { partsSharing, wholeCondition } from './original.ts';

function part({ parts }: { readonly parts: readonly unknown[] }, get?: string): Settings {
  const found = (parts as readonly Settings[]).find((each) => each.kind === 'settings' && (get === undefined || each.get === get));
  if (found === undefined) throw new Error(`Could not find ${get}.`);
  return found;
}

const WHOLE = { label: '', select: {} };

async function withOriginals(use: (embedded: EmbeddedCamera & { readonly originals: Keeper }) => Promise<void>, options: EmulatorOptions = {}) {
  await withCamera(options, (embedded) => use({ ...embedded, originals: new Keeper(embedded.camera, SECTIONS) }));
}

describe('originals', () => {
  test.each([
    ['single parameters', part(deviceTimedRestart), { mode: 4, hour: 7 }],
    ['a list', part(osd), { title_list: [{ title: 'other' }], font_size: 2 }],
    ['parameters under a condition', part(timeConfiguration), { ntp_enable: 0 }],
    ['a parameter behind two conditions', part(display, 'getImageAdjustmentEx'), { color_black: 1, infr_detect_mode: 1, infr_day_h: 3 }],
    ['a pair', part(video), { channel: 0, pic_width: 1920, pic_height: 1080 }],
  ])('are put back: %s', async (_, settings, members) => {
    await withOriginals(async ({ camera, emulator, originals }) => {
      const before = emulator.state();
      expect(originals.isNeeded).toBe(false);
      const instance = settings.instances?.[0] ?? WHOLE;
      expect((await camera.set(settings, instance, members)).kind).toBe('done');
      expect(emulator.state()).not.toEqual(before);
      expect(originals.isNeeded).toBe(true);
      expect(originals.pending()).toHaveLength(1);
      expect(await originals.restore()).toEqual([]);
      expect(emulator.state()).toEqual(before);
      expect(originals.pending()).toEqual([]);
    });
  });

  test.each(['found-at-device-time', 'local-time', 'local-time-set-universally'])(
    'are put back with the clock, in whatever zone it counts: %s',
    { timeout: 20_000 },
    async (quirk) => {
      const settings = part(timeConfiguration);
      for (const members of [{ timeZone: 13 }, { timeZone: 17, CurTime: 1_700_000_000 }, { CurTime: 1_700_000_000 }]) {
        await withOriginals(
          async ({ camera, emulator, originals }) => {
            const { settings: before } = emulator.state();
            await camera.get(settings, WHOLE);
            await camera.set(settings, WHOLE, { ntp_enable: 0, ...members });
            await camera.get(settings, WHOLE);
            expect(await originals.restore(), JSON.stringify(members)).toEqual([]);
            const { settings: after, clock } = emulator.state();
            expect(Math.abs((clock as { drift: number }).drift), JSON.stringify(members)).toBeLessThanOrEqual(1);
            expect({ ...Object(after), getDeviceTime: { ...Object(after).getDeviceTime, deviceTime: 0 } }).toEqual({
              ...Object(before),
              getDeviceTime: { ...Object(before).getDeviceTime, deviceTime: 0 },
            });
          },
          { quirks: ['found-at-device-time', quirk] },
        );
      }
    },
  );

  test('are put back although their condition has gone', async () => {
    const advanced = part(display, 'getImageAdjustmentEx');
    await withOriginals(async ({ camera, emulator, originals }) => {
      const before = emulator.state();
      await camera.set(advanced, WHOLE, { color_black: 1, infr_detect_mode: 1 });
      await camera.set(advanced, WHOLE, { infr_day_h: 3 });
      // From here on infr_detect_mode and infr_day_h do not apply.
      await camera.set(advanced, WHOLE, { color_black: 0 });
      expect(await originals.restore()).toEqual([]);
      expect(emulator.state()).toEqual(before);
    });
  });

  test('are read once for sections that share an action, and put back for all of them', async () => {
    await withOriginals(
      async ({ camera, emulator, originals }) => {
        const before = emulator.state();
        await camera.set(part(ftp), WHOLE, { ftpPort: 2121 });
        await camera.set(part(mqtt), WHOLE, { mqtt_user: 'other' });
        expect(originals.pending()).toEqual(['getPlatformServer {}']);
        // Before the first set of each section, behind it, and one to see that the first says what is so.
        expect(emulator.requests().filter(({ action }) => action === 'getPlatformServer')).toHaveLength(4);
        expect(await originals.restore()).toEqual([]);
        expect(emulator.state()).toEqual(before);
      },
      { requestLog: true },
    );
  });

  test('of each instance are put back for themselves', async () => {
    await withOriginals(async ({ camera, emulator, originals }) => {
      const before = emulator.state();
      const [main, auxiliary] = part(video).instances ?? [];
      await camera.set(part(video), main ?? WHOLE, { gop: 30 });
      await camera.set(part(video), auxiliary ?? WHOLE, { gop: 40 });
      expect(originals.pending()).toHaveLength(2);
      expect(await originals.restore()).toEqual([]);
      expect(emulator.state()).toEqual(before);
    });
  });

  test('are remembered anew after they were put back', async () => {
    await withOriginals(async ({ camera, emulator, originals }) => {
      await camera.set(part(osd), WHOLE, { font_size: 2 });
      await originals.restore();
      const before = emulator.state();
      await camera.set(part(osd), WHOLE, { font_size: 0 });
      expect(await originals.restore()).toEqual([]);
      expect(emulator.state()).toEqual(before);
    });
  });

  test('that the camera does not take back are named, and stay pending', async () => {
    let isStubborn = false;
    await withOriginals(
      async ({ camera, originals }) => {
        await camera.set(part(osd), WHOLE, { font_size: 2, show_week: 1 });
        isStubborn = true;
        expect(await originals.restore()).toEqual([{ place: '24.2', action: 'setOsdConf', parameter: 'font_size', wanted: '1', found: '2' }]);
        expect(originals.pending()).toEqual(['getOsdConf {}']);
        isStubborn = false;
        expect(await originals.restore()).toEqual([]);
      },
      {
        tamper: {
          stored: (_, { font_size, ...changes }) => (isStubborn || font_size === undefined ? changes : { ...changes, font_size }),
        },
      },
    );
  });

  test('are put back one by one where the camera refuses some of them', async () => {
    let isStubborn = false;
    await withOriginals(
      async ({ camera, originals }) => {
        await camera.set(part(osd), WHOLE, { font_size: 2, show_week: 1, osd_color: 3 });
        isStubborn = true;
        const differences = await originals.restore();
        expect(differences.map(({ parameter }) => parameter)).toEqual(['font_size']);
      },
      { tamper: { request: (action, json) => (isStubborn && action === 'setOsdConf' && json?.includes('font_size') ? '{"font_size":9}' : json) } },
    );
  });

  test('are put back although what their condition names is necessary in every set', async () => {
    await withOriginals(async ({ camera, emulator, originals }) => {
      const before = emulator.state();
      const open = { enable: 0, encryptType: 1, bssid: '00:00:00:00:00:00' };
      expect((await camera.set(part(wifi), WHOLE, { ...open, dhcp: 0, IP: '192.168.2.7' })).kind).toBe('done');
      expect((await camera.set(part(wifi), WHOLE, { ...open, dhcp: 1 })).kind).toBe('done');
      expect(await originals.restore()).toEqual([]);
      expect(emulator.state()).toEqual(before);
    });
  });

  test('that the camera returns as text are put back as the numbers that they stand for', async () => {
    const reply: NonNullable<EmulatorOptions['tamper']>['reply'] = (action, _, members) =>
      action === 'getVencConf' ? { ...members, gop: String(members.gop) } : members;
    await withOriginals(
      async ({ camera, emulator, originals }) => {
        const before = emulator.state();
        const instance = part(video).instances?.[0] ?? WHOLE;
        expect((await camera.set(part(video), instance, { gop: 25 })).kind).toBe('done');
        expect(await originals.restore()).toEqual([]);
        expect(emulator.state()).toEqual(before);
      },
      { tamper: { reply } },
    );
  });

  test('that are secret are named without their value', async () => {
    let isStubborn = false;
    await withOriginals(
      async ({ camera, originals }) => {
        await camera.set(part(email), WHOLE, { to_passw: 'planted-secret' });
        isStubborn = true;
        const differences = await originals.restore();
        expect(differences).toMatchObject([{ parameter: 'to_passw', wanted: '***', found: '***' }]);
      },
      { tamper: { stored: (_, changes) => (isStubborn ? {} : changes) } },
    );
  });

  test('of what the camera does not offer are none', async () => {
    await withOriginals(
      async ({ originals }) => {
        await originals.demand(part(video), { label: 'auxiliary', select: { channel: 1 } });
        expect(originals.isNeeded).toBe(false);
        expect(await originals.restore()).toEqual([]);
      },
      { model: 'literal' },
    );
  });
});

test('parts that share a get are found in all sections', () => {
  expect(partsSharing(SECTIONS, 'getPlatformServer').map(({ getPlace }) => getPlace)).toEqual(['12.1', '16.1', '18.1', '20.1']);
  expect(partsSharing(SECTIONS, 'getNothing')).toEqual([]);
});

describe('a whole condition', () => {
  const toggle = oneOf({ 0: 'off', 1: 'on' });
  const rows = [row('a', 'YN', toggle), row('b', 'YN', toggle, { when: { a: 1 } }), row('c', 'YN', toggle, { when: { b: [2, 3] } })];
  test.each([
    [{ a: 1 }, { a: 1 }],
    [{ b: 1 }, { a: 1, b: 1 }],
    [{ c: 0 }, { a: 1, b: 2, c: 0 }],
    [{ unknown: 4 }, { unknown: 4 }],
  ])('of %j is %j', (when, whole) => {
    expect(wholeCondition(when, rows)).toEqual(whole);
  });
});
