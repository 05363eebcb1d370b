import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { BASIC, connectRtsp } from '../../stream/test-rtsp-client.ts';
import { until } from '../../test-client.ts';
import { type Played, playing } from './playing.ts';

const SMALL = { channel: 0, pic_width: 1920, pic_height: 1080 };

async function describedSize({ rtsp, stream }: Played): Promise<string> {
  const client = await rtsp();
  const { body } = await client.ask('DESCRIBE', stream(), { Accept: 'application/sdp', ...BASIC });
  await client.close();
  return body;
}
const snapshot = async ({ fetch }: Played): Promise<Buffer> => Buffer.from(await (await fetch('/action/cgi_images')).arrayBuffer());
/** Width and height as the frame header of a baseline JPEG has them. */
function sizeOf(jpeg: Buffer): string {
  const at = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
  return `${jpeg.readUInt16BE(at + 7)}x${jpeg.readUInt16BE(at + 5)}`;
}
const widthIn = async ({ ask }: Played): Promise<unknown> => (await ask('getVencConf', { channel: 0 })).pic_width;

describe('what settles', () => {
  it.each([
    ['settles-0.5-s', 500, [2560, false, '2560x1440']],
    ['settles-3-s', 3000, [2560, false, '2560x1440']],
    ['settles-4-s', 4000, [2560, false, '2560x1440']],
    ['get-settles-3-s', 3000, [2560, true, '1920x1080']],
    ['stream-settles-3-s', 3000, [1920, false, '1920x1080']],
    ['picture-settles-3-s', 3000, [1920, true, '2560x1440']],
  ] as const)('%s', async (id, ms, meanwhile) => {
    await playing(id, async (played) => {
      const before = await describedSize(played);
      const seen = async (): Promise<unknown[]> => [await widthIn(played), (await describedSize(played)) !== before, sizeOf(await snapshot(played))];
      expect(await played.ask('setVencConf', SMALL)).toMatchObject({ code: 0 });
      expect(await seen()).toEqual(meanwhile);
      played.time.pass(ms - 1);
      expect(await seen()).toEqual(meanwhile);
      played.time.pass(1);
      expect(await seen()).toEqual([1920, true, '1920x1080']);
    });
  });

  it('shows what was set in between, too, and merges a further set with the newest state', async () => {
    await playing('settles-3-s', async ({ ask, time }) => {
      await ask('setOsdConf', { title_list: [{ title: 'one' }] });
      time.pass(1000);
      await ask('setOsdConf', { title_list: [{}, { title: 'two' }] });
      const titles = async (): Promise<unknown[]> =>
        ((await ask('getOsdConf')).title_list as { title: string }[]).map(({ title }) => title).slice(0, 2);
      time.pass(2000);
      expect(await titles()).toEqual(['one', ' ']);
      time.pass(1000);
      expect(await titles()).toEqual(['one', 'two']);
    });
  });
});

describe('what is away', () => {
  it.each([
    ['rtsp-away-2-s', 2000, 'setRtspConf', { rtsp_port: 0, audio_sub: 1 }],
    ['rtsp-away-4-s', 4000, 'setVencConf', { channel: 1, gop: 30 }],
  ] as const)('%s', async (id, ms, set, change) => {
    await playing(id, async ({ ask, rtsp, stream, emulator, time }) => {
      const port = Number(new URL(emulator.rtspUrl).port);
      const client = await rtsp();
      expect((await client.ask('OPTIONS', stream())).status).toBe(200);
      const ended = once(client.socket, 'close');
      await ask(set, 'rtsp_port' in change ? { ...change, rtsp_port: port } : change);
      await ended;
      await expect(connectRtsp(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
      time.pass(ms - 1);
      await expect(connectRtsp(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
      time.pass(1);
      const again = await until(() => rtsp().catch(() => null), Boolean);
      expect((await again?.ask('OPTIONS', stream()))?.status).toBe(200);
    });
  });

  it('stays where a set changes nothing', async () => {
    await playing('rtsp-away-2-s', async ({ ask, rtsp, stream }) => {
      const { frame_rate } = await ask('getVencConf', { channel: 0 });
      await ask('setVencConf', { channel: 0, frame_rate });
      expect((await (await rtsp()).ask('OPTIONS', stream())).status).toBe(200);
    });
  });

  it.each([
    ['rtsp-503-2-s', 503],
    ['rtsp-404-2-s', 404],
  ] as const)('%s', async (id, status) => {
    await playing(id, async ({ ask, rtsp, stream, time }) => {
      const client = await rtsp();
      const asked = async (): Promise<number> => (await client.ask('DESCRIBE', stream(), BASIC)).status;
      expect(await asked()).toBe(200);
      await ask('setAencConf', { volume_in: 3 });
      expect(await asked()).toBe(status);
      time.pass(2000);
      expect(await asked()).toBe(200);
    });
  });

  it('rtsp-waits-2-s', async () => {
    const lines: string[] = [];
    await playing(
      'rtsp-waits-2-s',
      async ({ ask, rtsp, stream, time }) => {
        const client = await rtsp();
        await ask('setVencConf', { channel: 0, gop: 33 });
        let status = 0;
        const described = client.ask('DESCRIBE', stream(), BASIC).then((response) => {
          status = response.status;
        });
        await until(async () => lines.some((line) => line.startsWith('RTSP DESCRIBE')), Boolean);
        time.pass(1999);
        await ask('getOsdConf');
        expect(status).toBe(0);
        time.pass(1);
        await described;
        expect(status).toBe(200);
      },
      { log: (line) => lines.push(line) },
    );
  });

  it('rtsp-sessions-end-at-change', async () => {
    await playing('rtsp-sessions-end-at-change', async ({ ask, rtsp, stream, time }) => {
      const client = await rtsp();
      await client.ask('OPTIONS', stream());
      const ended = once(client.socket, 'close');
      await ask('setVencConf', { channel: 0, gop: 33 });
      await ended;
      time.pass(0);
      const again = await until(() => rtsp().catch(() => null), Boolean);
      expect((await again?.ask('OPTIONS', stream()))?.status).toBe(200);
    });
  });
});
