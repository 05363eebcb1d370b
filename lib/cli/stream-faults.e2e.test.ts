/**
 * Wrong streams and pictures: cameras with one small fault each, the real command run against them, and the checks that turn
 * red or yellow: exactly these. What is wrong with replies and settings alone is in `checks/planted-faults.test.ts`.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import type { StreamTamper } from '../emulator/stream/stream-tamper.ts';
import type { Tamper } from '../emulator/tamper.ts';
import { formatBmp } from '../media/bmp.ts';
import { conformance, faultyCamera, LIMIT_MS, type Run } from './conformance.fixture.ts';

interface Fault {
  /** what the camera does */
  readonly does: string;
  /** the sections concerned */
  readonly sections: string;
  readonly streamTamper?: StreamTamper;
  readonly tamper?: Tamper;
  /** ids of the checks that fail, `warn …` of those that warn */
  readonly found: readonly string[];
  /** what the message of each says was received */
  readonly seen: RegExp;
}

/** One property of both streams over both transports. */
const everywhere = (property: string): readonly string[] =>
  ['stream_0', 'stream_1'].flatMap((stream) => ['tcp', 'udp'].map((transport) => `rtsp/${stream}.${transport}/${property}`));

/** Changes the 12 bytes before every packet. */
const header = (change: (header: Buffer) => void): StreamTamper => ({
  packet: (_, packet) => {
    const header = Buffer.from(packet.header);
    change(header);
    return { ...packet, header };
  },
});

const MARKER = 0x80;
const UNLISTED_TYPE = 111;

const SESSIONS: readonly Fault[] = [
  {
    does: 'is silent after PLAY',
    sections: '19',
    streamTamper: { packet: () => null },
    found: everywhere('rtp-arrives'),
    seen: /^none$/,
  },
  {
    does: 'goes on sending after TEARDOWN',
    sections: '19',
    streamTamper: { playsOn: true },
    found: everywhere('teardown'),
    seen: /^packets \d+ ms later$/,
  },
  {
    does: 'sends another SSRC than it announced',
    sections: '19',
    streamTamper: header((bytes) => bytes.writeUInt32BE((bytes.readUInt32BE(8) ^ 1) >>> 0, 8)),
    found: everywhere('rtp-header'),
    seen: /^[\da-f]{1,8}$/,
  },
  {
    does: 'sends another payload type than its description lists',
    sections: '19',
    streamTamper: header((bytes) => bytes.writeUInt8(((bytes[1] as number) & MARKER) | UNLISTED_TYPE, 1)),
    found: everywhere('rtp-header'),
    seen: /^111$/,
  },
  {
    does: 'stamps at 45 kHz',
    sections: '19',
    streamTamper: header((bytes) => bytes.writeUInt32BE(bytes.readUInt32BE(4) >>> 1, 4)),
    found: everywhere('timestamps'),
    seen: /^[12]\.\d\d s by their timestamps$/,
  },
  {
    does: 'leaves CSeq out of its replies',
    sections: '19',
    streamTamper: { response: (_, text) => text.replace(/^CSeq: .*\r\n/m, '') },
    found: ['rtsp/stream_0.tcp/cseq', 'rtsp/stream_1.tcp/cseq', 'warn rtsp/refusals/cseq'],
    seen: /^no CSeq$/,
  },
  {
    does: 'has an audio track although audio_main is 0',
    sections: '19',
    streamTamper: {
      settings: (channel, settings) => (channel === 0 ? { ...settings, audio: settings.audio ?? { codec: 'PCMU', sampleRate: 8000 } } : settings),
    },
    found: ['rtsp/audio_main/in-stream'],
    seen: /^one$/,
  },
  {
    does: 'serves the right user with a wrong password',
    sections: '19',
    streamTamper: { admits: (_, isRight, authorization) => isRight || authorization?.includes('username="admin"') === true },
    found: ['rtsp/authentication/required'],
    seen: /^status 200$/,
  },
];

/** Changes what streams show of the video settings. */
const video = (change: (video: Parameters<NonNullable<StreamTamper['settings']>>[1]['video']) => object): StreamTamper => ({
  settings: (_, settings) => ({ ...settings, video: { ...settings.video, ...change(settings.video) } }),
});

