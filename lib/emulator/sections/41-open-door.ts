/** Section 41: the output is switched for the output duration (`alarm_handle_alarmout_time` of 26, in seconds). */
import { DONE, type Handlers } from '../handler.ts';

export const openDoor: Handlers = {
  openDoor: (camera) => {
    const seconds = Number(camera.store.values('getAlarmInConf').alarm_handle_alarmout_time ?? 0);
    camera.memory.doorUntil = Date.now() + seconds * 1000;
    return DONE;
  },
};
