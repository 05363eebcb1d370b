/** Section 11: a web port that is not stored, or not taken back. */
import { type Defect, inSection, performing } from './notation.ts';

const CHECK = 'webPort/moved-and-back';

export const basicNetworkInformationDefects: readonly Defect[] = inSection('basic-network-information', [
  {
    id: `${CHECK}/ignored`,
    does: 'answers another webPort with code 0 and ignores it',
    noticedBy: [CHECK],
    plant: () => ({ tamper: performing('setWiredNetwork', (_, json, perform) => (json !== null && 'webPort' in json ? { code: 0 } : perform())) }),
  },
  {
    id: `${CHECK}/not-taken-back`,
    does: 'moves its webPort once and then no more',
    noticedBy: [CHECK],
    plant: () => {
      let isMoved = false;
      return {
        tamper: performing('setWiredNetwork', (camera, json, perform) => {
          if (json === null || typeof json.webPort !== 'number' || json.webPort === camera.machine.port) return perform();
          if (isMoved) return { code: 205 };
          isMoved = true;
          return perform();
        }),
      };
    },
  },
  {
    id: `${CHECK}/gone`,
    does: 'answers nowhere after its webPort was changed',
    noticedBy: [CHECK],
    plant: () => ({
      tamper: {
        performs: (action, json, camera, perform) => {
          if (action !== 'setWiredNetwork' || json === null || typeof json.webPort !== 'number' || json.webPort === camera.machine.port)
            return perform();
          return Promise.resolve(camera.machine.openPort(0)).then(() => ({ code: 0, afterwards: () => camera.machine.closeOldPorts() }));
        },
      },
    }),
  },
]);
