import { afterEach, describe, expect, it } from 'vitest';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../emulator.ts';
import { FIELD_MODELS, MODELS, modelOf } from '../../models.ts';
import { connectRtsp } from '../../stream/test-rtsp-client.ts';
import { createTestClient, type TestClient, until } from '../../test-client.ts';
import { createManualTime } from '../../time.ts';
import { TRAITS } from '../index.ts';
import { ABSENT, UNKNOWN } from './board.ts';
import { FIELD_FACTS } from './index.ts';

const open: Emulator[] = [];
afterEach(async () => {
  for (const emulator of open.splice(0)) await emulator.close();
});

async function camera(model: string, options: EmulatorOptions = {}): Promise<TestClient & { readonly emulator: Emulator }> {
  const emulator = await startEmulator({ ...modelOf(model).options, ...options });
  open.push(emulator);
  return { ...createTestClient(emulator), emulator };
}

describe('facts', () => {
  it('have ids of their own and a source, and are shown by a model unless they stand for other firmware', () => {
    const ids = FIELD_FACTS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(FIELD_FACTS.every(({ source, does }) => source.length > 0 && does.length > 0)).toBe(true);
    const shown = FIELD_MODELS.flatMap(({ options }) => options.quirks ?? []);
    expect(ids.filter((id) => !shown.includes(id))).toEqual([
      'field-max-exposure',
      'field-reversed-switches',
      'field-page-sets',
      'field-one-session',
    ]);
  });

  it('are not among what is judged yet', () => {
    expect(MODELS.map(({ id }) => id)).not.toEqual(expect.arrayContaining(['underwater']));
    expect(TRAITS.some(({ id }) => id.startsWith('field-'))).toBe(false);
  });
});

