/** All defects that were written from the words of the document and of the contract, without knowledge of the checks. */
import { findOperator } from '../operators/index.ts';
import { GENERIC } from './01-generic.ts';
import { TELNET } from './02-telnet.ts';
import { SNAPSHOT } from './03-snapshot.ts';
import { CHANGE_USER_PASSWORD } from './04-change-user-password.ts';
import { SYSTEM_CONFIGURATION } from './05-system-configuration.ts';
import { DEVICE_RESET } from './06-device-reset.ts';
import { DEVICE_RESTART } from './07-device-restart.ts';
import { DEVICE_TIMED_RESTART } from './08-device-timed-restart.ts';
import { PTZ_CONTROL } from './09-ptz-control.ts';
import { TIME_CONFIGURATION } from './10-time-configuration.ts';
import { BASIC_NETWORK_INFORMATION } from './11-basic-network-information.ts';
import { PLATFORM_SERVER } from './12-to-20-platform-server.ts';
import { FOUR_G } from './13-4g.ts';
import { WIFI } from './14-wifi.ts';
import { EMAIL } from './15-email.ts';
import { GB28181 } from './17-gb28181.ts';
import { RTSP_HANDSHAKE } from './19-rtsp-handshake.ts';
import { RTSP_SESSIONS } from './19-rtsp-sessions.ts';
import { VIDEO } from './21-video.ts';
import { AUDIO } from './22-audio.ts';
import { DISPLAY } from './23-display.ts';
import { OSD } from './24-osd.ts';
import { VIDEO_MASK } from './25-video-mask.ts';
import { ALARM_SECTIONS } from './26-to-31-alarms.ts';
import { SCHEDULE_SNAP } from './28-schedule-snap.ts';
import { STORAGE_DEVICE } from './32-storage-device.ts';
import { TIME_LAPSE_RECORDING } from './33-time-lapse-recording.ts';
import { SMALL_SECTIONS } from './34-to-42-small.ts';
import { RTMP } from './35-rtmp.ts';
import { SNAP_BASE64_IMAGE } from './36-snap-base64-image.ts';
import { TXT_FILE } from './39-txt-file.ts';
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
  ...PLATFORM_SERVER,
  ...FOUR_G,
  ...WIFI,
  ...EMAIL,
  ...GB28181,
  ...RTSP_HANDSHAKE,
  ...RTSP_SESSIONS,
  ...VIDEO,
  ...AUDIO,
  ...DISPLAY,
  ...OSD,
  ...VIDEO_MASK,
  ...ALARM_SECTIONS,
  ...SCHEDULE_SNAP,
  ...STORAGE_DEVICE,
  ...TIME_LAPSE_RECORDING,
  ...SMALL_SECTIONS,
  ...RTMP,
  ...SNAP_BASE64_IMAGE,
  ...TXT_FILE,
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
