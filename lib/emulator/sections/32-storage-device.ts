/** Section 32.2: formatting a device that is plugged in. */
import type { Members } from '../../document/row-value.ts';
import { ILLEGAL_CODE } from '../accept.ts';
import { DONE, type Handlers } from '../handler.ts';

const READY = 1;
/** The literal camera shows no devices (32.1), and still formats the SD card of the example request (32.2). */
const EXAMPLE_TYPE = 5;

export const storageDevice: Handlers = {
  devsFormat: (camera, json) => {
    const verdict = camera.judgeCommand('devsFormat', json ?? {});
    if (verdict.kind === 'refused') return { code: verdict.code };
    const type = verdict.changes.dev_type;
    const devs = camera.store.values('getStorageInfo').devs as readonly Members[];
    if (!devs.some((dev) => dev.type === type) && !(camera.model === 'literal' && type === EXAMPLE_TYPE)) return { code: ILLEGAL_CODE };
    const formatted = devs.map((dev) => (dev.type === type ? { ...dev, remaining_storage: dev.total_storage, status: READY } : dev));
    camera.store.write('getStorageInfo', 0, { devs: formatted });
    return DONE;
  },
};