describe('underwater', () => {
  it('answers getImageAdjustmentEx to the byte as it was captured, but for signature and address', async () => {
    const { text } = await camera('underwater');
    const captured =
      '{"flip":0,"mirror":0,"color_black":1,"noiseReduction":1,"lens_correction":0,"byLDC_XOffset":0,"byLDC_YOffset":50,"byLDC_Ratio":200,' +
      '"auto_iris":1,"wdr_level":128,"power_freq":0,"irisLevel":2,"ircut_level":0,"ldr_level":1,"led_control":0,"led_control_avail":1,' +
      '"led_control_avail":1,"led_level":48,"white_control":0,"ir_level":48,"night2day_level":0,"day2night_level":0,"lamp_type":0,' +
      '"led_control_mode":0,"infr_detect_mode":2,"infr_day_h":7,"infr_day_m":0,"infr_night_h":18,"infr_night_m":0,"sens_day_to_night":255,' +
      '"sens_night_to_day":160,"led_open_level":0,"led_close_level":0,"hlc_enable":0,"low_farme_rate":1,"_2DNR_level":0,"anti_flicker":0,' +
      '"onceAWB":0,"scene_mode":0,"code":0,"device_mac":"bc-07-18-01-c5-0f","deviceID":"H01000118160100011616",' +
      '"device_id":"H01000118160100011616","log":"","device_ip":"192.168.1.89","sign_tby":"';
    const reply = await text('getImageAdjustmentEx');
    expect(reply.startsWith(captured)).toBe(true);
    expect(reply.slice(captured.length)).toMatch(/^[0-9a-f]{32}"\}$/);
    expect((await text('getImageAdjustmentEx')).slice(0, captured.length)).toBe(captured);
    expect(await text('getImageAdjustmentEx')).not.toBe(reply);
  });

  it('shows what was set in both of a name that stands twice, and takes its own reply back', async () => {
    const { ask, text } = await camera('underwater');
    expect(await ask('setImageAdjustmentEx', { led_control_avail: 0, scene_mode: 1 })).toMatchObject({ code: 0 });
    const reply = await text('getImageAdjustmentEx');
    expect(reply.match(/"led_control_avail":0/g)).toHaveLength(2);
    expect(reply).toContain('"scene_mode":1');
    expect(await ask('setImageAdjustmentEx', JSON.parse(reply))).toMatchObject({ code: 0 });
    expect(await ask('setImageAdjustmentEx', { wdr_sensor: 1 }), 'a parameter that it does not have').toMatchObject({ code: 0 });
    expect(await ask('getImageAdjustmentEx')).not.toHaveProperty('wdr_sensor');
  });

  it('takes sceneMode and does nothing about it', async () => {
    const { ask } = await camera('underwater');
    expect(await ask('getImageAdjustment')).toMatchObject({ sceneMode: 0, antiDIS: 0, ai_isp: 0 });
    expect(await ask('setImageAdjustment', { sceneMode: 1, hue: 5 })).toMatchObject({ code: 0 });
    expect(await ask('getImageAdjustment')).toMatchObject({ sceneMode: 0, hue: 5 });
    expect(await ask('setImageAdjustment', await ask('getImageAdjustment')), 'its own reply').toMatchObject({ code: 0 });
  });

  it('has frameTurbo_pro for frameTurbo, and two scenes of awb_auto_mode', async () => {
    const { ask } = await camera('underwater');
    expect(await ask('setImageAdjustment', { frameTurbo_pro: 2 })).toMatchObject({ code: 0 });
    expect(await ask('setImageAdjustment', { frameTurbo: 1, awb_auto_mode: 1 })).toMatchObject({ code: 0 });
    const reply = await ask('getImageAdjustment');
    expect(reply).toMatchObject({ frameTurbo_pro: 2, awb_auto_mode: 1 });
    expect(reply).not.toHaveProperty('frameTurbo');
    expect(await ask('setImageAdjustment', { awb_auto_mode: 2 })).toMatchObject({ code: 205 });
  });

  it('moves its white balance for 15 s after onceAWB, first not at all', async () => {
    const time = createManualTime();
    const { ask } = await camera('underwater', { time });
    const colours = async (): Promise<readonly unknown[]> => {
      const { awb_red, awb_green, awb_blue } = await ask('getImageAdjustment');
      return [awb_red, awb_green, awb_blue];
    };
    const before = await colours();
    expect(await ask('setImageAdjustmentEx', { onceAWB: 1 })).toMatchObject({ code: 0 });
    expect(await ask('getImageAdjustmentEx')).toMatchObject({ onceAWB: 0 });
    time.pass(3900);
    expect(await colours()).toEqual(before);
    time.pass(5000);
    const between = await colours();
    expect(between).not.toEqual(before);
    time.pass(7000);
    const after = await colours();
    expect(after).not.toEqual(between);
    time.pass(60_000);
    expect(await colours()).toEqual(after);
  });

  it('answers for a while after restart, and is away then', async () => {
    const { ask, emulator } = await camera('underwater', { pace: 100 });
    const began = performance.now();
    const isThere = (): Promise<boolean> =>
      ask('getSysConfig').then(
        ({ code }) => code === 0,
        () => false,
      );
    expect(await ask('restart')).toMatchObject({ code: 0 });
    expect(await isThere()).toBe(true);
    await until(isThere, (there) => !there);
    expect(performance.now() - began).toBeGreaterThanOrEqual(190);
    await until(isThere, Boolean);
    expect(performance.now() - began).toBeGreaterThanOrEqual(590);
    expect(emulator.uptimeMs).toBeLessThan(5000);
  });

  it('streams without a log-in', async () => {
    const { emulator } = await camera('underwater');
    const rtsp = await connectRtsp(Number(new URL(emulator.rtspUrl).port));
    expect((await rtsp.ask('DESCRIBE', `${emulator.rtspUrl}/stream_0`)).status).toBe(200);
    await rtsp.close();
  });
});

describe('other firmware', () => {
  const quirky = async (...quirks: readonly string[]) => camera('full', { quirks, web: 'beside' });

  it('comes with a max_exposure that cannot be set back', async () => {
    const { ask } = await quirky('field-max-exposure');
    expect(await ask('getImageAdjustment')).toMatchObject({ max_exposure: 150 });
    expect(await ask('setImageAdjustment', { max_exposure: 150 })).toMatchObject({ code: 205 });
    expect(await ask('setImageAdjustment', { max_exposure: 100 })).toMatchObject({ code: 0 });
  });

  it('shows flip and mirror the other way round', async () => {
    const reversed = await quirky('field-reversed-switches');
    const ordinary = await quirky();
    const pictureOf = async ({ emulator }: { readonly emulator: Emulator }): Promise<Uint8Array> =>
      new Uint8Array(await (await fetch(`${emulator.url}/action/cgi_images`)).arrayBuffer());
    const usual = await pictureOf(ordinary);
    expect(await pictureOf(reversed)).not.toEqual(usual);
    await reversed.ask('setImageAdjustmentEx', { flip: 1, mirror: 1 });
    expect(await pictureOf(reversed)).toEqual(usual);
  });

  it('takes sets by its page alone', async () => {
    const { ask, text, emulator } = await quirky('field-page-sets', 'field-open-page');
    expect((await text('setOsdConf', '{"show_date":0}')).trim()).toBe('error user/pwd');
    expect(await ask('getOsdConf')).toMatchObject({ show_date: 1 });
    const byPage = await fetch(`${emulator.url}/action/setOsdConf`, { method: 'POST', body: '{"show_date":0}' });
    expect(await byPage.json()).toMatchObject({ code: 0 });
    expect(await ask('getOsdConf')).toMatchObject({ show_date: 0 });
  });

  it('refuses a second RTSP session', async () => {
    const { emulator } = await quirky('field-one-session', 'field-open-rtsp');
    const port = Number(new URL(emulator.rtspUrl).port);
    const [first, second] = [await connectRtsp(port), await connectRtsp(port)];
    const setUp = async (client: typeof first): Promise<number> =>
      (await client.ask('SETUP', `${emulator.rtspUrl}/stream_0`, { Transport: 'RTP/AVP/TCP;unicast;interleaved=0-1' })).status;
    expect([await setUp(first), await setUp(second)]).toEqual([200, 453]);
    await first.close();
    await second.close();
  });
});

describe('board-22', () => {
  it('says who it is, and that it succeeded', async () => {
    const { ask } = await camera('board-22');
    const reply = await ask('getSysConfig');
    expect(reply).toMatchObject({
      version: '22.010.30.6_MAIN_V44',
      pf_version: 'platform v9.6.1',
      log: "'getSysConfig' success",
      deviceID: reply.device_id,
    });
    expect(reply.sign_tby).toMatch(/^[0-9a-f]{32}$/);
    expect(await ask('getWiredNetwork')).toMatchObject({ device_mac: 'bc-07-18-01-c5-0f' });
  });

  it('has two streams, and zeros for what is none', async () => {
    const { ask } = await camera('board-22');
    expect(await ask('getVencConf', { channel: 0 })).toMatchObject({ pic_width: 2592, pic_height: 1944, encode_type: 6 });
    expect(await ask('getVencConf', { channel: 1 })).toMatchObject({ channel: 1, pic_width: 704, pic_height: 576, encode_type: 3 });
    for (const channel of [2, 3]) {
      const { code, pixel_list, device_mac: _, deviceID, device_id, log, device_ip, sign_tby, ...numbers } = await ask('getVencConf', { channel });
      expect([code, pixel_list, ...Object.values(numbers)]).toEqual([0, [], ...Object.values(numbers).map(() => 0)]);
      expect(await ask('setVencConf', { channel, gop: 50 })).toMatchObject({ code: 205 });
    }
  });

  it('takes back the codecs that it came with, and those of the document', async () => {
    const { ask } = await camera('board-22');
    const types = async (): Promise<unknown> => (await ask('getVencConf', { channel: 0 })).encode_type;
    expect(await ask('setVencConf', { channel: 0, encode_type: 1, gop: 25 })).toMatchObject({ code: 0 });
    expect(await types()).toBe(1);
    expect(await ask('setVencConf', { channel: 0, encode_type: 6, gop: 50 })).toMatchObject({ code: 0 });
    expect(await types()).toBe(6);
    expect(await ask('setVencConf', { channel: 0, encode_type: 6, gop: -1 })).toMatchObject({ code: 205 });
    expect(await ask('setVencConf', { channel: 0, encode_type: 2 })).toMatchObject({ code: 205 });
    expect(await types()).toBe(6);
  });

  it('has a code for each action that it lacks, and the text for those that nobody has', async () => {
    const { ask, text } = await camera('board-22');
    for (const [action, code] of Object.entries({ ...ABSENT, ...UNKNOWN })) expect(await ask(action, {}), action).toMatchObject({ code });
    for (const action of ['getNothing', 'constructor']) expect((await text(action)).trim(), action).toBe('error json');
  });

  it('wants the time of now in setTime', async () => {
    const { ask } = await camera('board-22');
    const now = Math.floor(Date.now() / 1000);
    const settings = { ntp_enable: 1, ntpServer: 'a.example', timeInterval: 60, timeZone: 13 };
    expect(await ask('setTime', settings)).toMatchObject({ code: 201, log: 'time error' });
    expect(await ask('setTime', { ...settings, deviceTime: now - 3600 })).toMatchObject({ code: 201, log: 'time error' });
    expect(await ask('getDeviceTime')).toMatchObject({ ntpServer: 'pool.ntp.org' });
    expect(await ask('setTime', { ...settings, deviceTime: now })).toMatchObject({ code: 0 });
    expect(await ask('getDeviceTime')).toMatchObject({ ntpServer: 'a.example', timeZone: 13 });
  });

  it('applies some sets that it answers with code 1', async () => {
    const { ask } = await camera('board-22');
    expect(await ask('setOsdConf', { show_date: 0 })).toMatchObject({ code: 1 });
    expect(await ask('getOsdConf')).toMatchObject({ code: 0, show_date: 0 });
    expect(await ask('setOsdConf', { show_date: 7 })).toMatchObject({ code: 205 });
    expect(await ask('setViMask', { mask_enable: 1 })).toMatchObject({ code: 0 });
  });

  it('drops its connections in the middle of the reply where the network changes, and is back after 8 s', async () => {
    const { ask, emulator } = await camera('board-22', { pace: 20 });
    const wired = await ask('getWiredNetwork');
    expect(await ask('setWiredNetwork', wired), 'nothing changes').toMatchObject({ code: 0 });
    const began = performance.now();
    await expect(ask('setWiredNetwork', { ...wired, DNS: '192.0.2.1' })).rejects.toThrow();
    const { DNS } = await until(
      () => ask('getWiredNetwork').catch(() => ({ DNS: null })),
      (reply) => reply.DNS !== null,
    );
    expect(DNS).toBe('192.0.2.1');
    expect(performance.now() - began).toBeGreaterThanOrEqual(390);
    expect(emulator.uptimeMs).toBeGreaterThanOrEqual(performance.now() - began);
    const rtsp = await connectRtsp(Number(new URL(emulator.rtspUrl).port));
    await rtsp.close();
  });

  it('streams at /11 and /12, too', async () => {
    const { emulator } = await camera('board-22');
    const rtsp = await connectRtsp(Number(new URL(emulator.rtspUrl).port));
    const statuses: number[] = [];
    for (const path of ['stream_0', '11', '12', '13']) statuses.push((await rtsp.ask('DESCRIBE', `${emulator.rtspUrl}/${path}`)).status);
    expect(statuses).toEqual([200, 200, 200, 404]);
    await rtsp.close();
  });
});
