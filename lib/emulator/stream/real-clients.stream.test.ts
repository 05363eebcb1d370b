/**
 * Clients that nobody here wrote play the embedded camera without a warning: ffmpeg, ffprobe and GStreamer. Where one of
 * them is not installed its tests are skipped, and say so.
 */
import { execFile, spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SECTIONS } from '../../document/index.ts';
import { createTables } from '../model.ts';
import { type EmulatorProcess, forkEmulator } from '../process.ts';
import { sceneOf } from '../scene.ts';
import { createStore } from '../store.ts';
import { createTestClient, type TestClient } from '../test-client.ts';
import { mosaicOf } from './mosaic.ts';

const isThere = (command: string, ...args: readonly string[]): boolean => spawnSync(command, args, { stdio: 'ignore' }).status === 0;
const hasFfmpeg = isThere('ffmpeg', '-version') && isThere('ffprobe', '-version');
const hasGStreamer = ['rtspsrc', 'avdec_h264', 'avdec_h265', 'h264parse'].every((name) => isThere('gst-inspect-1.0', name));
for (const [name, has] of [
  ['ffmpeg and ffprobe', hasFfmpeg],
  ['GStreamer with rtspsrc, h264parse and avdec_*', hasGStreamer],
] as const) {
  if (!has) console.warn(`Skipped: ${name} not installed (Debian: ffmpeg, gstreamer1.0-tools, -plugins-good, -plugins-bad, -libav).`);
}

interface Finished {
  readonly status: number;
  readonly out: string;
  readonly errors: string;
}

function run(command: string, args: readonly string[]): Promise<Finished> {
  return new Promise((resolve) => {
    execFile(command, args, { timeout: 60_000 }, (error, out, errors) => {
      resolve({ status: error ? Number(error.code ?? 1) : 0, out, errors });
    });
  });
}

let emulator: EmulatorProcess;
let ask: TestClient['ask'];
beforeAll(async () => {
  emulator = await forkEmulator();
  ({ ask } = createTestClient(emulator));
});
afterAll(() => emulator.close());

const MAIN = { channel: 0, encode_type: 1, encode_profile: 1, pic_width: 2560, pic_height: 1440, frame_rate: 25, gop: 50, rc_mode: 0, bitrate: 4096 };
const SUB = { ...MAIN, channel: 1, pic_width: 704, pic_height: 576, bitrate: 2048 };
const SUB_SIZE = { width: 704, height: 576 };
const SOUND = { enable: 1, encode_type: 7, sample_rate: 8000 };
const port = (): number => Number(new URL(emulator.rtspUrl).port);

