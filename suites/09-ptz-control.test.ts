import type { Camera } from '../lib/camera/camera.ts';
import { describe, isNotOffered, type Outcome } from '../lib/camera/outcome.ts';
import { DONE_STRICTLY, expectRefused } from '../lib/checks/actions/expectations.ts';
import { perCamera } from '../lib/checks/per-camera.ts';
import {
  PTZ_CALL_PRESET as CALL_PRESET,
  PTZ_MOVEMENTS as MOVEMENTS,
  ptzControl,
  PTZ_SET_PRESET as SET_PRESET,
  PTZ_STOP as STOP,
} from '../lib/document/sections/09-ptz-control.ts';
import { section } from '../lib/execution/section.ts';
import { fail, Skipped } from '../lib/results/finding.ts';

/**
 * Where the camera looked before the first movement, so that it looks there again after each. The document has no way to read
 * or to remove a preset point, so that this number is overwritten; 100 is the highest that the table of 9 allows.
 */
const HOME_PRESET = 100;
/** Many cameras have 16 presets and refuse a higher number. */
const LOWER_PRESET = 16;
/** How often a button that is held repeats its movement, and how many times are enough to tell. */
const BETWEEN_PRESSES_MS = 100;
const HELD_FOR = 3;
const homeOf = perCamera(() => ({ preset: HOME_PRESET }));

const options = { action: 'setPtzControl', hazards: ['ptz'] } as const;

const send = (camera: Camera, ptz_cmd: number, more: Readonly<Record<string, unknown>> = {}) =>
  camera.call('setPtzControl', { channel: 0, speed_h: 1, speed_v: 1, ptz_cmd, ...more });

/** Stops and goes back to where the camera looked, pass or fail. */
async function thenStop(camera: Camera, move: () => Promise<void>): Promise<void> {
  try {
    await move();
  } finally {
    await send(camera, STOP);
  }
}

section(ptzControl, ({ generic, requirement }) => {
  generic();

  requirement(
    'ptz-control/stop/taken',
    'must',
    'takes the stop command',
    { ...options, place: '9', covers: ['setPtzControl/reply', 'setPtzControl/envelope'], strict: DONE_STRICTLY },
    async ({ camera, done }) => {
      done(await send(camera, STOP));
    },
  );

  requirement(
    'ptz-control/preset/set-and-call',
    'must',
    'sets a preset point and calls it',
    { ...options, place: '9.1', covers: ['preset-called'], strict: DONE_STRICTLY },
    async ({ camera, done }) => {
      const home = homeOf(camera);
      const first = await camera.call('setPtzControl', { speed_v: HOME_PRESET, channel: 0, ptz_cmd: SET_PRESET });
      if (first.kind === 'code' && !isNotOffered(first)) {
        home.preset = LOWER_PRESET;
        done(await camera.call('setPtzControl', { speed_v: home.preset, channel: 0, ptz_cmd: SET_PRESET }));
      } else {
        done(first);
      }
      done(await camera.call('setPtzControl', { speed_v: home.preset, channel: 0, ptz_cmd: CALL_PRESET }));
    },
  );

  for (const [name, command] of Object.entries(MOVEMENTS)) {
    requirement(
      `ptz-control/${name}/taken`,
      'must',
      `takes the command ${name.replace('-', ' ')} and the stop after it`,
      {
        ...options,
        place: '9',
        covers: ['ptz_cmd/enumeration', 'moves-until-stop'],
        after: ['ptz-control/stop/taken', 'ptz-control/preset/set-and-call'],
        strict: DONE_STRICTLY,
      },
      async ({ camera, done }) => {
        await thenStop(camera, async () => void done(await send(camera, command)));
        done(await send(camera, STOP));
        await camera.call('setPtzControl', { speed_v: homeOf(camera).preset, channel: 0, ptz_cmd: CALL_PRESET });
      },
    );
  }

  requirement(
    'ptz-control/speed/ends',
    'must',
    'takes speeds 1 and 100',
    { ...options, place: '9', covers: ['speed_h/range', 'speed_v/range'], after: ['ptz-control/stop/taken'], strict: DONE_STRICTLY },
    async ({ camera, done }) => {
      for (const speed of [1, 100]) {
        await thenStop(camera, async () => void done(await send(camera, 1, { speed_h: speed, speed_v: speed })));
      }
    },
  );

  requirement(
    'ptz-control/button/held',
    'should',
    'takes the same movement again and again while a button is held, and the stop when it is let go',
    { ...options, place: '9', covers: [], after: ['ptz-control/stop/taken', 'ptz-control/zoom-in/taken'] },
    async ({ camera }) => {
      const zoom = MOVEMENTS['zoom-in'] ?? 0;
      const outcomes: Outcome[] = [];
      try {
        for (let press = 0; press < HELD_FOR; press += 1) {
          if (press > 0) await camera.pause(BETWEEN_PRESSES_MS);
          outcomes.push(await send(camera, zoom, { speed_h: 50, speed_v: 50 }));
        }
      } finally {
        outcomes.push(await send(camera, STOP, { speed_h: 50, speed_v: 50 }));
        await camera.call('setPtzControl', { speed_v: homeOf(camera).preset, channel: 0, ptz_cmd: CALL_PRESET });
      }
      const [first, ...others] = outcomes;
      if (first !== undefined && isNotOffered(first)) throw new Skipped('not-offered', `the movement is answered with ${describe(first)}`);
      if (first?.kind !== 'done') throw new Skipped('blocked', `the movement is answered with ${first === undefined ? 'nothing' : describe(first)}`);
      const odd = others.findIndex(({ kind }) => kind !== 'done');
      const refused = others[odd];
      if (refused !== undefined)
        fail(
          'code 0 to the same movement again, ten times a second while a button is held, and to the stop behind it',
          `${describe(refused)} to ${odd === others.length - 1 ? 'the stop' : `the movement when it came for the ${odd === 0 ? 'second' : 'third'} time`}`,
          refused.answer.exchange,
        );
    },
  );

  for (const missing of ['channel', 'speed_h', 'speed_v', 'ptz_cmd']) {
    requirement(
      `ptz-control/${missing}/necessary`,
      'should',
      `refuses a movement without ${missing}`,
      { ...options, place: '9', covers: [`${missing}/necessary`] },
      async ({ camera }) => {
        const { [missing]: _, ...rest }: Record<string, number> = { channel: 0, speed_h: 1, speed_v: 1, ptz_cmd: 1 };
        await thenStop(camera, async () => expectRefused(await camera.call('setPtzControl', rest), `a request without ${missing}`));
      },
    );
  }

  for (const [name, members] of Object.entries({
    'ptz_cmd/outside-enumeration': { ptz_cmd: 7 },
    'channel/outside-enumeration': { channel: 1, ptz_cmd: STOP },
    'speed_h/wrong-type': { speed_h: 'conf' },
  })) {
    requirement(
      `ptz-control/${name}`,
      'should',
      `refuses ${JSON.stringify(members)}`,
      { ...options, place: '9', covers: [name.replace('outside-', '').replace('wrong-type', 'range')] },
      async ({ camera }) => {
        await thenStop(camera, async () => expectRefused(await send(camera, 1, members), JSON.stringify(members)));
      },
    );
  }
});
