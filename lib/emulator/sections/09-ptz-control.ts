/** Section 9: movement until it is stopped, and preset points, which the camera looks at again at once. */
import type { Members } from '../../document/row-value.ts';
import { ILLEGAL_CODE, MISSING_CODE } from '../accept.ts';
import { type Camera, DONE, type Handlers, type Reply } from '../handler.ts';
import { viewOf } from '../memory.ts';
import { AHEAD } from '../view.ts';

const STOP = 21;
const SET_PRESET = 19;
const CALL_PRESET = 20;
const REFRESH_POSITION = 69;
const HIGHEST_PRESET = 255;

export const ptzControl: Handlers = {
  setPtzControl: (camera, json) => {
    const request = json ?? {};
    if (request.ptz_cmd === SET_PRESET || request.ptz_cmd === CALL_PRESET) return preset(camera, request, request.ptz_cmd);
    // A stop has no speed: what is sent for it is judged, what is not is no matter.
    const verdict = camera.judgeCommand('setPtzControl', request.ptz_cmd === STOP ? { speed_h: 1, speed_v: 1, ...request } : request, '9');
    if (verdict.kind === 'refused') return { code: verdict.code };
    const { ptz_cmd, speed_h, speed_v } = verdict.changes;
    const { memory } = camera;
    memory.view = ptz_cmd === REFRESH_POSITION ? AHEAD : viewOf(memory);
    memory.moving = ptz_cmd === STOP ? null : { command: Number(ptz_cmd), horizontal: Number(speed_h), vertical: Number(speed_v), since: Date.now() };
    return DONE;
  },
};

function preset(camera: Camera, request: Members, command: number): Reply {
  const verdict = camera.judgeCommand('setPtzControl', request, command === SET_PRESET ? '9.1' : '9.2');
  if (verdict.kind === 'refused') return { code: verdict.code };
  const number = Number(verdict.changes.speed_v);
  if (number > HIGHEST_PRESET) return { code: ILLEGAL_CODE };
  const { memory } = camera;
  if (command === SET_PRESET) memory.presets.set(number, viewOf(memory));
  const view = memory.presets.get(number);
  if (view === undefined) return { code: MISSING_CODE };
  if (command === CALL_PRESET) [memory.view, memory.moving] = [view, null];
  return DONE;
}
