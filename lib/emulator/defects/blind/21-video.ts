/** Section 21: streams that are not what their settings say. */

import type { Members } from '../../../document/row-value.ts';
import type { Channel, StreamSettings } from '../../stream/stream-settings.ts';
import type { StreamTamper } from '../../stream/stream-tamper.ts';
import type { Tamper } from '../../tamper.ts';
import { type BlindDefect, type Now, SHOULD, streaming, tampering, writerFor } from './blind-defect.ts';
import { afterDone, shows, stores, storesOther, takes } from './sets-and-gets.ts';

const video = writerFor('video');

const SET = 'setVencConf';

const GET = 'getVencConf';

type Video = StreamSettings['video'];

const inVideo = (isMeant: (channel: Channel) => boolean, change: (video: Video) => Video) => () =>
  streaming({ settings: (channel, settings) => (isMeant(channel) ? { ...settings, video: change(settings.video) } : settings) });

const every = (): boolean => true;

const main = (channel: Channel): boolean => channel === 0;

const sub = (channel: Channel): boolean => channel === 1;

/** One of the settings as it was when the stream was first looked at. */
const first =
  <Name extends keyof Video>(isMeant: (channel: Channel) => boolean, name: Name) =>
  () => {
    const known = new Map<Channel, Video[Name]>();
    return streaming({
      settings: (channel, settings) => {
        if (!isMeant(channel)) return settings;
        const value = known.get(channel) ?? settings.video[name];
        known.set(channel, value);
        return { ...settings, video: { ...settings.video, [name]: value } };
      },
    });
  };

/** The setting of the other stream. */
const ofOther =
  <Name extends keyof Video>(name: Name) =>
  () => {
    const known = new Map<Channel, Video[Name]>();
    return streaming({
      settings: (channel, settings) => {
        known.set(channel, settings.video[name]);
        return { ...settings, video: { ...settings.video, [name]: known.get(channel === 0 ? 1 : 0) ?? settings.video[name] } };
      },
    });
  };

const sized =
  (width: number, height: number) =>
  ({ scene, ...rest }: Video): Video => ({ ...rest, scene: { ...scene, width, height } });

const scaled =
  (factor: number) =>
  ({ scene, ...rest }: Video): Video => ({
    ...rest,
    scene: { ...scene, width: Math.floor((scene.width * factor) / 16) * 16, height: Math.floor((scene.height * factor) / 16) * 16 },
  });

/** Bits that nobody set a limit for: fillers where the bit rate is variable, so that the picture is beyond its ceiling. */
const beyondCeiling = (isMeant: (channel: Channel) => boolean, factor: number) => () => {
  const rates = new Map<Channel, number>();
  return {
    tamper: shows(GET, (reply) => {
      rates.set(Number(reply.channel) as Channel, Number(reply.bitrate));
      return reply;
    }),
    streamTamper: {
      settings: (channel, settings) =>
        isMeant(channel) && settings.video.bitrate === null
          ? { ...settings, video: { ...settings.video, bitrate: (rates.get(channel) ?? 2048) * 1000 * factor } }
          : settings,
    } satisfies StreamTamper,
  };
};

const without = (members: Members, ...names: readonly string[]): Members =>
  Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)));

/** What one stream may have in common with another: sizes are of its own list. */
const withoutSize = (json: Members): Members => Object.fromEntries(COMMON.filter((name) => name in json).map((name) => [name, json[name]]));

const COMMON = ['encode_profile', 'encode_type', 'rc_mode', 'bitrate', 'frame_rate', 'gop'] as const;

const ofChannel = (channel: number, change: (changes: Members, before: Members) => Members) =>
  stores(SET, (changes, before) => (before.channel === channel ? change(changes, before) : changes));

