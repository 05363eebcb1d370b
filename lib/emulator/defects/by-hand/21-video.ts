/** Section 21: streams that do not follow their settings, in one of them or in both. */
import type { StreamSettings } from '../../stream/stream-settings.ts';
import { type Defect, inSection } from './notation.ts';
import { frozen } from './picturing.ts';

type Video = StreamSettings['video'];
type Channel = 0 | 1;

const BOTH: readonly Channel[] = [0, 1];
const NAMES = ['main', 'auxiliary'] as const;

const streaming = (id: string, does: string, subject: string, make: () => (video: Video, channel: Channel) => Partial<Video>): Defect => ({
  id,
  does,
  noticedBy: [`${subject}/in-stream`],
  plant: () => {
    const change = make();
    return { streamTamper: { settings: (channel, { video, audio }) => ({ audio, video: { ...video, ...change(video, channel) } }) } };
  },
});

/** A wrong behaviour of both streams, and of each alone. */
const wherever = (id: string, does: string, subject: string, make: () => (video: Video) => Partial<Video>): readonly Defect[] => [
  streaming(id, does, subject, () => {
    const changes = BOTH.map(make);
    return (video, channel) => (changes[channel] as (video: Video) => Partial<Video>)(video);
  }),
  ...BOTH.map((only) =>
    streaming(`${id}-${NAMES[only]}`, `${does} (${NAMES[only]} stream alone)`, subject, () => {
      const change = make();
      return (video, channel) => (channel === only ? change(video) : {});
    }),
  ),
];

const always = (change: (video: Video) => Partial<Video>) => () => change;
/** Goes on with what it had first. */
const stuck =
  <K extends keyof Video>(member: K) =>
  () => {
    const first = frozen<Video[K]>();
    return (video: Video) => ({ [member]: first(video[member]) }) as Partial<Video>;
  };
/** Has what was set before. */
const behind =
  <K extends keyof Video>(member: K, isSame: (a: Video[K], b: Video[K]) => boolean = Object.is) =>
  () => {
    let [last, shown]: [Video[K] | undefined, Video[K] | undefined] = [undefined, undefined];
    return (video: Video) => {
      if (last === undefined || !isSame(video[member], last)) [last, shown] = [video[member], last ?? video[member]];
      return { [member]: shown } as Partial<Video>;
    };
  };
const sized = (video: Video, width: number, height: number): Partial<Video> => ({ scene: { ...video.scene, width, height } });
const isSameSize = (a: Video['scene'], b: Video['scene']): boolean => a.width === b.width && a.height === b.height;

