/**
 * A small fault turns exactly those checks red or yellow that are about it, and its message says what was received: a suite that fails a
 * good part for the fault of another sends people the wrong way. One defect of each kind; `npm run qualify` plants them all.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { findDefect } from '../emulator/defects/index.ts';
import { withEmulatedSession } from '../execution/emulated-session.ts';
import { runChecks } from '../execution/executor.ts';
import type { Judged } from '../execution/judged.ts';
import { loadSuites } from '../execution/load-suites.ts';
import { inLanes } from './lanes.ts';

interface Case {
  readonly defect: string;
  /** the checks that are run, of all sections */
  readonly run: RegExp;
  /** ids of the checks that fail, `warn …` of those that warn */
  readonly found: readonly string[];
  /** what the message of each says was received */
  readonly seen: RegExp;
}

const MAIN = /^rtsp\/stream_0\.tcp\//;
const VIDEO = /^video\/.*in-stream$/;
const DISPLAY = /^display\/.*in-picture$/;
const RESETS = /^device-reset\/\w+\/(resets|alone|whole|refused|nothing|necessary)$/;
const everywhere = (property: string): readonly string[] =>
  ['stream_0', 'stream_1'].flatMap((stream) => ['tcp', 'udp'].map((way) => `rtsp/${stream}.${way}/${property}`));

