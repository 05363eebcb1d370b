import { describe, type Outcome } from '../lib/camera/outcome.ts';
import { freeSubjects, otherValue } from '../lib/checks/flows/other-values.ts';
import { counted, seconds, shareOf } from '../lib/checks/quantities.ts';
import type { SettingsLab } from '../lib/checks/sets/settings-lab.ts';
import { atOnce } from '../lib/checks/streams/at-once.ts';
import { brokenRule } from '../lib/checks/streams/broken-rules.ts';
import { evidenceOf, STREAMS, videoOf } from '../lib/checks/streams/stream-lab.ts';
import type { Instance } from '../lib/document/notation.ts';
import { isMembers, type Members } from '../lib/document/row-value.ts';
import { video } from '../lib/document/sections/21-video.ts';
import { section, type Workplace } from '../lib/execution/section.ts';
import type { StreamFacts } from '../lib/media/stream-facts.ts';
import { fail, Skipped } from '../lib/results/finding.ts';

const CODECS: Readonly<Record<number, string>> = { 1: 'H264', 5: 'H265' };
const H264 = 1;
const PROFILES: Readonly<Record<number, string>> = { 0: 'Baseline', 1: 'Main', 2: 'High' };
/** How a description tells of the stream as it was. */
const OUTDATED: ReadonlySet<string> = new Set(['sprop-of-another-size', 'profile-level-id-differs']);
const CONSTANT = 1;
/** Should: the contract's tolerances. */
const FRAME_RATE_TOLERANCE = 0.1;
const BIT_RATE_TOLERANCE = 0.2;
/** Distances of key frames that are soon seen, of the main and of the auxiliary stream. */
const SHORT_GOPS = [10, 8] as const;
const [SHORT_GOP] = SHORT_GOPS;
const KBIT = 1000;
/** Constant bit rates of the main and of the auxiliary stream. */
const KBITS = [4096, 2048] as const;
/** Groups of pictures after which short distances must have shown, however a camera begins. */
const MANY_GROUPS = 5;
/** Pictures of so many seconds tell a frame rate within a few per cent: their timestamps do, not their arrival. */
const WATCHED_S = 0.7;

const options = { place: '21.2', action: 'setVencConf' } as const;

interface StreamSettings {
  readonly stream: (typeof STREAMS)[number];
  /** 0: the main stream; 1: the auxiliary one */
  readonly place: number;
  readonly settings: SettingsLab;
}

/** The main and the auxiliary stream with their settings; the URL of a third one is not documented. */
function streamsOf({ lab, part }: Workplace): readonly StreamSettings[] {
  const instances = part().instances ?? [];
  return STREAMS.map((stream, place) => ({ stream, place, settings: lab('getVencConf', instances[place] as Instance) }));
}

/** The streams that this camera has and whose settings show these parameters. */
async function offering(workplace: Workplace, names: readonly string[]): Promise<readonly StreamSettings[]> {
  const found: StreamSettings[] = [];
  for (const each of streamsOf(workplace)) {
    const outcome = await each.settings.firstOutcome();
    if (outcome.kind !== 'done' || !names.every((name) => name in outcome.reply)) continue;
    await each.settings.opening();
    found.push(each);
  }
  if (found.length === 0) throw new Skipped('not-offered', `getVencConf does not return ${names.join(' and ')}`);
  return found;
}

/** Rotated by 90 or 270 degrees (23.1) a picture of 1920x1080 may be sent as 1080x1920: the document says of which it speaks nowhere. */
async function isTurnedOnItsSide({ camera }: Workplace): Promise<boolean> {
  const outcome = await camera.call('getImageAdjustment', null);
  return outcome.kind === 'done' && [1, 3].includes(Number(outcome.reply.rotate));
}

/** Sets, or throws: what is refused here is judged by the round trip of the parameter, not once more. */
async function apply(settings: SettingsLab, members: Members): Promise<void> {
  const { outcome } = await settings.attempt(members);
  if (outcome.kind !== 'done') throw new Skipped('blocked', `${JSON.stringify(members)} is answered with ${describe(outcome)}`);
}

/** The distance of key frames that makes a stream quick to judge, where the camera has it. */
const quick = (settings: SettingsLab): Members => ('gop' in settings.current ? { gop: SHORT_GOP } : {});

