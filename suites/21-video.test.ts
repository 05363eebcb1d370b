import { describe } from '../lib/camera/outcome.ts';
import { fail, Skipped } from '../lib/checks/finding.ts';
import type { SettingsLab } from '../lib/checks/settings-lab.ts';
import { evidenceOf, STREAMS, videoOf } from '../lib/checks/stream-lab.ts';
import type { Instance } from '../lib/document/notation.ts';
import { isMembers, type Members } from '../lib/document/row-value.ts';
import { video } from '../lib/document/sections/21-video.ts';
import type { StreamFacts } from '../lib/media/stream-facts.ts';
import { section, type Workplace } from '../lib/runner/section.ts';

const CODECS: Readonly<Record<number, string>> = { 1: 'H264', 5: 'H265' };
const H264 = 1;
const PROFILES: Readonly<Record<number, string>> = { 0: 'Baseline', 1: 'Main', 2: 'High' };
const CONSTANT = 1;
/** Should: the contract's tolerances. */
const FRAME_RATE_TOLERANCE = 0.1;
const BIT_RATE_TOLERANCE = 0.2;
/** A distance of key frames that is soon seen. */
const SHORT_GOP = 10;
const KBIT = 1000;
/** What the main and the auxiliary stream are set to. */
const [MAIN_KBIT, AUXILIARY_KBIT] = [4096, 2048];
/** Pictures after which key frames that are ten apart must have shown, however a camera begins. */
const MANY_PICTURES = 5 * SHORT_GOP;
/** Pictures of so many seconds tell a frame rate within a few per cent: their timestamps do, not their arrival. */
const WATCHED_S = 0.7;

const options = { place: '21.2', action: 'setVencConf' } as const;

/** The main and the auxiliary stream with their settings; the URL of a third one is not documented. */
function streamsOf({ lab, part }: Workplace): readonly { readonly stream: (typeof STREAMS)[number]; readonly settings: SettingsLab }[] {
  const instances = part().instances ?? [];
  return STREAMS.map((stream, index) => ({ stream, settings: lab('getVencConf', instances[index] as Instance) }));
}

/** The streams that this camera has and whose settings show these parameters. */
async function offering(workplace: Workplace, names: readonly string[]): Promise<ReturnType<typeof streamsOf>> {
  const found: ReturnType<typeof streamsOf>[number][] = [];
  for (const each of streamsOf(workplace)) {
    const outcome = await each.settings.firstOutcome();
    if (outcome.kind !== 'done' || !names.every((name) => name in outcome.reply)) continue;
    await each.settings.opening();
    found.push(each);
  }
  if (found.length === 0) throw new Skipped('not-offered', `getVencConf does not return ${names.join(' and ')}`);
  return found;
}

/** Sets, or throws: what is refused here is judged by the round trip of the parameter, not once more. */
async function apply(settings: SettingsLab, members: Members): Promise<void> {
  const { outcome } = await settings.attempt(members);
  if (outcome.kind !== 'done') throw new Skipped('blocked', `${JSON.stringify(members)} is answered with ${describe(outcome)}`);
}

/** The frame rate and the distance of key frames that make a stream quick to judge, where the camera has them. */
const quick = (settings: SettingsLab): Members => ('gop' in settings.current ? { gop: SHORT_GOP } : {});

/** Whether enough came to tell the distance of key frames, or that they are further apart. */
const hasGroups = (facts: () => readonly StreamFacts[]): boolean => {
  const content = videoOf(facts())?.content;
  if (content?.kind !== 'video') return false;
  return content.pictures > MANY_PICTURES || (content.keyFrames > 2 && content.pictures > 3 * SHORT_GOP);
};