export const VIDEO: readonly BlindDefect[] = [
  video(
    'codec-in-stream',
    'always-h264',
    'streams H.264 whatever encode_type is',
    inVideo(every, (each) => ({ ...each, codec: 'h264' })),
  ),
  video('codec-in-stream', 'codec-of-other', 'streams each with the codec of the other', ofOther('codec')),
  video(
    'codec-in-stream',
    'sub-always-h264',
    'streams H.264 at the sub stream whatever its encode_type is',
    inVideo(sub, (each) => ({ ...each, codec: 'h264' })),
  ),
  video('codec-in-stream', 'codec-of-start', 'goes on with the codec that it had when it was first asked', first(every, 'codec')),
  video('codec-in-stream', 'described-as-set', 'describes H.265 where it was set, and sends H.264', () =>
    streaming({ response: (method, text) => text.replace(method === 'DESCRIBE' ? /H264\/90000/ : /$^/, 'H265/90000') }),
  ),
  video('resolution-in-stream', 'size-of-start', 'goes on with the size that it had when it was first asked', first(every, 'scene')),
  video(
    'resolution-in-stream',
    'sub-size-of-start',
    'goes on with the size of the sub stream that it had when it was first asked',
    first(sub, 'scene'),
  ),
  video(
    'resolution-in-stream',
    'height-of-a-block-less',
    'streams 16 rows fewer than were set',
    inVideo(every, ({ scene, ...rest }) => ({ ...rest, scene: { ...scene, height: scene.height - 16 } })),
  ),
  video(
    'resolution-in-stream',
    'width-of-a-block-less',
    'streams 16 columns fewer than were set at the sub stream',
    inVideo(sub, ({ scene, ...rest }) => ({ ...rest, scene: { ...scene, width: scene.width - 16 } })),
  ),
  video('resolution-in-stream', 'half-the-size', 'streams half the width and height that were set', inVideo(main, scaled(0.5))),
  video(
    'resolution-in-stream',
    'sub-at-most-vga',
    'streams the sub stream at 640 x 480 where more was set',
    inVideo(sub, (each) => (each.scene.width > 640 ? sized(640, 480)(each) : each)),
  ),
  video(
    'resolution-in-stream',
    'smallest-ignored',
    'streams the largest size where the smallest was set at the main stream',
    inVideo(main, (each) => (each.scene.width === 1920 ? sized(2560, 1440)(each) : each)),
  ),
  video(
    'profile-in-stream',
    'always-main',
    'streams Main Profile whatever encode_profile is',
    inVideo(every, (each) => ({ ...each, profile: 77 })),
    SHOULD,
  ),
  video(
    'profile-in-stream',
    'high-becomes-main',
    'streams Main Profile for High Profile',
    inVideo(every, (each) => ({ ...each, profile: each.profile === 100 ? 77 : each.profile })),
    SHOULD,
  ),
  video(
    'profile-in-stream',
    'baseline-becomes-main',
    'streams Main Profile for Baseline at the sub stream',
    inVideo(sub, (each) => ({ ...each, profile: each.profile === 66 ? 77 : each.profile })),
    SHOULD,
  ),
  video('profile-in-stream', 'profile-of-other', 'streams each with the profile of the other', ofOther('profile'), SHOULD),
  video(
    'frame-rate-in-stream',
    'rate-always-25',
    'streams 25 pictures per second whatever frame_rate is',
    inVideo(every, (each) => ({ ...each, rate: 25 })),
    SHOULD,
  ),
  video(
    'frame-rate-in-stream',
    'rate-halved',
    'streams half as many pictures as frame_rate',
    inVideo(main, (each) => ({ ...each, rate: Math.max(1, each.rate >> 1) })),
    SHOULD,
  ),
  video('frame-rate-in-stream', 'rate-of-other', 'streams each with the frame rate of the other', ofOther('rate'), SHOULD),
  video(
    'frame-rate-in-stream',
    'sub-rate-of-start',
    'goes on with the frame rate of the sub stream that it had when it was first asked',
    first(sub, 'rate'),
    SHOULD,
  ),
  video(
    'frame-rate-in-stream',
    'rate-a-fifth-less',
    'streams a fifth fewer pictures than frame_rate',
    inVideo(every, (each) => ({ ...each, rate: Math.max(1, Math.round(each.rate * 0.8)) })),
    SHOULD,
  ),
  video(
    'frame-rate-in-stream',
    'rate-at-most-15',
    'streams 15 pictures per second where more were set',
    inVideo(sub, (each) => ({ ...each, rate: Math.min(15, each.rate) })),
    SHOULD,
  ),
  video(
    'bitrate-in-stream',
    'bitrate-doubled',
    'streams twice the bit rate at a constant rate',
    inVideo(every, (each) => ({ ...each, bitrate: each.bitrate === null ? null : each.bitrate * 2 })),
    SHOULD,
  ),
  video(
    'bitrate-in-stream',
    'bitrate-halved',
    'streams half the bit rate at a constant rate',
    inVideo(main, (each) => ({ ...each, bitrate: each.bitrate === null ? null : each.bitrate / 2 })),
    SHOULD,
  ),
  video('bitrate-in-stream', 'sub-bitrate-of-main', 'streams the sub stream with the bit rate of the main one', ofOther('bitrate'), SHOULD),
  video(
    'bitrate-in-stream',
    'constant-ignored',
    'streams as few bits as it takes at a constant rate',
    inVideo(every, (each) => ({ ...each, bitrate: null })),
    SHOULD,
  ),
  video(
    'bitrate-in-stream',
    'sub-constant-ignored',
    'streams as few bits as it takes at a constant rate at the sub stream',
    inVideo(sub, (each) => ({ ...each, bitrate: null })),
    SHOULD,
  ),
  video(
    'bitrate-in-stream',
    'main-beyond-ceiling',
    'streams twice the bit rate of the main stream where the rate is variable',
    beyondCeiling(main, 2),
    SHOULD,
  ),
  video(
    'bitrate-in-stream',
    'sub-beyond-ceiling',
    'streams twice the bit rate of the sub stream where the rate is variable',
    beyondCeiling(sub, 2),
    SHOULD,
  ),
  video(
    'bitrate-in-stream',
    'both-beyond-ceiling',
    'streams one and a half times the bit rate where the rate is variable',
    beyondCeiling(every, 1.5),
    SHOULD,
  ),
  video('bitrate-in-stream', 'bitrate-of-start', 'goes on with the bit rate that it had when it was first asked', first(every, 'bitrate'), SHOULD),
  video(
    'key-frame-distance-in-stream',
    'gop-always-50',
    'has a key picture in each 50 pictures',
    inVideo(every, (each) => ({ ...each, gop: 50 })),
    SHOULD,
  ),
  video(
    'key-frame-distance-in-stream',
    'gop-in-seconds',
    'has a key picture in each two seconds whatever gop is',
    inVideo(main, (each) => ({ ...each, gop: each.rate * 2 })),
    SHOULD,
  ),
  video(
    'key-frame-distance-in-stream',
    'gop-doubled-at-sub',
    'has half as many key pictures as gop says at the sub stream',
    inVideo(sub, (each) => ({ ...each, gop: each.gop * 2 })),
    SHOULD,
  ),
  video('key-frame-distance-in-stream', 'gop-of-other', 'has key pictures in each stream as the other is set', ofOther('gop'), SHOULD),
  video(
    'key-frame-distance-in-stream',
    'gop-one-more',
    'has its key pictures one picture further apart than gop',
    inVideo(every, (each) => ({ ...each, gop: each.gop + 1 })),
    SHOULD,
  ),

  video('setVencConf/isolation', 'main-into-sub', 'stores what the main stream is set to in the sub stream as well', () =>
    tampering(
      afterDone(SET, ({ store }, json) => {
        if (json.channel === 0) store.write(GET, 1, withoutSize(json));
      }),
    ),
  ),
  video('setVencConf/isolation', 'sub-into-third', 'stores what the sub stream is set to in the third as well', () =>
    tampering(
      afterDone(SET, ({ store }, json) => {
        if (json.channel === 1) store.write(GET, 2, withoutSize(json));
      }),
    ),
  ),
  video('setVencConf/isolation', 'third-frame-rate-into-main', 'stores the frame rate of the third stream as that of the main one', () =>
    tampering(
      afterDone(SET, ({ store }, json) => {
        if (json.channel === 2 && 'frame_rate' in json) store.write(GET, 0, { frame_rate: json.frame_rate });
      }),
    ),
  ),
  video('setVencConf/isolation', 'gop-follows-rate', 'stores twice the frame rate as gop', () =>
    tampering(
      stores(SET, (changes) => ('frame_rate' in changes && !('gop' in changes) ? { ...changes, gop: Number(changes.frame_rate) * 2 } : changes)),
    ),
  ),
  video('setVencConf/isolation', 'codec-halves-bitrate', 'halves the bit rate with H.265', () =>
    tampering(
      stores(SET, (changes, before) =>
        changes.encode_type === 5 && before.encode_type !== 5 && !('bitrate' in changes)
          ? { ...changes, bitrate: Number(before.bitrate) >> 1 }
          : changes,
      ),
    ),
  ),
  video('setVencConf/isolation', 'constant-changes-bitrate', 'puts the bit rate to 2048 with a constant rate', () =>
    tampering(
      stores(SET, (changes, before) =>
        changes.rc_mode === 1 && before.rc_mode !== 1 && !('bitrate' in changes) ? { ...changes, bitrate: 2048 } : changes,
      ),
    ),
  ),
  video(
    'channel/necessary',
    'main-without-channel',
    'takes a request without channel for the main stream',
    () => tampering(takes(SET, (json) => ('channel' in json ? json : { channel: 0, ...json }))),
    SHOULD,
  ),
  video(
    'channel/necessary',
    'third-without-channel',
    'takes a request without channel for the third stream',
    () => tampering(takes(SET, (json) => ('channel' in json ? json : { channel: 2, ...json }))),
    SHOULD,
  ),
  video('bitrate/settable', 'bitrate-in-eights', 'rounds the bit rate down to 512', () =>
    tampering(storesOther(SET, 'bitrate', (value) => Math.max(512, Number(value) - (Number(value) % 512)))),
  ),
  video('bitrate/settable', 'sub-bitrate-ignored', 'answers a bit rate of the sub stream with code 0, and keeps the old one', () =>
    tampering(ofChannel(1, (changes) => without(changes, 'bitrate'))),
  ),
  video('bitrate/settable', 'third-bitrate-goes-back', 'has the old bit rate of the third stream again 5 s behind a set', (now) =>
    streamGoesBack(now, 2, 'bitrate', 5000),
  ),
  video('gop/settable', 'gop-goes-back', 'has the old gop of the main stream again 2 s behind a set', (now) => streamGoesBack(now, 0, 'gop', 2000)),
  video('encode_type/settable', 'third-always-h264', 'stores H.264 for the third stream whatever was set', () =>
    tampering(ofChannel(2, (changes) => ('encode_type' in changes ? { ...changes, encode_type: 1 } : changes))),
  ),
  video('pic_width/pair', 'pair-mixed', 'takes the width of one size and the height of another', () => tampering(mixedPairs())),
  video('pic_width/pair', 'width-unlisted', 'shows a width that no size of the list has', () =>
    tampering(shows(GET, (reply) => ({ ...reply, pic_width: Number(reply.pic_width) - 8 }))),
  ),
  video('pic_height/pair', 'height-unlisted', 'shows a height that no size of the list has', () =>
    tampering(shows(GET, (reply) => ({ ...reply, pic_height: Number(reply.pic_height) + 8 }))),
  ),
  video('pic_height/pair', 'size-not-in-third-list', 'shows a size of the third stream that its list does not have', () =>
    tampering(shows(GET, (reply) => (reply.channel === 2 ? { ...reply, pixel_list: [{ width: 320, height: 240 }] } : reply))),
  ),
  video('frame_rate/at-most', 'rate-above-limit', 'stores a frame rate above max_framerate', () => tampering(anyRate(1))),
  video('frame_rate/at-most', 'rate-twice-limit', 'stores any frame rate up to twice max_framerate', () => tampering(anyRate(2))),
  video('frame_rate/at-most', 'limit-below-rate', 'shows a max_framerate below its frame rate', () =>
    tampering(shows(GET, (reply) => ({ ...reply, max_framerate: Number(reply.frame_rate) - 1 }))),
  ),
  video('getVencConf/reply', 'channel-ignored', 'answers with the main stream whatever channel is asked for', () =>
    tampering(takes(GET, (json) => ({ ...json, channel: 0 }))),
  ),
  video('getVencConf/reply', 'channel-of-before', 'answers with the stream that was asked for before', () => {
    let before: unknown = 0;
    return tampering(
      takes(GET, (json) => {
        const other = { ...json, channel: before };
        before = json.channel ?? 0;
        return other;
      }),
    );
  }),
  video('getVencConf/reply', 'third-is-sub', 'answers with the sub stream where the third is asked for, and names it the third', () =>
    tampering({
      ...takes(GET, (json) => (json.channel === 2 ? { ...json, channel: 1, third: 1 } : json)),
      ...shows(GET, (reply, json) => (json?.third === 1 ? { ...reply, channel: 2 } : reply)),
    }),
  ),
];