const STREAMS: readonly Fault[] = [
  {
    does: 'streams half of pic_width and pic_height',
    sections: '21',
    streamTamper: video(({ scene }) => ({ scene: { ...scene, width: scene.width / 2, height: scene.height / 2 } })),
    found: ['video/pic_width/in-stream'],
    seen: /^1280x720$/,
  },
  {
    does: 'streams H.264 although encode_type is 5',
    sections: '21',
    streamTamper: video(() => ({ codec: 'h264' })),
    found: ['video/encode_type/in-stream'],
    seen: /^H264$/,
  },
  {
    does: 'streams at half of frame_rate',
    sections: '21',
    streamTamper: video(({ rate }) => ({ rate: rate / 2 })),
    found: ['warn video/frame_rate/in-stream'],
    seen: /^5\.0$/,
  },
  {
    does: 'has key frames at twice the distance of gop',
    sections: '21',
    streamTamper: video(({ gop }) => ({ gop: gop * 2 })),
    found: ['warn video/gop/in-stream'],
    seen: /^every 20$/,
  },
  {
    does: 'keeps a constant bit rate of half of bitrate',
    sections: '21',
    streamTamper: video(({ bitrate }) => ({ bitrate: bitrate === null ? null : bitrate / 2 })),
    found: ['warn video/bitrate/in-stream'],
    seen: /^20\d\d kbit\/s$/,
  },
];

const DATE = /^\d\d-\d\d-\d\d/;

const PICTURES: readonly Fault[] = [
  {
    does: 'flips where it should mirror',
    sections: '23',
    streamTamper: { scene: (scene) => ({ ...scene, mirror: false, flip: scene.flip !== scene.mirror }) },
    found: ['warn display/mirror/in-picture'],
    seen: /^a picture that differs from it/,
  },
  {
    does: 'gets darker with more brightness',
    sections: '23',
    streamTamper: { scene: (scene) => ({ ...scene, brightness: 256 - scene.brightness }) },
    found: ['warn display/brightness/in-picture'],
    seen: /with brightness 192$/,
  },
  {
    does: 'draws no OSD title',
    sections: '24',
    streamTamper: { scene: (scene) => ({ ...scene, labels: scene.labels.filter(({ text }) => DATE.test(text)) }) },
    found: ['warn osd/title_list/in-picture'],
    seen: /^nothing new there/,
  },
  {
    does: 'masks half a width beside the box',
    sections: '25',
    streamTamper: { scene: (scene) => ({ ...scene, masks: scene.masks.map((box) => ({ ...box, x: box.x + box.w / 2 })) }) },
    found: ['warn video-mask/mask_0/in-picture'],
    seen: /^\d+ % of its pixels alike$/,
  },
  {
    does: 'cuts JPEG pictures by a fifth',
    sections: '3,36',
    tamper: { picture: (format, bytes) => (format === 'jpg' ? bytes.subarray(0, Math.floor(bytes.length * 0.8)) : bytes) },
    found: ['snap-base64-image/image_base64/whole-jpeg', 'snapshot/jpeg/asked', 'snapshot/jpeg/default'],
    seen: /^\d+ rows: it is cut$/,
  },
  {
    does: 'makes BMP pictures of another size',
    sections: '3',
    tamper: {
      picture: (format, bytes) => (format === 'bmp' ? formatBmp({ width: 640, height: 480, rgba: new Uint8Array(640 * 480 * 4).fill(128) }) : bytes),
    },
    found: ['snapshot/bmp/asked'],
    seen: /^640x480$/,
  },
];

const FAULTS = [...SESSIONS, ...STREAMS, ...PICTURES];

describe('a camera that', () => {
  const runs = new Map<string, Promise<Run>>();
  beforeAll(async () => {
    const waiting = [...FAULTS];
    const lane = async (): Promise<void> => {
      for (let fault = waiting.shift(); fault !== undefined; fault = waiting.shift()) {
        const { does, sections, streamTamper = {}, tamper = {} } = fault;
        const { url } = await faultyCamera({ streamTamper, tamper });
        const run = conformance({ environment: { CAMERA_URL: url, CAMERA_SECTIONS: sections, CAMERA_ALLOW: 'network' } });
        runs.set(does, run);
        // The test of the fault tells.
        await run.catch(() => undefined);
      }
    };
    // Two at once: each run and its camera take turns, so that two fill two processors.
    await Promise.all([lane(), lane()]);
  }, FAULTS.length * LIMIT_MS);

  it.each(FAULTS)('$does', async ({ does, found, seen }) => {
    const { code, results } = (await runs.get(does)) as Run;
    const complaints = results.checks.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'skip');
    expect(complaints.map(({ id, verdict }) => (verdict === 'fail' ? id : `${verdict} ${id}`)).toSorted()).toEqual(found.toSorted());
    for (const { id, message } of complaints) expect(/^Received +(.*)$/m.exec(message ?? '')?.[1], id).toMatch(seen);
    expect(code).toBe(found.every((id) => id.startsWith('warn ')) ? 0 : 1);
  });
});
