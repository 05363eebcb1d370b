/**
 * What every JSON reply holds beside its own parameters (1.1), around one identity. The literal camera varies it from
 * action to action as the document's examples do.
 */
import type { Members } from '../document/row-value.ts';

/** The camera of the document's examples; 34 to 42 show others, but one camera has one identity. */
export const IDENTITY = { mac: '88-07-cb-00-02-be', id: 'CBT000114010100010238' } as const;

/** 10.1, 13.1, 14.3, 14.4 and 25.1: `message` in place of `device_id` and `log`. */
const WITH_MESSAGE: ReadonlySet<string> = new Set(['getDeviceTime', 'Get4GConfig', 'getWifiStatus', 'setWifiScan', 'getViMask']);

/** 34.1 to 42.1: a signature. */
const SIGNED: Readonly<Record<string, string>> = {
  getExposureInfo: '7f652b7b4afb592a0a9b2a3175946d78',
  getRtmpConf: '1458045958e5eb26c7037059ed99e147',
  getFmtSnap: '7f652b7b4afb592a0a9b2a3175946d78',
  getSmartAudioConf: '3f2c15a2199ae14d309baad3f68abce5',
  getIOAlarmIn: '7f652b7b4afb592a0a9b2a3175946d78',
  getPlatformConfFile: '43e33b77bbcb22a829918660b84dabee',
  getPeripheralConf: '2b6db7d582fcc8c4bb5a3d4e14112fad',
  openDoor: '7f652b7b4afb592a0a9b2a3175946d78',
  ioSendData: '7f652b7b4afb592a0a9b2a3175946d78',
};

/** The envelope as documented. */
export const envelope = (code: number, address: string): Members => ({
  code,
  device_mac: IDENTITY.mac,
  deviceID: IDENTITY.id,
  device_id: IDENTITY.id,
  log: '',
  device_ip: address,
});

/** The envelope as the example of that action shows it. */
export function literalEnvelope(action: string, code: number, address: string): Members {
  if (WITH_MESSAGE.has(action)) {
    return { code, message: 'NULL', deviceID: IDENTITY.id, device_mac: IDENTITY.mac, device_ip: address };
  }
  const signature = SIGNED[action];
  return signature === undefined ? envelope(code, address) : { ...envelope(code, address), sign_tby: signature };
}