/** Whether enough came to tell the distance of key frames, or that they are further apart. */
const hasGroups =
  (gop: number) =>
  (facts: () => readonly StreamFacts[]): boolean => {
    const content = videoOf(facts())?.content;
    if (content?.kind !== 'video') return false;
    return content.pictures > MANY_GROUPS * gop || (content.keyFrames > 2 && content.pictures > 3 * gop);
  };

/** What the rate of a stream depends on, as the camera shows it. */
const settingsInWords = ({ current, instance }: SettingsLab): string =>
  Object.entries({ ...instance.select, ...current })
    .filter(([name]) => ['channel', 'rc_mode', 'bitrate', 'frame_rate', 'gop', 'encode_type'].includes(name))
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');

/** What the camera says that it made of a number whose range only it knows: the stream is held to that. */
const shownNumber = ({ current }: SettingsLab, name: string, sent: number): number =>
  typeof current[name] === 'number' && current[name] > 0 ? current[name] : sent;

interface Shown<Value> extends StreamSettings {
  readonly value: Value;
}

/**
 * Each stream takes each of its values, the streams different ones at a time where they can: neither passes for the other. They are
 * set one after the other, and looked at together.
 */
async function inRounds<Value>(
  { streams: lab }: Workplace,
  streams: readonly StreamSettings[],
  valuesOf: (each: StreamSettings) => readonly Value[],
  membersOf: (value: Value) => Members,
  look: (shown: Shown<Value>) => Promise<void>,
): Promise<void> {
  const turns = streams.map((each) => {
    const values = valuesOf(each);
    return values.map((_, round) => ({ ...each, value: values[(round + each.place) % values.length] as Value }));
  });
  const rounds = Math.max(...turns.map(({ length }) => length));
  for (let round = 0; round < rounds; round += 1) {
    const shown = turns.flatMap((turn) => turn[round] ?? []);
    for (const { settings, value } of shown) await apply(settings, { ...quick(settings), ...membersOf(value) });
    await atOnce(shown, (each) => lab.settled(() => look(each)));
  }
}

/** What makers recommend is set of each stream together; here it is what each took alone. */
const RECOMMENDED: ReadonlySet<string> = new Set(['encode_profile', 'rc_mode', 'gop', 'frame_rate']);

async function inTurn({ lab, part }: Workplace): Promise<readonly { readonly settings: SettingsLab; readonly members: Members }[]> {
  const found: { readonly settings: SettingsLab; readonly members: Members }[] = [];
  for (const instance of part().instances ?? []) {
    const settings = lab('getVencConf', instance);
    const outcome = await settings.answered();
    if (outcome.kind !== 'done' || settings.isMissing(outcome)) continue;
    await settings.opening();
    await settings.settable();
    const changes: Members[] = [];
    for (const subject of freeSubjects(settings)) if (RECOMMENDED.has(subject.top.name)) changes.push((await otherValue(settings, subject)) ?? {});
    const members: Members = Object.assign({}, ...changes);
    if (Object.keys(members).length > 0) found.push({ settings, members });
  }
  return found;
}

