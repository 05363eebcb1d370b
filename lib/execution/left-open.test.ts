/** Cameras that do what the document and the contract leave open: none fails, and what is recommended warns, once. */
import { expect, test } from 'vitest';
import type { Members } from '../document/row-value.ts';
import { deviceTimedRestart } from '../document/sections/08-device-timed-restart.ts';
import { video } from '../document/sections/21-video.ts';
import { audio } from '../document/sections/22-audio.ts';
import { osd } from '../document/sections/24-osd.ts';
import { type Fault, head, listOf, replying, storing } from './planting.fixture.ts';
import { complaints, runSection } from './section-run.fixture.ts';

/** Cameras that are good, in what the document and the contract leave open, or that warn at most. */
const GOOD: readonly Fault[] = [
  {
    does: 'clamps a number that has no documented range, each stream to a limit of its own',
    in: video,
    tamper: () =>
      storing('setVencConf', (changes, before) =>
        'bitrate' in changes ? { ...changes, bitrate: Math.min(Number(changes.bitrate), before.channel === 0 ? 8192 : 2048) } : changes,
      ),
    found: [],
  },
  {
    does: 'refuses a number above a limit that the document does not name',
    in: video,
    tamper: () => ({
      refuses: (action, json) =>
        action === 'setVencConf' && (Number(json?.bitrate) > (json?.channel === 0 ? 6144 : 1024) || Number(json?.gop) > 50) ? 205 : null,
    }),
    found: [],
  },
  {
    does: 'refuses a sampling rate that G.711 does not know',
    in: audio,
    tamper: () => {
      let codec: unknown = 7;
      return {
        refuses: (action, json) => (action === 'setAencConf' && (json?.encode_type ?? codec) !== 8 && json?.sample_rate === 32_000 ? 205 : null),
        stored: (action, changes) => {
          if (action === 'setAencConf') codec = changes.encode_type ?? codec;
          return changes;
        },
      };
    },
    found: [],
  },
  {
    does: 'goes back to 8 kHz with G.711, and to G.711 with 8 kHz',
    in: audio,
    tamper: () =>
      storing('setAencConf', (changes, before) => {
        const after: Members = { ...before, ...changes };
        return after.encode_type === 8 ? changes : { ...changes, sample_rate: 8000, bitrate: 16_000 };
      }),
    found: [],
  },
  {
    does: 'ignores what one table calls settable and the other does not',
    in: audio,
    tamper: () =>
      storing('setAencConf', (changes, before) => ({ ...changes, echo_cancellation: before.echo_cancellation, talk_port: before.talk_port })),
    found: ['warn audio/echo_cancellation/round-trip', 'warn audio/talk_port/another-value'],
  },
  {
    does: 'refuses an element with a member that its get shows and the document does not know',
    in: osd,
    tamper: () => ({
      reply: (action, _, reply) =>
        action === 'getOsdConf' ? { ...reply, title_list: listOf(reply.title_list).map((each) => ({ ...each, title_id: 7 })) } : reply,
      refuses: (action, json) => (action === 'setOsdConf' && listOf(json?.title_list).some((each) => 'title_id' in each) ? 205 : null),
    }),
    found: [],
  },
  {
    does: 'has zeros for its third stream',
    in: video,
    tamper: () =>
      replying('getVencConf', (reply) =>
        reply.channel === 2
          ? {
              ...Object.fromEntries(
                Object.entries(reply).map(([name, value]) => [name, typeof value === 'number' && name !== 'channel' ? 0 : value]),
              ),
              pixel_list: [],
            }
          : reply,
      ),
    found: [],
  },
  {
    does: 'answers HTTP 404 to an action that it does not have',
    in: deviceTimedRestart,
    tamper: () => ({ wire: (action) => (/RebootConf$/.test(action) ? head('404 Not Found', '') : undefined) }),
    found: [],
  },
  {
    does: 'answers an action that it does not have with code -1',
    in: deviceTimedRestart,
    tamper: () => ({ refuses: (action) => (/RebootConf$/.test(action) ? -1 : null) }),
    found: ['warn device-timed-restart/getRebootConf/syntax'],
  },
];

test.each(GOOD)('a camera that $does', async ({ in: section, tamper, options, found }) => {
  expect(complaints(await runSection(section, { ...options, tamper: tamper() }))).toEqual(found);
});
