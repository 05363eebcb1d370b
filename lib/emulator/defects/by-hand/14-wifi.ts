/** Section 14: the scan for access points. */
import { isMembers, type Members } from '../../../document/row-value.ts';
import { replying } from '../tampering.ts';
import { type Defect, inSection } from './notation.ts';
import { answeredWrong } from './performed.ts';

const CHECK = 'setWifiScan/ap-list';

/** Every access point of the list, changed. */
const points = (change: (point: Members) => Members) => ({
  tamper: replying('setWifiScan', (reply) => ({
    ...reply,
    ap_list: Array.isArray(reply.ap_list) ? reply.ap_list.map((point) => (isMembers(point) ? change(point) : point)) : reply.ap_list,
  })),
});

export const wifiDefects: readonly Defect[] = inSection('wifi', [
  ...answeredWrong('setWifiScan', 'the scan', CHECK),
  {
    id: `${CHECK}/no-list`,
    does: 'returns an object for the list of access points',
    noticedBy: [CHECK],
    plant: () => ({ tamper: replying('setWifiScan', (reply) => ({ ...reply, ap_list: {} })) }),
  },
  {
    id: `${CHECK}/list-of-names`,
    does: 'returns a list of names for the list of access points',
    noticedBy: [CHECK],
    plant: () => ({ tamper: replying('setWifiScan', (reply) => ({ ...reply, ap_list: ['one', 'two'] })) }),
  },
  {
    id: `${CHECK}/other-types`,
    does: 'returns the members of access points as other types',
    noticedBy: [CHECK],
    plant: () =>
      points((point) => Object.fromEntries(Object.entries(point).map(([name, value]) => [name, typeof value === 'string' ? 1 : String(value)]))),
  },
]);
