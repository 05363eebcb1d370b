/** Section 11: a changed web port moves the camera at once, the new port being open before the reply goes out. */
import { ILLEGAL_CODE } from '../accept.ts';
import { DONE, type Handlers } from '../handler.ts';

export const basicNetworkInformation: Handlers = {
  setWiredNetwork: async (camera, json) => {
    const verdict = camera.judge('setWiredNetwork', json ?? {});
    if (verdict.kind === 'refused') return { code: verdict.code };
    const { webPort, ...changes } = verdict.changes;
    // The literal camera reports the example's port wherever it listens, as one behind port forwarding does.
    if (typeof webPort !== 'number' || camera.model === 'literal' || webPort === camera.machine.port) {
      camera.keep('setWiredNetwork', verdict.changes);
      return DONE;
    }
    if (webPort < 1 || webPort > 65535) return { code: ILLEGAL_CODE };
    try {
      await camera.machine.openPort(webPort);
    } catch {
      return { code: ILLEGAL_CODE };
    }
    camera.keep('setWiredNetwork', changes);
    camera.store.pin('getWiredNetwork', 'webPort', webPort);
    return { code: 0, afterwards: () => camera.machine.closeOldPorts() };
  },
};
