/** Section 14: the status follows the settings; the full camera connects as soon as WIFI is enabled. */
import type { Handlers } from '../handler.ts';

const NOT_ENABLED = 1;
const CONNECTED = 2;

export const wifi: Handlers = {
  getWifiStatus: (camera, json) => {
    const reply = camera.get('getWifiStatus', json ?? {});
    if (camera.model === 'literal') return reply;
    const { enable, ssid } = camera.store.values('getWifiConfig');
    const status = enable === 1 ? { status: CONNECTED, ssid, ap_number: ssid, freq: 6, signal: 70 } : { status: NOT_ENABLED };
    return { ...reply, members: { ...reply.members, ...status } };
  },
};
