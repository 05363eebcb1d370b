import { describe, expect, it } from 'vitest';
import { md5 } from '../../account.ts';
import { playing } from './playing.ts';

const ODD = ['[]', '5', '"x"', 'null', 'true', '[{"font_size":2}]'];

describe('JSON that is no object', () => {
  it.each([
    ['no-object-accepted', 0, 0],
    ['no-object-code-104', -104, -104],
    ['no-object-is-empty', 0, 201],
  ])('%s', async (id, ofOsd, ofTime) => {
    await playing(id, async ({ text, ask }) => {
      const before = await ask('getOsdConf');
      for (const json of ODD) {
        expect(JSON.parse(await text('setOsdConf', json))).toMatchObject({ code: ofOsd });
        expect(JSON.parse(await text('setTime', json))).toMatchObject({ code: ofTime });
      }
      expect(await ask('getOsdConf')).toEqual(before);
      expect(await text('setOsdConf', '{"font_size":')).toBe('error json\r\n');
      expect(await ask('setOsdConf', { font_size: 2 })).toMatchObject({ code: 0 });
      expect(await ask('getOsdConf')).toMatchObject({ font_size: 2 });
    });
  });

  it('is no matter to a get that shows what it always does', async () => {
    await playing('no-object-accepted', async ({ text }) => {
      expect(JSON.parse(await text('getOsdConf', '[]'))).toMatchObject({ code: 0, font_size: 1 });
    });
  });
});

describe('what a request names', () => {
  it('unshown-refused', async () => {
    await playing('unshown-refused', async ({ ask }) => {
      const shown = await ask('getOsdConf');
      expect(shown).not.toHaveProperty('show_bitrate');
      expect(await ask('setOsdConf', { show_date: 0, show_bitrate: 1 })).toMatchObject({ code: 201 });
      expect(await ask('getOsdConf')).toEqual(shown);
      expect(await ask('setOsdConf', { show_date: 0 })).toMatchObject({ code: 0 });
      expect(await ask('getOsdConf')).toMatchObject({ show_date: 0 });
    });
  });

  it('contradicted-ignored, contradicted-refused', async () => {
    await playing('contradicted-ignored', async ({ ask }) => {
      expect(await ask('setImageAdjustmentEx', { byLDC_Ratio: 7, wdr_level: 9 })).toMatchObject({ code: 0 });
      const { byLDC_Ratio, wdr_level } = await ask('getImageAdjustmentEx');
      expect([byLDC_Ratio === 7, wdr_level]).toEqual([false, 9]);
      expect(await ask('setAencConf', { talk_port: 9001 })).toMatchObject({ code: 0 });
      expect(await ask('getAencConf')).toMatchObject({ talk_port: 9000 });
    });
    await playing('contradicted-refused', async ({ ask }) => {
      expect(await ask('setImageAdjustmentEx', { byLDC_Ratio: 7, wdr_level: 9 })).toMatchObject({ code: 205 });
      expect(await ask('getImageAdjustmentEx')).toMatchObject({ wdr_level: 128 });
      expect(await ask('setAencConf', { talk_port: 9001 })).toMatchObject({ code: 205 });
      expect(await ask('setImageAdjustmentEx', { wdr_level: 9 })).toMatchObject({ code: 0 });
    });
  });

  it('necessary-not-demanded', async () => {
    await playing('necessary-not-demanded', async ({ ask }) => {
      expect(await ask('setTime', { timeZone: 20 })).toMatchObject({ code: 0 });
      expect(await ask('getDeviceTime')).toMatchObject({ timeZone: 20, ntp_enable: 1 });
      expect(await ask('setRtspConf', { audio_sub: 1 })).toMatchObject({ code: 0 });
      expect(await ask('getRtspConf')).toMatchObject({ audio_sub: 1 });
      expect(await ask('setTime', { timeZone: 99 })).toMatchObject({ code: 205 });
    });
  });

  it('condition-refused, condition-stored', async () => {
    await playing('condition-refused', async ({ ask }) => {
      expect(await ask('setTime', { ntp_enable: 0, ntpServer: 'a.b', timeZone: 20 })).toMatchObject({ code: 205 });
      expect(await ask('setTime', { ntp_enable: 1, ntpServer: 'a.b', timeZone: 20 })).toMatchObject({ code: 0 });
      expect(await ask('getDeviceTime')).toMatchObject({ ntpServer: 'a.b', timeZone: 20 });
    });
    await playing('condition-stored', async ({ ask }) => {
      expect(await ask('setTime', { ntp_enable: 0, ntpServer: 'a.b', timeInterval: 90 })).toMatchObject({ code: 0 });
      expect(await ask('getDeviceTime')).toMatchObject({ ntp_enable: 0, ntpServer: 'a.b', timeInterval: 90 });
      expect(await ask('setImageAdjustmentEx', { auto_iris: 0, irisLevel: 999 })).toMatchObject({ code: 0 });
      expect((await ask('getImageAdjustmentEx')).irisLevel).not.toBe(999);
    });
  });
});

describe('what is refused or converted', () => {
  it.each([
    ['refusals-104', -104],
    ['refusals-1', 1],
    ['refusals-400', 400],
  ])('%s', async (id, code) => {
    await playing(id, async ({ ask, text }) => {
      expect(await ask('setOsdConf', { font_size: 9 })).toMatchObject({ code });
      expect(await ask('setTime', { timeZone: 1 })).toMatchObject({ code });
      expect(await ask('setOsdConf', { font_size: 2 })).toMatchObject({ code: 0 });
      expect(await text('noSuchAction')).toBe('error json\r\n');
    });
  });

  it('digest-in-small-letters', async () => {
    await playing('digest-in-small-letters', async ({ fetch, ask }) => {
      const asked = async (digest: string): Promise<string> => (await fetch(`/action/cgi_action?user=admin&pwd=${digest}&action=getOsdConf`)).text();
      expect(await asked(md5('123456').toUpperCase())).toBe('error user/pwd\r\n');
      expect(await ask('getOsdConf')).toMatchObject({ code: 0 });
    });
  });

  it('values-of-a-kind-converted', async () => {
    await playing('values-of-a-kind-converted', async ({ ask }) => {
      expect(await ask('setOsdConf', { font_size: '2', show_date: false })).toMatchObject({ code: 0 });
      expect(await ask('getOsdConf')).toMatchObject({ font_size: 2, show_date: 0 });
      expect(await ask('setOsdConf', { font_size: 'big' })).toMatchObject({ code: 205 });
    });
  });
});