/** Sets what is named and puts the rest to the above. */
async function configure({ main, sub, sound, rtsp }: { main?: object; sub?: object; sound?: object; rtsp?: object }): Promise<void> {
  const replies = [
    await ask('setVencConf', { ...MAIN, ...main }),
    await ask('setVencConf', { ...SUB, ...sub }),
    await ask('setAencConf', { ...SOUND, ...sound }),
    await ask('setRtspConf', { enable: 1, audio_main: 1, audio_sub: 0, rtsp_port: port(), ...rtsp }),
  ];
  expect(replies.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
}

const urlOf = (stream: number, credentials = 'admin:123456@'): string => `rtsp://${credentials}127.0.0.1:${port()}/stream_${stream}`;
const TRANSPORTS = ['tcp', 'udp'] as const;

/** Decodes two seconds; anything that ffmpeg has to say about them is in `errors`. */
const play = (transport: string, url: string): Promise<Finished> =>
  run('ffmpeg', ['-nostdin', '-v', 'warning', '-rtsp_transport', transport, '-i', url, '-t', '2', '-f', 'null', '-']);

describe.skipIf(!hasFfmpeg)('ffmpeg', () => {
  const KINDS = [
    ['H.264, G.711U', {}, [0, 1]],
    ['H.265, G.711A', { main: { encode_type: 5 }, sub: { encode_type: 5 }, sound: { encode_type: 3 } }, [0, 1]],
    ['H.264, AAC', { sound: { encode_type: 8 }, rtsp: { audio_sub: 1 } }, [1]],
    ['H.265, AAC of 32000', { sub: { encode_type: 5 }, sound: { encode_type: 8, sample_rate: 32_000 }, rtsp: { audio_sub: 1 } }, [1]],
    ['H.264 without authentication', { rtsp: { enable: 0, audio_main: 0 } }, [0, 1]],
    ['H.264 of a constant bit rate, 15 pictures per second', { sub: { rc_mode: 1, frame_rate: 15, gop: 30 } }, [1]],
    ['H.265 of a constant bit rate', { sub: { encode_type: 5, rc_mode: 1 } }, [1]],
  ] as const;
  for (const [kind, settings, streams] of KINDS) {
    for (const stream of streams) {
      // Datagrams are lost where the machine is busy with something else, so that one loss proves nothing.
      it(`plays stream_${stream} over TCP and UDP: ${kind}`, { retry: 1 }, async () => {
        await configure(settings);
        const isOpen = 'rtsp' in settings && 'enable' in settings.rtsp;
        const outcomes = await Promise.all(TRANSPORTS.map((transport) => play(transport, urlOf(stream, isOpen ? '' : undefined))));
        expect(outcomes).toEqual(TRANSPORTS.map(() => ({ status: 0, out: '', errors: '' })));
      });
    }
  }

  it.each(TRANSPORTS)('is refused over %s without the password', async (transport) => {
    await configure({});
    for (const credentials of ['', 'admin:wrong@']) {
      const { status, errors } = await play(transport, urlOf(0, credentials));
      expect([status === 0, errors]).toEqual([false, expect.stringContaining('401')]);
    }
  });
});

describe.skipIf(!hasFfmpeg)('what ffmpeg decodes', () => {
  it.each([
    ['H.264', 1, 16],
    ['H.265', 5, 32],
  ])('of %s is the scene, to the last step of every block', async (_, encode_type, size) => {
    await configure({ sub: { encode_type } });
    const frame = await new Promise<Buffer>((resolve, reject) => {
      const args = [
        '-nostdin',
        '-v',
        'error',
        '-rtsp_transport',
        'tcp',
        '-i',
        urlOf(1),
        '-frames:v',
        '1',
        '-pix_fmt',
        'yuv420p',
        '-f',
        'rawvideo',
        '-',
      ];
      execFile('ffmpeg', args, { encoding: 'buffer', maxBuffer: 10_000_000, timeout: 60_000 }, (error, out) =>
        error ? reject(error) : resolve(out),
      );
    });
    const { width, height, columns, luma, cb, cr, marks } = {
      ...SUB_SIZE,
      ...mosaicOf(sceneOf(createStore(createTables(SECTIONS, 'full')), 1), size),
    };
    expect(frame).toHaveLength((width * height * 3) / 2);
    const wrong: number[] = [];
    for (let at = 0; at < luma.length; at++) {
      const [x, y] = [(at % columns) * size + size / 2, Math.floor(at / columns) * size + size / 2];
      const chroma = width * height + ((y / 2) * width) / 2 + x / 2;
      const shown = [frame[y * width + x], frame[chroma], frame[chroma + (width * height) / 4]];
      if (!marks.includes(at) && shown.join() !== [luma[at], cb[at], cr[at]].join()) wrong.push(at);
    }
    expect(wrong).toEqual([]);
  });
});

describe.skipIf(!hasFfmpeg)('ffprobe', () => {
  const entries = 'stream=codec_name,profile,width,height,r_frame_rate,avg_frame_rate,sample_rate';
  const probe = async (stream: number): Promise<{ streams: Record<string, unknown>[]; errors: string }> => {
    const { out, errors } = await run('ffprobe', ['-v', 'warning', '-rtsp_transport', 'tcp', '-show_entries', entries, '-of', 'json', urlOf(stream)]);
    return { streams: (JSON.parse(out) as { streams: Record<string, unknown>[] }).streams, errors };
  };

  it.each([
    [
      { encode_profile: 0, frame_rate: 15 },
      { codec_name: 'h264', profile: 'Baseline', width: 2560, height: 1440, avg_frame_rate: '15/1' },
    ],
    [
      { encode_profile: 1, pic_width: 1920, pic_height: 1080 },
      { codec_name: 'h264', profile: 'Main', width: 1920, height: 1080, avg_frame_rate: '25/1' },
    ],
    [
      { encode_profile: 2, frame_rate: 20 },
      { codec_name: 'h264', profile: 'High', width: 2560, height: 1440, avg_frame_rate: '20/1' },
    ],
    [
      { encode_type: 5, pic_width: 1920, pic_height: 1080 },
      { codec_name: 'hevc', profile: 'Main', width: 1920, height: 1080, avg_frame_rate: '25/1' },
    ],
    [
      { encode_type: 5, frame_rate: 15 },
      { codec_name: 'hevc', profile: 'Main', width: 2560, height: 1440, avg_frame_rate: '15/1' },
    ],
  ])('shows the main stream as set by %j', async (main, shown) => {
    await configure({ main, rtsp: { audio_main: 0 } });
    expect(await probe(0)).toEqual({ streams: [expect.objectContaining(shown)], errors: '' });
  });

  it.each([
    [
      { pic_width: 640, pic_height: 480 },
      { codec_name: 'h264', width: 640, height: 480 },
    ],
    [
      { pic_width: 640, pic_height: 480, encode_type: 5 },
      { codec_name: 'hevc', width: 640, height: 480 },
    ],
  ])('shows the auxiliary stream as set by %j', async (sub, shown) => {
    await configure({ sub });
    expect(await probe(1)).toEqual({ streams: [expect.objectContaining(shown)], errors: '' });
  });

  it.each([
    [{ encode_type: 3 }, { codec_name: 'pcm_alaw', sample_rate: '8000' }],
    [{ encode_type: 7 }, { codec_name: 'pcm_mulaw', sample_rate: '8000' }],
    [
      { encode_type: 7, sample_rate: 32_000 },
      { codec_name: 'pcm_mulaw', sample_rate: '32000' },
    ],
    [{ encode_type: 8 }, { codec_name: 'aac', profile: 'LC', sample_rate: '8000' }],
    [
      { encode_type: 8, sample_rate: 32_000 },
      { codec_name: 'aac', profile: 'LC', sample_rate: '32000' },
    ],
  ])('shows the sound as set by %j', async (sound, shown) => {
    await configure({ sound, rtsp: { audio_sub: 1 } });
    expect(await probe(1)).toEqual({ streams: [expect.anything(), expect.objectContaining(shown)], errors: '' });
  });
});

describe.skipIf(!hasGStreamer)('GStreamer', () => {
  for (const [codec, encode_type, decoder] of [
    ['H.264', 1, ['rtph264depay', '!', 'h264parse', '!', 'avdec_h264']],
    ['H.265', 5, ['rtph265depay', '!', 'h265parse', '!', 'avdec_h265']],
  ] as const) {
    it.each(TRANSPORTS)(`plays ${codec} over %s`, async (transport) => {
      await configure({ main: { encode_type, pic_width: 1920, pic_height: 1080 } });
      const source = ['rtspsrc', `location=${urlOf(0)}`, `protocols=${transport}`, 'latency=200'];
      const { status, out, errors } = await run('gst-launch-1.0', ['-q', ...source, '!', ...decoder, '!', 'fakesink', 'num-buffers=40']);
      expect({ status, out: out.trim(), errors: errors.trim() }).toEqual({ status: 0, out: '', errors: '' });
    });
  }
});