section(video, ({ generic, requirement }) => {
  generic();

  requirement(
    'video/encode_type/in-stream',
    'must',
    'the stream has the codec that encode_type names',
    { ...options, covers: ['codec-in-stream'], after: ['video/encode_type/round-trip'] },
    async (workplace) => {
      const streams = await offering(workplace, ['encode_type']);
      await inRounds(
        workplace,
        streams,
        () => Object.keys(CODECS).map(Number),
        (encode_type) => ({ encode_type }),
        async ({ stream, settings, value }) => {
          const { facts, watched } = await workplace.streams.video(stream);
          if (facts.codec !== CODECS[value])
            fail(
              `${CODECS[value]} in ${stream} while encode_type is ${value}`,
              facts.codec === null ? 'an unknown codec' : `${facts.codec}`,
              evidenceOf(watched, 'DESCRIBE'),
              { instance: settings.instance.select },
            );
        },
      );
      for (const { settings } of streams) await apply(settings, { encode_type: H264 });
    },
  );

  requirement(
    'video/pic_width/in-stream',
    'must',
    'the stream has the resolution that was set',
    { ...options, covers: ['resolution-in-stream'], after: ['video/pic_width/round-trip'] },
    async (workplace) => {
      const turned = await isTurnedOnItsSide(workplace);
      await inRounds(
        workplace,
        await offering(workplace, ['pic_width', 'pic_height', 'pixel_list']),
        ({ settings }) => (Array.isArray(settings.current.pixel_list) ? settings.current.pixel_list.filter(isMembers) : []),
        ({ width, height }) => ({ pic_width: width, pic_height: height }),
        async ({ stream, settings, value: size }) => {
          const { video: seen, watched } = await workplace.streams.video(stream);
          const isTurned = turned && seen.width === size.height && seen.height === size.width;
          if (!isTurned && (seen.width !== size.width || seen.height !== size.height))
            fail(
              `${size.width}x${size.height} in ${stream} while pic_width is ${size.width} and pic_height ${size.height}`,
              `${seen.width}x${seen.height}`,
              evidenceOf(watched, 'DESCRIBE'),
              { instance: settings.instance.select },
            );
        },
      );
    },
  );

  requirement(
    'video/encode_profile/in-stream',
    'should',
    'an H.264 stream has the profile that encode_profile names',
    { ...options, covers: ['profile-in-stream'], after: ['video/encode_profile/round-trip'] },
    async (workplace) => {
      await inRounds(
        workplace,
        await offering(workplace, ['encode_profile', 'encode_type']),
        () => Object.keys(PROFILES).map(Number),
        (encode_profile) => ({ encode_type: H264, encode_profile }),
        async ({ stream, settings, value }) => {
          const { video: seen, watched } = await workplace.streams.video(stream);
          const profile = PROFILES[value] ?? '';
          if (!seen.profile?.includes(profile))
            fail(
              `profile ${profile} in ${stream} while encode_profile is ${value}`,
              seen.profile === null ? 'no profile that can be read' : `profile ${seen.profile}`,
              evidenceOf(watched, 'DESCRIBE'),
              { instance: settings.instance.select },
            );
        },
      );
    },
  );

  requirement(
    'video/description/follows',
    'should',
    'the session description tells of the stream as it is after a change',
    { ...options, covers: ['resolution-in-stream', 'profile-in-stream'], after: ['video/pic_width/in-stream', 'video/encode_profile/in-stream'] },
    async ({ streams }) => {
      for (const stream of STREAMS) {
        await streams.settled(async () => {
          const { facts, watched } = await streams.video(stream, 1);
          const odd = facts.deviations.find(({ id }) => OUTDATED.has(id));
          if (odd !== undefined)
            fail(
              `parameter sets and profile of ${stream} in its description as they are in its packets`,
              brokenRule(odd),
              evidenceOf(watched, 'DESCRIBE'),
            );
        });
      }
    },
  );

  requirement(
    'video/frame_rate/in-stream',
    'should',
    'the stream has as many pictures per second as frame_rate (±10 %)',
    { ...options, covers: ['frame-rate-in-stream'], after: ['video/frame_rate/round-trip'] },
    async (workplace) => {
      const limitOf = ({ settings }: StreamSettings): number => Number(settings.current.max_framerate ?? 25);
      const streams = await offering(workplace, ['frame_rate']);
      await inRounds(
        workplace,
        streams,
        (each) => [Math.min(10, limitOf(each)), limitOf(each)],
        (frame_rate) => ({ frame_rate }),
        async ({ stream, settings, value }) => {
          const rate = shownNumber(settings, 'frame_rate', value);
          const { video: seen, watched } = await workplace.streams.video(stream, Math.ceil(rate * WATCHED_S));
          const found = seen.brokenPictures > 0 ? seen.nominalFrameRate : seen.frameRate;
          if (found === null || Math.abs(found / rate - 1) > FRAME_RATE_TOLERANCE)
            fail(
              `${rate} pictures a second in ${stream} while frame_rate is ${rate}, ±${100 * FRAME_RATE_TOLERANCE} %`,
              found === null
                ? `${counted(seen.pictures, 'picture')} in ${seconds(watched.receivedMs)}: too few to tell a rate`
                : `${found.toFixed(1)}: ${shareOf(found, rate)}; by the timestamps of ${counted(seen.pictures, 'picture')}`,
              evidenceOf(watched, 'PLAY'),
              { instance: settings.instance.select },
            );
        },
      );
      // The more pictures come, the sooner the checks behind this one are done.
      for (const each of streams) await apply(each.settings, { frame_rate: limitOf(each) });
    },
  );

  requirement(
    'video/gop/in-stream',
    'should',
    'key frames are gop pictures apart',
    { ...options, covers: ['key-frame-distance-in-stream'], after: ['video/gop/round-trip'] },
    async (workplace) => {
      await inRounds(
        workplace,
        await offering(workplace, ['gop']),
        ({ place }) => SHORT_GOPS.slice(place, place + 1),
        (gop) => ({ gop }),
        async ({ stream, settings, value }) => {
          const gop = shownNumber(settings, 'gop', value);
          // Three groups: a camera may begin with a key frame out of turn, which makes the first distance shorter.
          const { video: seen, watched } = await workplace.streams.video(stream, 3 * gop + 1, { enough: hasGroups(gop) });
          const expected = `a key frame every ${gop} pictures in ${stream} while gop is ${gop}`;
          if (seen.keyFrameDistance === null)
            fail(expected, `${counted(seen.keyFrames, 'key frame')} in ${counted(seen.pictures, 'picture')}`, evidenceOf(watched, 'PLAY'), {
              instance: settings.instance.select,
            });
          if (seen.keyFrameDistance !== gop) {
            const distances = seen.keyFrameDistances.slice(0, MANY_GROUPS).join(', ');
            fail(expected, `one every ${counted(seen.keyFrameDistance, 'picture')} (distances seen: ${distances})`, evidenceOf(watched, 'PLAY'), {
              instance: settings.instance.select,
            });
          }
        },
      );
    },
  );

  requirement(
    'video/bitrate/in-stream',
    'should',
    'a constant bit rate is kept (±20 %)',
    { ...options, covers: ['bitrate-in-stream'], after: ['video/bitrate/round-trip', 'video/rc_mode/round-trip'] },
    async (workplace) => {
      await inRounds(
        workplace,
        await offering(workplace, ['bitrate', 'rc_mode']),
        ({ place }) => KBITS.slice(place, place + 1),
        (bitrate) => ({ rc_mode: CONSTANT, bitrate }),
        async ({ stream, settings, value }) => {
          const wanted = shownNumber(settings, 'bitrate', value);
          const { video: seen, watched } = await workplace.streams.video(stream, 2 * SHORT_GOP + 1);
          const found = seen.groupBitRate;
          if (found === null) throw new Skipped('not-testable', 'less than two key frames were seen');
          if (Math.abs(found / (wanted * KBIT) - 1) > BIT_RATE_TOLERANCE) {
            const groups = counted(seen.keyFrames - 1, 'group');
            fail(
              `${wanted} kbit/s in ${stream}, ±${100 * BIT_RATE_TOLERANCE} %, while setVencConf has ${settingsInWords(settings)}`,
              `${Math.round(found / KBIT)} kbit/s: ${shareOf(found, wanted * KBIT)}; over ${groups} of pictures, ${seconds(1000 * (seen.groupSeconds ?? 0))} of video`,
              evidenceOf(watched, 'PLAY'),
              { instance: settings.instance.select },
            );
          }
        },
      );
    },
  );

  requirement(
    'video/recommended/in-a-row',
    'should',
    'keeps what sets of all its streams, one right behind the other, have set',
    { ...options, covers: [] },
    async (workplace) => {
      const rows = await inTurn(workplace);
      if (rows.length < 2) throw new Skipped('not-testable', 'fewer than two streams can be given other settings');
      const sent: { readonly settings: SettingsLab; readonly members: Members; readonly outcome: Outcome }[] = [];
      for (const { settings, members } of rows) sent.push({ settings, members, outcome: await settings.write(members) });
      for (const { settings, members, outcome } of sent) {
        const reply = await settings.readBehind(outcome, members);
        const lost = Object.entries(members).filter(([name, value]) => reply[name] !== value);
        const documented = `code 0, and channel ${settings.instance.select.channel} then has what was set, with the sets of ${sent.length} streams in a row`;
        const received = `${describe(outcome)}${lost.length === 0 ? '' : `; ${lost.map(([name, value]) => `${name} then reads ${JSON.stringify(reply[name])}, not ${JSON.stringify(value)}`).join(', ')}`}`;
        if (outcome.kind !== 'done' || lost.length > 0) fail(documented, received, outcome.answer.exchange, { instance: settings.instance.select });
      }
    },
  );
});
