import type { Camera } from '../lib/camera/camera.ts';
import { describe, isRefusal } from '../lib/camera/outcome.ts';
import { poll } from '../lib/camera/poll.ts';
import { DONE_STRICTLY, expectRefused } from '../lib/checks/actions/expectations.ts';
import { isMembers, type Members } from '../lib/document/row-value.ts';
import { storageDevice } from '../lib/document/sections/32-storage-device.ts';
import { section } from '../lib/execution/section.ts';
import { fail, finding, Skipped, verify } from '../lib/results/finding.ts';
import type { Exchange } from '../lib/wire/exchange.ts';

const READY = 1;
const FORMATTING = 3;
/** A large card takes its time. */
const SLOWEST_FORMAT_MS = 120_000;
/** No device type of 32.1. */
const NO_TYPE = 99;

interface Devices {
  readonly all: readonly Members[];
  readonly exchange: Exchange;
}

async function devices(camera: Camera): Promise<Devices> {
  const outcome = await camera.call('getStorageInfo', null);
  if (outcome.kind !== 'done' || !Array.isArray(outcome.reply.devs)) throw new Skipped('not-offered', 'getStorageInfo returns no devs');
  return { all: outcome.reply.devs.filter(isMembers), exchange: outcome.answer.exchange };
}

section(storageDevice, ({ generic, requirement }) => {
  generic();

  requirement(
    'storage-device/devs/capacity',
    'should',
    'a device has no more space left than it has in all',
    { place: '32.1', action: 'getStorageInfo', covers: ['devs/type'] },
    async ({ camera }) => {
      const { all, exchange } = await devices(camera);
      if (all.length === 0) throw new Skipped('not-testable', 'no storage device is plugged in');
      verify(
        all
          .filter(({ total_storage, remaining_storage }) => Number(remaining_storage) > Number(total_storage))
          .map(({ id, total_storage, remaining_storage }) =>
            finding(`at most ${total_storage} MB left of ${id}, its total_storage`, `remaining_storage ${remaining_storage}`),
          ),
        exchange,
      );
    },
  );

  requirement(
    'storage-device/dev_type/absent',
    'should',
    'formatting a device type that does not exist is refused',
    { place: '32.2', action: 'devsFormat', hazards: ['format'], covers: ['format'] },
    async ({ camera }) => {
      expectRefused(await camera.call('devsFormat', { dev_type: NO_TYPE }, { repeatable: false }), `dev_type ${NO_TYPE}`);
    },
  );

  requirement(
    'storage-device/dev_type/necessary',
    'should',
    'formatting without dev_type is refused',
    { place: '32.2', action: 'devsFormat', hazards: ['format'], covers: ['dev_type/necessary'] },
    async ({ camera }) => {
      expectRefused(await camera.call('devsFormat', {}, { repeatable: false }), 'a request without dev_type');
    },
  );

  requirement(
    'storage-device/devsFormat/performed',
    'must',
    'formats a device, which is then formatting or ready',
    {
      place: '32.2',
      action: 'devsFormat',
      hazards: ['format'],
      covers: ['format', 'devsFormat/reply', 'devsFormat/envelope'],
      strict: DONE_STRICTLY,
    },
    async ({ camera, done }) => {
      const [device] = (await devices(camera)).all;
      if (device === undefined) throw new Skipped('not-testable', 'no storage device is plugged in');
      const outcome = await camera.call('devsFormat', { dev_type: device.type }, { repeatable: false });
      if (isRefusal(outcome))
        fail(`device type ${device.type}, which getStorageInfo lists, is formatted`, describe(outcome), outcome.answer.exchange);
      done(outcome);
      const formatted = await poll(SLOWEST_FORMAT_MS, async () => {
        const { all, exchange } = await devices(camera);
        const now = all.find(({ id }) => id === device.id);
        return now?.status === FORMATTING ? null : { status: now?.status, exchange };
      });
      if (formatted === null)
        fail(
          `${device.id} is formatted (no longer status ${FORMATTING}) within ${SLOWEST_FORMAT_MS / 1000} s`,
          'it is still formatting',
          outcome.answer.exchange,
        );
      if (formatted.status !== READY)
        fail(
          `${device.id} is ready (status ${READY}) once it is formatted`,
          formatted.status === undefined ? 'getStorageInfo no longer lists it' : `status ${formatted.status}`,
          formatted.exchange,
        );
    },
  );
});
