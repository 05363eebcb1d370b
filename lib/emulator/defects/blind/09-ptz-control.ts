/** Section 9: movements that do not come, do not end or go elsewhere, and preset points. */
import { type BlindDefect, SHOULD, tampering, writerFor } from './blind-defect.ts';
import { afterDone, counter, performs, takes } from './sets-and-gets.ts';

const ptz = writerFor('ptz-control');

const PTZ = 'setPtzControl';

const STOP = 21;

export const PTZ_CONTROL: readonly BlindDefect[] = [
  ptz(
    'moves-until-stop',
    'stop-does-nothing',
    'answers stop with code 0 and goes on moving',
    () => tampering(performs(PTZ, (_, json, perform) => (json?.ptz_cmd === STOP ? { code: 0 } : perform()))),
    SHOULD,
  ),
  ptz(
    'moves-until-stop',
    'does-not-move',
    'answers movements with code 0 and does not move',
    () => tampering(performs(PTZ, (_, json, perform) => ([19, 20, STOP].includes(Number(json?.ptz_cmd)) ? perform() : { code: 0 }))),
    SHOULD,
  ),
  ptz(
    'moves-until-stop',
    'stops-by-itself',
    'ends each movement with its reply',
    () =>
      tampering(
        afterDone(PTZ, ({ memory }) => {
          memory.moving = null;
        }),
      ),
    SHOULD,
  ),
  ptz(
    'moves-until-stop',
    'left-is-right',
    'moves right for left, and left for right',
    () => tampering(takes(PTZ, (json) => (json.ptz_cmd === 3 ? { ...json, ptz_cmd: 4 } : json.ptz_cmd === 4 ? { ...json, ptz_cmd: 3 } : json))),
    SHOULD,
  ),
  ptz(
    'moves-until-stop',
    'top-is-left',
    'moves left for top',
    () => tampering(takes(PTZ, (json) => (json.ptz_cmd === 1 ? { ...json, ptz_cmd: 3 } : json))),
    SHOULD,
  ),
  ptz(
    'moves-until-stop',
    'diagonals-straight',
    'moves straight up for top-left and top-right',
    () => tampering(takes(PTZ, (json) => (json.ptz_cmd === 71 || json.ptz_cmd === 73 ? { ...json, ptz_cmd: 1 } : json))),
    SHOULD,
  ),
  ptz(
    'moves-until-stop',
    'stop-needs-two',
    'stops with the second stop alone',
    () => {
      const next = counter();
      return tampering(performs(PTZ, (_, json, perform) => (json?.ptz_cmd === STOP && next() % 2 === 1 ? { code: 0 } : perform())));
    },
    SHOULD,
  ),
  ptz(
    'moves-until-stop',
    'zoom-swapped',
    'zooms out for in, and in for out',
    () => tampering(takes(PTZ, (json) => (json.ptz_cmd === 9 ? { ...json, ptz_cmd: 10 } : json.ptz_cmd === 10 ? { ...json, ptz_cmd: 9 } : json))),
    SHOULD,
  ),
  ptz('preset-called', 'preset-not-kept', 'answers a preset point that was set with code 0, and does not know it', () =>
    tampering(
      afterDone(PTZ, ({ memory }, json) => {
        if (json.ptz_cmd === 19) memory.presets.delete(Number(json.speed_v));
      }),
    ),
  ),
  ptz(
    'preset-called',
    'call-does-nothing',
    'answers the call of a preset point with code 0, and stays where it is',
    () => tampering(performs(PTZ, (_, json, perform) => (json?.ptz_cmd === 20 ? { code: 0 } : perform()))),
    SHOULD,
  ),
  ptz(
    'preset-called',
    'preset-by-low-digit',
    'tells preset points apart by their last digit alone',
    () => tampering(takes(PTZ, (json) => (json.ptz_cmd === 19 || json.ptz_cmd === 20 ? { ...json, speed_v: Number(json.speed_v) % 10 } : json))),
    SHOULD,
  ),
  ptz('preset-called', 'preset-refused', 'refuses preset points', () =>
    tampering({ refuses: (action, json) => (action === PTZ && json?.ptz_cmd === 19 ? 205 : null) }),
  ),
  ptz('speed_h/range', 'refuses-speed-100', 'refuses the highest speed', () =>
    tampering({ refuses: (action, json) => (action === PTZ && json?.speed_h === 100 && json.ptz_cmd !== 19 && json.ptz_cmd !== 20 ? 205 : null) }),
  ),
  ptz('speed_v/range', 'refuses-speed-1', 'refuses the lowest vertical speed', () =>
    tampering({ refuses: (action, json) => (action === PTZ && json?.speed_v === 1 && ![19, 20, STOP].includes(Number(json.ptz_cmd)) ? 205 : null) }),
  ),
  ptz('ptz_cmd/enumeration', 'refuses-refresh', 'refuses "refresh position"', () =>
    tampering({ refuses: (action, json) => (action === PTZ && json?.ptz_cmd === 69 ? 205 : null) }),
  ),
  ptz('ptz_cmd/enumeration', 'refuses-light', 'refuses "light"', () =>
    tampering({ refuses: (action, json) => (action === PTZ && json?.ptz_cmd === 13 ? 205 : null) }),
  ),
  ptz(
    'ptz_cmd/enumeration',
    'takes-any-command',
    'answers a command that is in no table with code 0',
    () =>
      tampering(
        performs(PTZ, async (_, json, perform) => {
          const reply = await perform();
          return reply.code !== 0 && typeof json?.ptz_cmd === 'number' ? { code: 0 } : reply;
        }),
      ),
    SHOULD,
  ),
  ptz(
    'speed_h/range',
    'takes-speed-101',
    'takes speed 101',
    () => tampering(takes(PTZ, (json) => (json.speed_h === 101 ? { ...json, speed_h: 100 } : json))),
    SHOULD,
  ),
];