export const videoDefects: readonly Defect[] = inSection('video', [
  ...wherever(
    'codec/h264-for-h265',
    'streams H.264 although encode_type is 5',
    'encode_type',
    always(() => ({ codec: 'h264' })),
  ),
  ...wherever(
    'codec/h265-for-h264',
    'streams H.265 although encode_type is 1',
    'encode_type',
    always(() => ({ codec: 'h265' })),
  ),
  ...wherever(
    'codec/swapped',
    'swaps H.264 and H.265',
    'encode_type',
    always(({ codec }) => ({ codec: codec === 'h264' ? 'h265' : 'h264' })),
  ),
  ...wherever('codec/after-restart-alone', 'follows encode_type with a restart alone', 'encode_type', stuck('codec')),
  ...wherever('codec/one-behind', 'has the codec that was set before', 'encode_type', behind('codec')),
  ...wherever(
    'size/half',
    'streams half of pic_width and pic_height',
    'pic_width',
    always((video) => sized(video, video.scene.width / 2, video.scene.height / 2)),
  ),
  ...wherever(
    'size/fixed',
    'streams 1280 x 720, whatever is set',
    'pic_width',
    always((video) => sized(video, 1280, 720)),
  ),
  ...wherever(
    'size/sides-swapped',
    'swaps width and height',
    'pic_width',
    always((video) => sized(video, video.scene.height, video.scene.width)),
  ),
  ...wherever(
    'size/of-whole-blocks',
    'streams whole blocks of 64 pixels alone',
    'pic_width',
    always((video) => sized(video, Math.ceil(video.scene.width / 64) * 64, Math.ceil(video.scene.height / 64) * 64)),
  ),
  ...wherever('size/height-ignored', 'follows pic_width and keeps its height', 'pic_width', () => {
    const first = frozen<number>();
    return (video) => sized(video, video.scene.width, first(video.scene.height));
  }),
  ...wherever('size/after-restart-alone', 'follows pic_width and pic_height with a restart alone', 'pic_width', () => {
    const first = frozen<Video['scene']>();
    return (video) => sized(video, first(video.scene).width, first(video.scene).height);
  }),
  ...wherever('size/one-behind', 'has the size that was set before', 'pic_width', behind('scene', isSameSize)),
  ...wherever(
    'profile/always-main',
    'streams Main profile, whatever is set',
    'encode_profile',
    always(() => ({ profile: 77 })),
  ),
  ...wherever(
    'profile/always-baseline',
    'streams Baseline profile, whatever is set',
    'encode_profile',
    always(() => ({ profile: 66 })),
  ),
  ...wherever(
    'profile/never-high',
    'streams Main profile where High is set',
    'encode_profile',
    always(({ profile }) => ({ profile: profile === 100 ? 77 : profile })),
  ),
  ...wherever('profile/after-restart-alone', 'follows encode_profile with a restart alone', 'encode_profile', stuck('profile')),
  ...wherever('profile/one-behind', 'has the profile that was set before', 'encode_profile', behind('profile')),
  ...wherever(
    'rate/half',
    'streams at half of frame_rate',
    'frame_rate',
    always(({ rate }) => ({ rate: Math.max(1, Math.round(rate / 2)) })),
  ),
  ...wherever(
    'rate/double',
    'streams at twice frame_rate',
    'frame_rate',
    always(({ rate }) => ({ rate: rate * 2 })),
  ),
  ...wherever(
    'rate/fixed',
    'streams 25 pictures a second, whatever is set',
    'frame_rate',
    always(() => ({ rate: 25 })),
  ),
  ...wherever(
    'rate/a-fifth-less',
    'streams a fifth less than frame_rate',
    'frame_rate',
    always(({ rate }) => ({ rate: rate * 0.8 })),
  ),
  ...wherever('rate/after-restart-alone', 'follows frame_rate with a restart alone', 'frame_rate', stuck('rate')),
  ...wherever('rate/one-behind', 'has the frame rate that was set before', 'frame_rate', behind('rate')),
  ...wherever(
    'gop/double',
    'has key frames at twice the distance of gop',
    'gop',
    always(({ gop }) => ({ gop: gop * 2 })),
  ),
  ...wherever(
    'gop/half',
    'has key frames at half the distance of gop',
    'gop',
    always(({ gop }) => ({ gop: Math.max(1, gop >> 1) })),
  ),
  ...wherever(
    'gop/one-more',
    'has key frames one picture further apart than gop',
    'gop',
    always(({ gop }) => ({ gop: gop + 1 })),
  ),
  ...wherever(
    'gop/all-key',
    'sends key frames alone',
    'gop',
    always(() => ({ gop: 1 })),
  ),
  ...wherever(
    'gop/far',
    'has a key frame every 250 pictures, whatever gop says',
    'gop',
    always(() => ({ gop: 250 })),
  ),
  ...wherever(
    'gop/in-seconds',
    'takes gop for seconds',
    'gop',
    always(({ gop, rate }) => ({ gop: gop * rate })),
  ),
  ...wherever(
    'gop/fixed',
    'has a key frame every 50 pictures, whatever gop says',
    'gop',
    always(() => ({ gop: 50 })),
  ),
  ...wherever(
    'bitrate/half',
    'keeps a constant bit rate of half of bitrate',
    'bitrate',
    always(({ bitrate }) => ({ bitrate: bitrate === null ? null : bitrate / 2 })),
  ),
  ...wherever(
    'bitrate/double',
    'keeps a constant bit rate of twice bitrate',
    'bitrate',
    always(({ bitrate }) => ({ bitrate: bitrate === null ? null : bitrate * 2 })),
  ),
  ...wherever(
    'bitrate/in-bytes',
    'takes bitrate for kilobytes a second',
    'bitrate',
    always(({ bitrate }) => ({ bitrate: bitrate === null ? null : bitrate * 8 })),
  ),
  ...wherever(
    'bitrate/variable',
    'has a variable bit rate, whatever rc_mode says',
    'bitrate',
    always(() => ({ bitrate: null })),
  ),
  ...wherever(
    'bitrate/a-third-less',
    'keeps a third less than bitrate',
    'bitrate',
    always(({ bitrate }) => ({ bitrate: bitrate === null ? null : (bitrate * 2) / 3 })),
  ),
  ...wherever(
    'bitrate/fixed',
    'keeps 6144 kbit/s, whatever is set',
    'bitrate',
    always(({ bitrate }) => ({ bitrate: bitrate === null ? null : 6_144_000 })),
  ),
  {
    id: 'recommended/second-lost',
    does: 'answers a set of another stream right behind one with code 0 and stores nothing',
    noticedBy: ['recommended/in-a-row'],
    plant: () => {
      let last: unknown = null;
      return {
        tamper: {
          performs: (action, json, _, perform) => {
            const isLost = action === 'setVencConf' && last !== null && json?.channel !== last;
            last = action === 'setVencConf' ? json?.channel : null;
            return isLost ? { code: 0 } : perform();
          },
        },
      };
    },
  },
]);
