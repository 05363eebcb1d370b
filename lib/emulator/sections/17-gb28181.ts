/** Sections 17.3 and 17.4: registration by hand, while `register_type` is open. */
import { ILLEGAL_CODE } from '../accept.ts';
import { type Camera, DONE, type Handlers, type Reply } from '../handler.ts';

function register(camera: Camera, registered: boolean): Reply {
  if (camera.store.values('getGb28181').register_type !== 1) return { code: ILLEGAL_CODE };
  camera.memory.registered = registered;
  return DONE;
}

export const gb28181: Handlers = {
  // Without registration by hand the camera registers by itself, with a server that there is not.
  setGb28181: (camera, json) => {
    const reply = camera.set('setGb28181', json ?? {});
    if (camera.store.values('getGb28181').register_type !== 1) camera.memory.registered = false;
    return reply;
  },
  setGb28181Logout: (camera) => register(camera, false),
  setGb28181Register: (camera) => register(camera, true),
};
