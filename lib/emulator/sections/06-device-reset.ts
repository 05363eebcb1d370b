/** Section 6: network settings, and all others with the account, back to what they were at the start. The ports stay. */
import { DONE, type Handlers } from '../handler.ts';

const NETWORK: ReadonlySet<string> = new Set(['getWiredNetwork', 'Get4GConfig', 'getWifiConfig']);

export const deviceReset: Handlers = {
  reset: (camera, json) => {
    const verdict = camera.judgeCommand('reset', json ?? {});
    if (verdict.kind === 'refused') return { code: verdict.code };
    const { netReset, userReset } = verdict.changes;
    if (netReset === 1) camera.store.reset((action) => !NETWORK.has(action));
    if (userReset === 1) {
      camera.store.reset((action) => NETWORK.has(action));
      camera.account.reset();
    }
    return DONE;
  },
};
