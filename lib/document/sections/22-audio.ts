/** Section 22, Audio: input, coding and volumes. */
import { documentSection, number, oneOf, range, row, settings, toggle } from '../notation.ts';

export const audio = documentSection(
  22,
  'audio',
  'Audio',
  [
    settings('getAencConf 22.1', 'setAencConf 22.2', {
      rows: [
        row('enable', 'YN', toggle),
        row('line_in', 'YN', oneOf({ 0: 'Microphone', 1: 'Line Of The Input' })),
        row('encode_type', 'YN', oneOf({ 3: 'G.711A', 7: 'G.711U', 8: 'AAC' })),
        row('bitrate', 'YN', oneOf({ 16000: '16k', 128000: '128k' })),
        row('sample_rate', 'YN', oneOf({ 8000: '8k', 32000: '32k' })),
        row('volume_in', 'YN', range(0, 15)),
        row('volume_out', 'YN', range(0, 15)),
        row('echo_cancellation', 'NN', toggle),
        row('talk_port', 'NN', number(9000, 9001)),
        row('output_type', '--', number(0)),
      ],
      example: {
        reply: { enable: 1, line_in: 0, volume_in: 12, volume_out: 15, sample_rate: 8000, encode_type: 7, bitrate: 16000, output_type: 0 },
        requests: [{ enable: 1, line_in: 0, volume_in: 12, volume_out: 15, sample_rate: 8000, encode_type: 7, bitrate: 16000 }],
      },
    }),
  ],
  [
    {
      id: 'track-present',
      place: '22.2',
      says: 'the stream has an audio track while enable is 1, and none while it is 0',
    },
    { id: 'codec-in-stream', place: '22.2', says: 'the audio track has the codec that encode_type names' },
    { id: 'sample-rate-in-stream', place: '22.2', says: 'the audio track has the sampling rate that was set' },
  ],
);