/** A pair of sizes that are not in the list is stored as it comes, each number by itself. */
function mixedPairs(): Tamper {
  return {
    performs: async (action, json, camera, perform) => {
      const reply = await perform();
      if (action !== SET || reply.code === 0 || json === null) return reply;
      const instance = Number(json.channel ?? 0);
      const sizes = (camera.store.values(GET, instance).pixel_list ?? []) as readonly Members[];
      const isNamed = (name: string, field: string): boolean => name in json && sizes.some((size) => size[field] === json[name]);
      if (!isNamed('pic_width', 'width') && !isNamed('pic_height', 'height')) return reply;
      const { pic_width = camera.store.values(GET, instance).pic_width, pic_height = camera.store.values(GET, instance).pic_height } = json;
      if (typeof pic_width !== 'number' || typeof pic_height !== 'number') return reply;
      camera.store.write(GET, instance, { pic_width, pic_height });
      return { code: 0 };
    },
  };
}

/** A frame rate above the limit, so many times that at most, is stored; 1: just one above. */
function anyRate(times: number): Tamper {
  return {
    performs: async (action, json, camera, perform) => {
      const reply = await perform();
      const instance = Number(json?.channel ?? 0);
      if (action !== SET || reply.code === 0 || typeof json?.frame_rate !== 'number' || instance > 2) return reply;
      const limit = Number(camera.store.values(GET, instance).max_framerate);
      if (json.frame_rate > (times === 1 ? limit + 1 : limit * times)) return reply;
      camera.store.write(GET, instance, { frame_rate: json.frame_rate });
      return { code: 0 };
    },
  };
}

/** A parameter of one stream is what it was again some time behind its set. */
function streamGoesBack(now: Now, channel: number, name: string, ms: number) {
  let old: unknown;
  let due = Number.POSITIVE_INFINITY;
  return tampering({
    ...stores(SET, (changes, before) => {
      if (before.channel === channel && name in changes && changes[name] !== before[name]) [old, due] = [before[name], now() + ms];
      return changes;
    }),
    ...shows(GET, (reply) => (reply.channel === channel && now() >= due ? { ...reply, [name]: old } : reply)),
  });
}
