/** Sections 23.5 and 23.6: `set_default` in the place of parameters puts the part back to its start values. */
import type { Members } from '../../document/row-value.ts';
import { ILLEGAL_CODE } from '../accept.ts';
import { type Camera, DONE, type Handlers, type Reply } from '../handler.ts';

function setOrRestore(camera: Camera, get: string, set: string, json: Members): Reply {
  if (!Object.hasOwn(json, 'set_default')) return camera.set(set, json);
  if (json.set_default !== 1) return { code: ILLEGAL_CODE };
  camera.store.reset((action) => action !== get);
  return DONE;
}

export const display: Handlers = {
  setImageAdjustment: (camera, json) => setOrRestore(camera, 'getImageAdjustment', 'setImageAdjustment', json ?? {}),
  setImageAdjustmentEx: (camera, json) => setOrRestore(camera, 'getImageAdjustmentEx', 'setImageAdjustmentEx', json ?? {}),
};
