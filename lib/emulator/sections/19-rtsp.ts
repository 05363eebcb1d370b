/** Section 19.8: a changed port moves the RTSP server at once; where it cannot be had the camera answers on the old one, as behind port forwarding. */
import { ILLEGAL_CODE } from '../accept.ts';
import { DONE, type Handlers } from '../handler.ts';

export const rtsp: Handlers = {
  setRtspConf: async (camera, json) => {
    const verdict = camera.judge('setRtspConf', json ?? {});
    if (verdict.kind === 'refused') return { code: verdict.code };
    const { rtsp_port: port, ...changes } = verdict.changes;
    // The literal camera reports the example's port wherever it listens.
    if (typeof port !== 'number' || camera.model === 'literal' || port === camera.machine.rtspPort) {
      camera.keep('setRtspConf', verdict.changes);
      return DONE;
    }
    if (port < 1 || port > 65535) return { code: ILLEGAL_CODE };
    try {
      await camera.machine.openRtspPort(port);
    } catch {
      camera.keep('setRtspConf', verdict.changes);
      return DONE;
    }
    camera.keep('setRtspConf', changes);
    camera.store.pin('getRtspConf', 'rtsp_port', port);
    return { code: 0, afterwards: () => camera.machine.closeOldRtspPorts() };
  },
};
