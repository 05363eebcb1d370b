/** The document as data: its 42 sections in order. */
import type { Section } from './notation.ts';
import { generic } from './sections/01-generic.ts';
import { telnet } from './sections/02-telnet.ts';
import { snapshot } from './sections/03-snapshot.ts';
import { changeUserPassword } from './sections/04-change-user-password.ts';
import { systemConfiguration } from './sections/05-system-configuration.ts';
import { deviceReset } from './sections/06-device-reset.ts';
import { deviceRestart } from './sections/07-device-restart.ts';
import { deviceTimedRestart } from './sections/08-device-timed-restart.ts';
import { ptzControl } from './sections/09-ptz-control.ts';
import { timeConfiguration } from './sections/10-time-configuration.ts';
import { basicNetworkInformation } from './sections/11-basic-network-information.ts';
import { platformAccess } from './sections/12-platform-access.ts';
import { fourG } from './sections/13-4g.ts';
import { wifi } from './sections/14-wifi.ts';
import { email } from './sections/15-email.ts';
import { ftp } from './sections/16-ftp.ts';
import { gb28181 } from './sections/17-gb28181.ts';
import { mqtt } from './sections/18-mqtt.ts';
import { rtsp } from './sections/19-rtsp.ts';
import { gat1400 } from './sections/20-gat1400.ts';
import { video } from './sections/21-video.ts';
import { audio } from './sections/22-audio.ts';
import { display } from './sections/23-display.ts';
import { osd } from './sections/24-osd.ts';
import { videoMask } from './sections/25-video-mask.ts';
import { alarmInput } from './sections/26-alarm-input.ts';
import { occlusionAlarm } from './sections/27-occlusion-alarm.ts';
import { scheduleSnap } from './sections/28-schedule-snap.ts';
import { motionDetection } from './sections/29-motion-detection.ts';
import { regionAlarmDetection } from './sections/30-region-alarm-detection.ts';
import { fireDetection } from './sections/31-fire-detection.ts';
import { storageDevice } from './sections/32-storage-device.ts';
import { timeLapseRecording } from './sections/33-time-lapse-recording.ts';
import { exposureInfo } from './sections/34-exposure-info.ts';
import { rtmp } from './sections/35-rtmp.ts';
import { snapBase64Image } from './sections/36-snap-base64-image.ts';
import { smartAudio } from './sections/37-smart-audio.ts';
import { alarmIoStatus } from './sections/38-alarm-io-status.ts';
import { txtFile } from './sections/39-txt-file.ts';
import { peripheral } from './sections/40-peripheral.ts';
import { openDoor } from './sections/41-open-door.ts';
import { sendIoData } from './sections/42-send-io-data.ts';

export const SECTIONS: readonly Section[] = [
  generic,
  telnet,
  snapshot,
  changeUserPassword,
  systemConfiguration,
  deviceReset,
  deviceRestart,
  deviceTimedRestart,
  ptzControl,
  timeConfiguration,
  basicNetworkInformation,
  platformAccess,
  fourG,
  wifi,
  email,
  ftp,
  gb28181,
  mqtt,
  rtsp,
  gat1400,
  video,
  audio,
  display,
  osd,
  videoMask,
  alarmInput,
  occlusionAlarm,
  scheduleSnap,
  motionDetection,
  regionAlarmDetection,
  fireDetection,
  storageDevice,
  timeLapseRecording,
  exposureInfo,
  rtmp,
  snapBase64Image,
  smartAudio,
  alarmIoStatus,
  txtFile,
  peripheral,
  openDoor,
  sendIoData,
];
