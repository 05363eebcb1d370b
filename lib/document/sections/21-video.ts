/** Section 21, Video: encoder settings of the main, auxiliary and third stream. */
import { documentSection, list, number, oneOf, row, settings } from '../notation.ts';

const streams = oneOf({ 0: 'Main Stream', 1: 'Auxiliary Stream', 2: 'Third Stream' });

export const video = documentSection(
  21,
  'video',
  'Video',
  [
    settings('getVencConf 21.1', 'setVencConf 21.2', {
      instances: [
        { label: '', select: { channel: 0 } },
        { label: 'auxiliary', select: { channel: 1 } },
        { label: 'third', select: { channel: 2 } },
      ],
      rows: [
        row('channel', 'NY', streams),
        row('encode_profile', 'YN', oneOf({ 0: 'Baseline', 1: 'Main Profile', 2: 'High Profile' })),
        row('encode_type', 'YN', oneOf({ 1: 'H.264', 5: 'H.265' })),
        row('pixel_list', 'N-', list([row('width', 'N-', number()), row('height', 'N-', number())])),
        row('pic_width', 'YN', number(), { link: { kind: 'pair', list: 'pixel_list', field: 'width', with: 'pic_height', withField: 'height' } }),
        row('pic_height', 'YN', number(), { link: { kind: 'pair', list: 'pixel_list', field: 'height', with: 'pic_width', withField: 'width' } }),
        row('rc_mode', 'YN', oneOf({ 0: 'Variable Bit Rate', 1: 'Constant Bit Rate' })),
        row('bitrate', 'YN', number(6144, 4096, 2048)),
        row('max_framerate', 'N-', number()),
        row('frame_rate', 'YN', number(25, 20, 15), { link: { kind: 'at-most', limit: 'max_framerate' } }),
        row('gop', 'YN', number(50, 25, 30)),
      ],
      example: {
        reply: {
          channel: 0,
          pic_width: 2560,
          pic_height: 1440,
          frame_rate: 25,
          gop: 50,
          bitrate: 6144,
          encode_type: 1,
          encode_profile: 1,
          rc_mode: 0,
          max_framerate: 25,
          pixel_list: [
            { width: 2560, height: 1440 },
            { width: 1920, height: 1080 },
          ],
        },
        requests: [{ channel: 0, frame_rate: 25, gop: 50, bitrate: 6144, encode_type: 1, encode_profile: 1 }],
      },
    }),
  ],
  [
    { id: 'codec-in-stream', place: '21.2', says: 'the stream has the codec that encode_type names' },
    { id: 'resolution-in-stream', place: '21.2', says: 'the stream has the resolution that was set' },
    { id: 'profile-in-stream', place: '21.2', says: 'an H.264 stream has the profile that encode_profile names' },
    {
      id: 'frame-rate-in-stream',
      place: '21.2',
      says: 'the stream has as many pictures per second as frame_rate',
    },
    {
      id: 'bitrate-in-stream',
      place: '21.2',
      says: 'the stream keeps near bitrate when rc_mode is 1, and below it when it is 0',
    },
    { id: 'key-frame-distance-in-stream', place: '21.2', says: 'key frames are gop pictures apart' },
  ],
);
