/** Section 10: the camera's own clock. */
import { DONE, type Handlers } from '../handler.ts';

export const timeConfiguration: Handlers = {
  getDeviceTime: (camera, json) => {
    const reply = camera.get('getDeviceTime', json ?? {});
    return { ...reply, members: { ...reply.members, deviceTime: camera.clock.seconds() } };
  },
  setTime: (camera, json) => {
    const verdict = camera.judge('setTime', json ?? {});
    if (verdict.kind === 'refused') return { code: verdict.code };
    const { CurTime, ...changes } = verdict.changes;
    camera.keep('setTime', changes);
    if (changes.ntp_enable === 1) camera.clock.synchronise();
    else if (typeof CurTime === 'number' && CurTime <= LAST_SECOND) camera.clock.set(CurTime);
    return DONE;
  },
};

/** A 32 bit clock, as cameras have. */
const LAST_SECOND = 2 ** 32 - 1;
