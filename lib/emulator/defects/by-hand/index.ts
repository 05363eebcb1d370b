/** Defects that no row of the document can say: what is seen in pictures and streams, what commands do. */
import type { Defect } from '../defect.ts';
import { genericDefects } from './01-generic.ts';
import { telnetDefects } from './02-telnet.ts';
import { snapshotDefects } from './03-snapshot.ts';
import { changeUserPasswordDefects } from './04-change-user-password.ts';
import { systemConfigurationDefects } from './05-system-configuration.ts';
import { deviceResetDefects } from './06-device-reset.ts';
import { deviceRestartDefects } from './07-device-restart.ts';
import { ptzControlDefects } from './09-ptz-control.ts';
import { timeConfigurationDefects } from './10-time-configuration.ts';
import { basicNetworkInformationDefects } from './11-basic-network-information.ts';
import { wifiDefects } from './14-wifi.ts';
import { gb28181Defects } from './17-gb28181.ts';
import { rtspDefects } from './19-rtsp.ts';
import { videoDefects } from './21-video.ts';
import { audioDefects } from './22-audio.ts';
import { displayDefects } from './23-display.ts';
import { osdDefects } from './24-osd.ts';
import { videoMaskDefects } from './25-video-mask.ts';
import { storageDeviceDefects } from './32-storage-device.ts';
import { snapBase64ImageDefects } from './36-snap-base64-image.ts';
import { txtFileDefects } from './39-txt-file.ts';
import { openDoorDefects } from './41-open-door.ts';
import { sendIoDataDefects } from './42-send-io-data.ts';

export const BY_HAND: readonly Defect[] = [
  ...genericDefects,
  ...telnetDefects,
  ...changeUserPasswordDefects,
  ...systemConfigurationDefects,
  ...deviceResetDefects,
  ...deviceRestartDefects,
  ...ptzControlDefects,
  ...timeConfigurationDefects,
  ...basicNetworkInformationDefects,
  ...wifiDefects,
  ...gb28181Defects,
  ...storageDeviceDefects,
  ...txtFileDefects,
  ...openDoorDefects,
  ...snapshotDefects,
  ...rtspDefects,
  ...videoDefects,
  ...audioDefects,
  ...displayDefects,
  ...osdDefects,
  ...videoMaskDefects,
  ...snapBase64ImageDefects,
  ...sendIoDataDefects,
];
