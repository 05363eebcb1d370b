/** That what is set survives a restart: judged at the end of a run, with what all sections have set, by one restart. */
import type { CheckIdentity } from '../check.ts';

export const RESTART_SURVIVAL = {
  id: 'device-restart/restart/settings-survive',
  place: '7',
  action: 'restart',
  parameter: null,
  title: 'what was set before a restart is still set behind it',
  level: 'must',
  hazards: ['reboot'],
  covers: ['device-restart/device-restarts'],
  after: ['device-restart/restart/performed'],
} as const satisfies CheckIdentity;