const CASES: readonly Case[] = [
  {
    defect: 'rtsp/packets/none',
    run: MAIN,
    found: ['rtsp/stream_0.tcp/rtp-arrives'],
    seen: /^none in \d+\.\d s; \d+ packets of other tracks$|^none in \d+\.\d s$/,
  },
  {
    defect: 'rtsp/TEARDOWN/plays-on',
    run: MAIN,
    found: ['rtsp/stream_0.tcp/teardown'],
    seen: /^\d+ packets later than that, still arriving when the suite stopped listening, \d\.\d s after the reply$/,
  },
  { defect: 'rtsp/header/other-source', run: /^rtsp\/stream_/, found: everywhere('rtp-header'), seen: /^SSRC [\da-f]{8}$/ },
  { defect: 'rtsp/header/unlisted-type', run: MAIN, found: ['rtsp/stream_0.tcp/rtp-header'], seen: /^payload type 111$/ },
  {
    defect: 'rtsp/timestamps/at-45-kHz',
    run: MAIN,
    found: ['rtsp/stream_0.tcp/timestamps'],
    seen: /^\d\.\d\d s by their timestamps: (4[4-9]|5[0-5]) % of it(, about half)?$/,
  },
  { defect: 'rtsp/CSeq/renamed', run: MAIN, found: ['rtsp/stream_0.tcp/cseq'], seen: /^no CSeq$/ },
  { defect: 'rtsp/sound/main-always', run: /^rtsp\/audio_/, found: ['rtsp/audio_main/in-stream'], seen: /^a description with m=audio$/ },
  {
    defect: 'rtsp/authentication/any-password',
    run: /^rtsp\/authentication\//,
    found: ['rtsp/authentication/required'],
    seen: /^status 200: it is served$/,
  },
  { defect: 'video/size/half', run: VIDEO, found: ['video/pic_width/in-stream'], seen: /^1280x720$/ },
  { defect: 'video/codec/h264-for-h265', run: VIDEO, found: ['video/encode_type/in-stream'], seen: /^H264$/ },
  {
    defect: 'video/rate/half',
    run: VIDEO,
    found: ['warn video/frame_rate/in-stream'],
    seen: /^5\.0: 50 % of it, about half; by the timestamps of \d+ pictures$/,
  },
  { defect: 'video/gop/double', run: VIDEO, found: ['warn video/gop/in-stream'], seen: /^one every 20 pictures \(distances seen: 20\b/ },
  {
    defect: 'video/bitrate/half',
    run: VIDEO,
    found: ['warn video/bitrate/in-stream'],
    seen: /^20\d\d kbit\/s: 5\d % of it, about half; over \d+ groups of pictures, \d\.\d s of video$/,
  },
  {
    defect: 'display/mirror/flips',
    run: DISPLAY,
    found: ['warn display/mirror/in-picture'],
    seen: /; beside the one before, it matches when turned upside down/,
  },
  { defect: 'display/brightness/inverted', run: DISPLAY, found: ['warn display/brightness/in-picture'], seen: /with brightness 192$/ },
  { defect: 'osd/title/not-drawn', run: /^osd\/.*in-picture$/, found: ['warn osd/title_list/in-picture'], seen: /^nothing new there/ },
  {
    defect: 'video-mask/half-a-width-beside',
    run: /^video-mask\/mask_0\/in-picture$/,
    found: ['warn video-mask/mask_0/in-picture'],
    seen: /^\d+ % of its pixels alike; what changed in the picture lies at x 3\d\d to \d+, y 1[34]\d to 3[56]\d of 704 x 576$/,
  },
  {
    defect: 'snapshot/jpeg/cut-by-a-fifth',
    run: /^snap(shot|-base64-image)\/(jpeg|image_base64)\//,
    found: ['snap-base64-image/image_base64/whole-jpeg', 'snapshot/jpeg/asked', 'snapshot/jpeg/default'],
    seen: /^coded data for \d+ of them: it is cut/,
  },
  { defect: 'snapshot/bmp/other-size', run: /^snapshot\/bmp\//, found: ['snapshot/bmp/asked'], seen: /^640x480$/ },
  {
    defect: 'snapshot/bmp/pixels-beyond',
    run: /^snapshot\/bmp\//,
    found: ['snapshot/bmp/asked'],
    seen: /^pixels from byte 58 to \d+ in a reply of \d+ bytes$/,
  },
  { defect: 'snapshot/bmp/half-a-length', run: /^snapshot\/bmp\//, found: ['warn snapshot/bmp/header'], seen: /^it tells \d+$/ },
  {
    defect: 'device-reset/netReset/resets/nothing',
    run: RESETS,
    found: ['device-reset/netReset/resets'],
    seen: /^DNS of getWiredNetwork: "192\.0\.2\.8" became "192\.0\.2\.8"/,
  },
  {
    defect: 'device-reset/userReset/alone/resets-more',
    run: RESETS,
    found: ['device-reset/userReset/alone'],
    seen: /^\w+ of getWiredNetwork was "[^"]+" and is "[^"]+"/,
  },
  { defect: 'device-reset/reset/whole/leaves-osd', run: RESETS, found: ['warn device-reset/reset/whole'], seen: /^\w+ of getOsdConf: / },
  { defect: 'device-reset/reset/refused/done', run: RESETS, found: ['device-reset/reset/refused'], seen: /^dev_name of getSysConfig was / },
];

const LANES = 8;
const LIMIT_MS = 600_000;

async function judged({ defect: id, run }: Case): Promise<readonly Judged[]> {
  const defect = findDefect(id);
  if (defect === undefined) throw new Error(`Could not find the defect ${id}.`);
  return withEmulatedSession({ emulator: defect.plant() }, async (session) => {
    const all: Judged[] = [];
    for (const suite of await loadSuites()) {
      const wanted = suite.checks.map(({ identity }) => identity.id).filter((each) => run.test(each));
      if (wanted.length > 0) all.push(...(await runChecks(suite, session, wanted)));
    }
    return all;
  });
}

describe('a camera that', () => {
  const runs = new Map<string, readonly Judged[]>();
  beforeAll(async () => {
    await inLanes(CASES, async (each) => void runs.set(each.defect, await judged(each)), { most: LANES });
  }, LIMIT_MS);

  it.each(CASES.map((each) => ({ ...each, does: findDefect(each.defect)?.does })))('$does', ({ defect, found, seen }) => {
    const complaints = (runs.get(defect) ?? []).filter(({ verdict }) => verdict !== 'pass' && verdict !== 'skip');
    expect(complaints.map(({ id, verdict }) => (verdict === 'fail' ? id : `${verdict} ${id}`)).toSorted()).toEqual(found.toSorted());
    for (const { id, message } of complaints) expect(/^Received +(.*)$/m.exec(message ?? '')?.[1], id).toMatch(seen);
  });
});
