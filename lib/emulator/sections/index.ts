/** All that the rows cannot say, by action. */
import type { Handlers } from '../handler.ts';
import { changeUserPassword } from './04-change-user-password.ts';
import { deviceReset } from './06-device-reset.ts';
import { deviceRestart } from './07-device-restart.ts';
import { ptzControl } from './09-ptz-control.ts';
import { timeConfiguration } from './10-time-configuration.ts';
import { basicNetworkInformation } from './11-basic-network-information.ts';
import { wifi } from './14-wifi.ts';
import { gb28181 } from './17-gb28181.ts';
import { rtsp } from './19-rtsp.ts';
import { display } from './23-display.ts';
import { storageDevice } from './32-storage-device.ts';
import { snapBase64Image } from './36-snap-base64-image.ts';
import { txtFile } from './39-txt-file.ts';
import { openDoor } from './41-open-door.ts';
import { sendIoData } from './42-send-io-data.ts';

export const HANDLERS: Handlers = {
  ...changeUserPassword,
  ...deviceReset,
  ...deviceRestart,
  ...ptzControl,
  ...timeConfiguration,
  ...basicNetworkInformation,
  ...wifi,
  ...gb28181,
  ...rtsp,
  ...display,
  ...storageDevice,
  ...snapBase64Image,
  ...txtFile,
  ...openDoor,
  ...sendIoData,
};
