/** Section 6: resets that do nothing, half, or more than they should. */

import type { Members } from '../../../document/row-value.ts';
import type { Camera } from '../../handler.ts';
import type { Store } from '../../store.ts';
import type { Tamper } from '../../tamper.ts';
import { type BlindDefect, type Now, tampering, writerFor } from './blind-defect.ts';
import { put } from './going-astray.ts';
import { counter, performs } from './sets-and-gets.ts';

const ofReset = writerFor('device-reset');

const NETWORK: ReadonlySet<string> = new Set(['getWiredNetwork', 'Get4GConfig', 'getWifiConfig']);

const networkOf = (store: Store): void => store.reset((action) => !NETWORK.has(action));

const othersOf = (store: Store): void => store.reset((action) => NETWORK.has(action));

/** Carries out a reset that is well formed in its own way. */
const resetting = (instead: (camera: Camera, switches: { readonly net: boolean; readonly user: boolean }) => void): Tamper =>
  performs('reset', (camera, json, perform) => {
    const { netReset, userReset } = json ?? {};
    if (![0, 1].includes(netReset as number) || ![0, 1].includes(userReset as number)) return perform();
    instead(camera, { net: netReset === 1, user: userReset === 1 });
    return { code: 0 };
  });

const both = (camera: Camera, net: boolean, user: boolean): void => {
  if (net) networkOf(camera.store);
  if (!user) return;
  othersOf(camera.store);
  camera.account.reset();
};

/** What was set before a reset comes back behind it. */
function undone(now: Now, afterMs: number): Tamper {
  let kept: Readonly<Record<string, Members>> | null = null;
  let due = Number.POSITIVE_INFINITY;
  return {
    performs: async (action, json, camera, perform) => {
      if (kept !== null && now() >= due) {
        put(camera.store, kept);
        kept = null;
      }
      const before = action === 'reset' ? camera.store.contents() : null;
      const reply = await perform();
      if (before !== null && reply.code === 0 && (json?.netReset === 1 || json?.userReset === 1)) [kept, due] = [before, now() + afterMs];
      return reply;
    },
  };
}

export const DEVICE_RESET: readonly BlindDefect[] = [
  ofReset('nothing-when-both-zero', 'zero-resets-network', 'resets the network configuration where both switches are 0', () =>
    tampering(resetting((camera, { net, user }) => both(camera, net || !user, user))),
  ),
  ofReset('nothing-when-both-zero', 'zero-resets-user', 'resets the user configuration where both switches are 0', () =>
    tampering(resetting((camera, { net, user }) => both(camera, net, user || !net))),
  ),
  ofReset('nothing-when-both-zero', 'zero-resets-one-value', 'resets the device name where both switches are 0', () =>
    tampering(
      resetting((camera, { net, user }) => {
        both(camera, net, user);
        if (!net && !user) camera.store.write('getSysConfig', 0, { dev_name: camera.store.tables.get('getSysConfig')?.instances[0]?.start.dev_name });
      }),
    ),
  ),
  ofReset('network-configuration-reset', 'net-does-nothing', 'answers netReset 1 with code 0, and resets nothing', () =>
    tampering(resetting((camera, { user }) => both(camera, false, user))),
  ),
  ofReset('network-configuration-reset', 'net-keeps-wifi', 'leaves the WIFI configuration as it is with netReset 1', () =>
    tampering(
      resetting((camera, { net, user }) => {
        both(camera, false, user);
        if (net) camera.store.reset((action) => !NETWORK.has(action) || action === 'getWifiConfig');
      }),
    ),
  ),
  ofReset('network-configuration-reset', 'net-keeps-dns', 'leaves the second name server as it is with netReset 1', () =>
    tampering(
      resetting((camera, { net, user }) => {
        const { DNS2 } = camera.store.values('getWiredNetwork');
        both(camera, net, user);
        camera.store.write('getWiredNetwork', 0, { DNS2 });
      }),
    ),
  ),
  ofReset('network-configuration-reset', 'net-resets-user', 'resets the user configuration as well with netReset 1', () =>
    tampering(resetting((camera, { net, user }) => both(camera, net, user || net))),
  ),
  ofReset('network-configuration-reset', 'net-only-with-user', 'resets the network only where userReset is 1 as well', () =>
    tampering(resetting((camera, { net, user }) => both(camera, net && user, user))),
  ),
  ofReset('network-configuration-reset', 'switches-swapped', 'takes netReset for userReset, and userReset for netReset', () =>
    tampering(resetting((camera, { net, user }) => both(camera, user, net))),
  ),
  ofReset('network-configuration-reset', 'net-comes-back', 'has what was set before the reset again 5 s behind it', (now) =>
    tampering(undone(now, 5000)),
  ),
  ofReset('user-configuration-reset', 'user-does-nothing', 'answers userReset 1 with code 0, and resets nothing', () =>
    tampering(resetting((camera, { net }) => both(camera, net, false))),
  ),
  ofReset('user-configuration-reset', 'user-resets-network', 'resets the network as well with userReset 1', () =>
    tampering(resetting((camera, { net, user }) => both(camera, net || user, user))),
  ),
  ofReset('user-configuration-reset', 'user-keeps-osd', 'leaves the OSD as it is with userReset 1', () =>
    tampering(
      resetting((camera, { net, user }) => {
        if (net) networkOf(camera.store);
        if (!user) return;
        camera.store.reset((action) => NETWORK.has(action) || action === 'getOsdConf');
        camera.account.reset();
      }),
    ),
  ),
  ofReset('user-configuration-reset', 'user-keeps-sub-stream', 'leaves the second stream as it is with userReset 1', () =>
    tampering(
      resetting((camera, { net, user }) => {
        const sub = camera.store.values('getVencConf', 1);
        both(camera, net, user);
        if (user) camera.store.write('getVencConf', 1, sub);
      }),
    ),
  ),
  ofReset('user-configuration-reset', 'user-only-first-time', 'resets the user configuration only the first time', () => {
    const next = counter();
    return tampering(resetting((camera, { net, user }) => both(camera, net, user && next() === 1)));
  }),
];
