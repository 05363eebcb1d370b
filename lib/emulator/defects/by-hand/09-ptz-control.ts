/** Section 9: commands that are not taken, and requests that should not be. */
import type { Members } from '../../../document/row-value.ts';
import {
  PTZ_CALL_PRESET as CALL_PRESET,
  PTZ_MOVEMENTS as MOVEMENTS,
  PTZ_SET_PRESET as SET_PRESET,
  PTZ_STOP as STOP,
} from '../../../document/sections/09-ptz-control.ts';
import { type Defect, inSection, performing } from './notation.ts';
import { answeredWrong } from './performed.ts';

const ACTION = 'setPtzControl';

const isCommand =
  (command: number) =>
  (json: Members | null): boolean =>
    json?.ptz_cmd === command;

/** Takes a request that should be refused. */
const taking = (id: string, does: string, isTaken: (json: Members) => boolean): Defect => ({
  id: `${id}/taken-all-the-same`,
  does,
  noticedBy: [id],
  plant: () => ({ tamper: performing(ACTION, (_, json, perform) => (json !== null && isTaken(json) ? { code: 0 } : perform())) }),
});

export const ptzControlDefects: readonly Defect[] = inSection('ptz-control', [
  ...answeredWrong(ACTION, 'the stop command', 'stop/taken', isCommand(STOP)),
  ...answeredWrong(ACTION, 'a preset point that is set', 'preset/set-and-call', isCommand(SET_PRESET)),
  ...answeredWrong(ACTION, 'a preset point that is called', 'preset/set-and-call', isCommand(CALL_PRESET)).map((defect) => ({
    ...defect,
    id: `${defect.id}-called`,
  })),
  {
    id: 'preset/set-and-call/forgotten',
    does: 'does not keep a preset point',
    noticedBy: ['preset/set-and-call'],
    plant: () => ({
      tamper: performing(ACTION, (camera, json, perform) => {
        const reply = perform();
        if (json?.ptz_cmd === SET_PRESET) camera.memory.presets.clear();
        return reply;
      }),
    }),
  },
  ...Object.entries(MOVEMENTS).flatMap(([name, command]) => answeredWrong(ACTION, `the command ${name}`, `${name}/taken`, isCommand(command))),
  {
    id: 'button/held/again-refused',
    does: 'refuses the movement that is under way',
    noticedBy: ['button/held'],
    plant: () => {
      let last: unknown;
      return {
        tamper: performing(ACTION, (_, json, perform) => {
          const isAgain = json?.ptz_cmd === MOVEMENTS['zoom-in'] && last === json?.ptz_cmd;
          last = json?.ptz_cmd;
          return isAgain ? { code: 205 } : perform();
        }),
      };
    },
  },
  {
    id: 'button/held/stop-lost',
    does: 'refuses the stop behind a movement that was repeated',
    noticedBy: ['button/held'],
    plant: () => {
      let repeated = 0;
      return {
        tamper: performing(ACTION, (_, json, perform) => {
          const isRefused = json?.ptz_cmd === STOP && repeated > 1;
          repeated = json?.ptz_cmd === MOVEMENTS['zoom-in'] ? repeated + 1 : 0;
          return isRefused ? { code: 205 } : perform();
        }),
      };
    },
  },
  {
    id: 'speed/ends/slowest-refused',
    does: 'refuses speed 1',
    noticedBy: ['speed/ends'],
    plant: () => ({ tamper: performing(ACTION, (_, json, perform) => (json?.ptz_cmd === 1 && json.speed_h === 1 ? { code: 205 } : perform())) }),
  },
  {
    id: 'speed/ends/fastest-refused',
    does: 'refuses speed 100',
    noticedBy: ['speed/ends'],
    plant: () => ({ tamper: performing(ACTION, (_, json, perform) => (json?.ptz_cmd === 1 && json.speed_v === 100 ? { code: 205 } : perform())) }),
  },
  ...['channel', 'speed_h', 'speed_v', 'ptz_cmd'].map((name) =>
    taking(
      `${name}/necessary`,
      `takes a movement without ${name}`,
      (json) => json.ptz_cmd !== STOP && json.ptz_cmd !== SET_PRESET && !(name in json),
    ),
  ),
  taking('ptz_cmd/outside-enumeration', 'takes a command that does not exist', (json) => json.ptz_cmd === 7),
  taking('channel/outside-enumeration', 'takes a channel that does not exist', (json) => json.channel === 1),
  taking('speed_h/wrong-type', 'takes a text for a speed', (json) => typeof json.speed_h === 'string'),
]);