section(video, ({ generic, requirement }) => {
  generic();

  requirement(
    'video/encode_type/in-stream',
    'must',
    'the stream has the codec that encode_type names',
    { ...options, covers: ['codec-in-stream'], after: ['video/encode_type/round-trip'] },
    async (workplace) => {
      for (const { stream, settings } of await offering(workplace, ['encode_type'])) {
        for (const [value, codec] of Object.entries(CODECS)) {
          await apply(settings, { encode_type: Number(value), ...quick(settings) });
          const { facts, watched } = await workplace.streams.video(stream);
          if (facts.codec !== codec)
            fail(`${codec} in ${stream} while encode_type is ${value}`, facts.codec ?? 'an unknown codec', evidenceOf(watched, 'DESCRIBE'));
        }
        await apply(settings, { encode_type: H264 });
      }
    },
  );

  requirement(
    'video/pic_width/in-stream',
    'must',
    'the stream has the resolution that was set',
    { ...options, covers: ['resolution-in-stream'], after: ['video/pic_width/round-trip'] },
    async (workplace) => {
      for (const { stream, settings } of await offering(workplace, ['pic_width', 'pic_height', 'pixel_list'])) {
        const sizes = settings.current.pixel_list;
        for (const size of Array.isArray(sizes) ? sizes.filter(isMembers) : []) {
          await apply(settings, { pic_width: size.width, pic_height: size.height, ...quick(settings) });
          const { video: seen, watched } = await workplace.streams.video(stream);
          if (seen.width !== size.width || seen.height !== size.height) {
            fail(`${size.width}x${size.height} in ${stream}`, `${seen.width}x${seen.height}`, evidenceOf(watched, 'DESCRIBE'));
          }
        }
      }
    },
  );

  requirement(
    'video/encode_profile/in-stream',
    'should',
    'an H.264 stream has the profile that encode_profile names',
    { ...options, covers: ['profile-in-stream'], after: ['video/encode_profile/round-trip'] },
    async (workplace) => {
      for (const { stream, settings } of await offering(workplace, ['encode_profile', 'encode_type'])) {
        for (const [value, profile] of Object.entries(PROFILES)) {
          await apply(settings, { encode_type: H264, encode_profile: Number(value), ...quick(settings) });
          const { video: seen, watched } = await workplace.streams.video(stream);
          if (!seen.profile?.includes(profile))
            fail(`profile ${profile} in ${stream} while encode_profile is ${value}`, seen.profile ?? 'none', evidenceOf(watched, 'DESCRIBE'));
        }
      }
    },
  );

  requirement(
    'video/frame_rate/in-stream',
    'should',
    'the stream has as many pictures per second as frame_rate (±10 %)',
    { ...options, covers: ['frame-rate-in-stream'], after: ['video/frame_rate/round-trip'] },
    async (workplace) => {
      for (const { stream, settings } of await offering(workplace, ['frame_rate'])) {
        const limit = Number(settings.current.max_framerate ?? 25);
        for (const rate of [Math.min(10, limit), limit]) {
          await apply(settings, { frame_rate: rate, ...quick(settings) });
          const { video: seen, watched } = await workplace.streams.video(stream, Math.ceil(rate * WATCHED_S));
          const found = seen.brokenPictures > 0 ? seen.nominalFrameRate : seen.frameRate;
          if (found === null || Math.abs(found / rate - 1) > FRAME_RATE_TOLERANCE) {
            fail(
              `${rate} pictures a second in ${stream}, ±10 %`,
              found === null ? 'too few pictures' : found.toFixed(1),
              evidenceOf(watched, 'PLAY'),
            );
          }
        }
      }
    },
  );

  requirement(
    'video/gop/in-stream',
    'should',
    'key frames are gop pictures apart',
    { ...options, covers: ['key-frame-distance-in-stream'], after: ['video/gop/round-trip'] },
    async (workplace) => {
      for (const { stream, settings } of await offering(workplace, ['gop'])) {
        await apply(settings, { gop: SHORT_GOP });
        // Three groups: a camera may begin with a key frame out of turn, which makes the first distance shorter.
        const { video: seen, watched } = await workplace.streams.video(stream, 3 * SHORT_GOP + 1, { enough: hasGroups });
        if (seen.keyFrameDistance === null)
          fail(`a key frame every ${SHORT_GOP} pictures of ${stream}`, `${seen.keyFrames} in ${seen.pictures} pictures`, evidenceOf(watched, 'PLAY'));
        if (seen.keyFrameDistance !== SHORT_GOP)
          fail(`a key frame every ${SHORT_GOP} pictures of ${stream}`, `every ${seen.keyFrameDistance}`, evidenceOf(watched, 'PLAY'));
      }
    },
  );

  requirement(
    'video/bitrate/in-stream',
    'should',
    'a constant bit rate is kept (±20 %)',
    { ...options, covers: ['bitrate-in-stream'], after: ['video/bitrate/round-trip', 'video/rc_mode/round-trip'] },
    async (workplace) => {
      const [main] = workplace.part().instances ?? [];
      for (const { stream, settings } of await offering(workplace, ['bitrate', 'rc_mode'])) {
        const wanted = settings.instance === main ? MAIN_KBIT : AUXILIARY_KBIT;
        await apply(settings, { rc_mode: CONSTANT, bitrate: wanted, ...quick(settings) });
        const { video: seen, watched } = await workplace.streams.video(stream, 2 * SHORT_GOP + 1);
        const found = seen.groupBitRate;
        if (found === null) throw new Skipped('not-testable', 'less than two key frames were seen');
        if (Math.abs(found / (wanted * KBIT) - 1) > BIT_RATE_TOLERANCE)
          fail(`${wanted} kbit/s in ${stream}, ±20 %`, `${Math.round(found / KBIT)} kbit/s`, evidenceOf(watched, 'PLAY'));
      }
    },
  );
});
