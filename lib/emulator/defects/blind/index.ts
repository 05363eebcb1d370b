/** All defects that were written from the words of the document and of the contract, without knowledge of the checks. */
import { findOperator } from '../operators/index.ts';
import { GENERIC } from './01-generic.ts';
import { TELNET } from './02-telnet.ts';
import { SNAPSHOT } from './03-snapshot.ts';
import { CHANGE_USER_PASSWORD } from './04-change-user-password.ts';
import { BASIC_NETWORK_INFORMATION, GB28181, PLATFORMS, PTZ_CONTROL, SYSTEM_CONFIGURATION, TIME_CONFIGURATION, WIFI } from './05-and-09-to-18.ts';
import { DEVICE_RESET, DEVICE_RESTART, DEVICE_TIMED_RESTART } from './06-to-08-restarting.ts';
import { RTSP_HANDSHAKE } from './19-rtsp-handshake.ts';
import { RTSP_SESSIONS } from './19-rtsp-sessions.ts';
import { AUDIO, VIDEO } from './21-video.ts';
import { DISPLAY, OSD, VIDEO_MASK } from './23-to-25-picture.ts';
import { ALARMS_TO_DATA } from './26-to-42.ts';
import type { BlindDefect } from './blind-defect.ts';
import { defectsOfDemands } from './of-demands.ts';

/** One by one, from what a section says. */
export const WRITTEN_BLINDLY: readonly BlindDefect[] = [
  ...GENERIC,
  ...TELNET,
  ...SNAPSHOT,
  ...CHANGE_USER_PASSWORD,
  ...SYSTEM_CONFIGURATION,
  ...DEVICE_RESET,
  ...DEVICE_RESTART,
  ...DEVICE_TIMED_RESTART,
  ...PTZ_CONTROL,
  ...TIME_CONFIGURATION,
  ...BASIC_NETWORK_INFORMATION,
  ...WIFI,
  ...GB28181,
  ...PLATFORMS,
  ...RTSP_HANDSHAKE,
  ...RTSP_SESSIONS,
  ...VIDEO,
  ...AUDIO,
  ...DISPLAY,
  ...OSD,
  ...VIDEO_MASK,
  ...ALARMS_TO_DATA,
];

let all: ReadonlyMap<string, BlindDefect> | null = null;

const byId = (): ReadonlyMap<string, BlindDefect> => {
  all ??= new Map([...WRITTEN_BLINDLY, ...defectsOfDemands()].map((defect) => [defect.id, defect]));
  return all;
};

/** Those above, and those of the demands that are made on every action. */
export const allBlind = (): readonly BlindDefect[] => [...byId().values()];

export const findBlind = (id: string): BlindDefect | undefined => byId().get(id);

/** One of these, or one that a machine made. */
export const findBlindOrOperator = (id: string): BlindDefect | undefined => findBlind(id) ?? findOperator(id);
