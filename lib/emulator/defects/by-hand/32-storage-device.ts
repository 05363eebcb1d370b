/** Section 32: storage devices, and formatting them. */
import { isMembers, type Members } from '../../../document/row-value.ts';
import { replying } from '../tampering.ts';
import { type Defect, inSection, performing } from './notation.ts';
import { answeredWrong } from './performed.ts';

const FORMATTED = 'devsFormat/performed';
const ABSENT = 99;

const devices = (change: (device: Members) => Members) =>
  replying('getStorageInfo', (reply) => ({
    ...reply,
    devs: Array.isArray(reply.devs) ? reply.devs.map((device) => (isMembers(device) ? change(device) : device)) : reply.devs,
  }));

const isOfDevice = (json: Members | null): boolean => json?.dev_type !== ABSENT;

export const storageDeviceDefects: readonly Defect[] = inSection('storage-device', [
  ...answeredWrong('devsFormat', 'a device that is formatted', FORMATTED, isOfDevice),
  {
    id: 'devs/capacity/more-than-all',
    does: 'has more space left than in all',
    noticedBy: ['devs/capacity'],
    plant: () => ({ tamper: devices((device) => ({ ...device, remaining_storage: Number(device.total_storage) + 1 })) }),
  },
  {
    id: 'dev_type/absent/taken',
    does: 'takes a device type that does not exist',
    noticedBy: ['dev_type/absent'],
    plant: () => ({ tamper: performing('devsFormat', (_, json, perform) => (json?.dev_type === ABSENT ? { code: 0 } : perform())) }),
  },
  {
    id: 'dev_type/necessary/not-demanded',
    does: 'formats without being told what',
    noticedBy: ['dev_type/necessary'],
    plant: () => ({ tamper: performing('devsFormat', (_, json, perform) => (json !== null && !('dev_type' in json) ? { code: 0 } : perform())) }),
  },
  {
    id: `${FORMATTED}/broken-afterwards`,
    does: 'has a broken device after formatting',
    noticedBy: [FORMATTED],
    plant: () => {
      let isFormatted = false;
      const broken = devices((device) => (isFormatted ? { ...device, status: 2 } : device));
      return {
        tamper: {
          ...broken,
          ...performing('devsFormat', (_, json, perform) => {
            isFormatted ||= isOfDevice(json) && json !== null && 'dev_type' in json;
            return perform();
          }),
        },
      };
    },
  },
  {
    id: `${FORMATTED}/gone-afterwards`,
    does: 'has no device any more after formatting',
    noticedBy: [FORMATTED],
    plant: () => {
      let isFormatted = false;
      return {
        tamper: {
          ...replying('getStorageInfo', (reply) => (isFormatted ? { ...reply, devs: [] } : reply)),
          ...performing('devsFormat', (_, json, perform) => {
            isFormatted ||= isOfDevice(json) && json !== null && 'dev_type' in json;
            return perform();
          }),
        },
      };
    },
  },
]);
