/** Section 6: a reset that resets what it should not, or answers what it should not. */
import type { Members } from '../../../document/row-value.ts';
import { replying } from '../tampering.ts';
import { type Defect, inSection, performing } from './notation.ts';
import { answeredWrong } from './performed.ts';

const NETWORK: ReadonlySet<string> = new Set(['getWiredNetwork', 'Get4GConfig', 'getWifiConfig']);

const isNothing = (json: Members | null): boolean => json?.netReset === 0 && json.userReset === 0;
const isReset = (json: Members | null): boolean => json?.netReset === 1 && json.userReset === 1;

export const deviceResetDefects: readonly Defect[] = inSection('device-reset', [
  ...answeredWrong('reset', 'a reset of nothing', 'reset/nothing', isNothing),
  ...answeredWrong('reset', 'a reset of everything', 'reset/performed', isReset),
  {
    id: 'reset/nothing/resets',
    does: 'changes settings with a reset of nothing',
    noticedBy: ['reset/nothing'],
    plant: () => ({
      tamper: performing('reset', (camera, json, perform) => {
        if (isNothing(json)) camera.store.write('getOsdConf', 0, { show_week: 1 - Number(camera.store.values('getOsdConf').show_week) });
        return perform();
      }),
    }),
  },
  {
    id: 'reset/nothing/resets-timed-restart',
    does: 'changes the timed restart, which belongs to neither configuration, with a reset of nothing',
    noticedBy: ['reset/nothing'],
    plant: () => ({
      tamper: performing('reset', (camera, json, perform) => {
        if (isNothing(json)) camera.store.write('getRebootConf', 0, { minute: 59 - Number(camera.store.values('getRebootConf').minute) });
        return perform();
      }),
    }),
  },
  {
    id: 'reset/illegal/own-text',
    does: 'answers a value outside the enumeration with a text of its own',
    noticedBy: ['reset/illegal'],
    plant: () => ({ tamper: replying('reset', (reply, json) => (json?.netReset === 2 ? 'illegal' : reply)) }),
  },
  {
    id: 'reset/refused/done',
    does: 'refuses a reset without netReset, and carries it out',
    noticedBy: ['reset/refused'],
    plant: () => ({
      tamper: performing('reset', async (camera, json, perform) => {
        if (json !== null && !('netReset' in json) && json.userReset === 1) camera.store.reset((action) => NETWORK.has(action));
        return perform();
      }),
    }),
  },
  ...(
    [
      ['netReset', 'userReset', (action: string) => NETWORK.has(action)],
      ['userReset', 'netReset', (action: string) => !NETWORK.has(action)],
    ] as const
  ).flatMap(([name, other, isOwn]): readonly Defect[] => [
    {
      id: `${name}/resets/nothing`,
      does: `answers ${name} 1 with code 0, and resets nothing by it alone`,
      noticedBy: [`${name}/resets`],
      plant: () => ({
        tamper: performing('reset', (_, json, perform) => (json?.[name] === 1 && json[other] === 0 ? { code: 0 } : perform())),
      }),
    },
    {
      id: `${name}/alone/resets-more`,
      does: `resets everything by ${name} 1 alone`,
      noticedBy: [`${name}/alone`],
      plant: () => ({
        tamper: performing('reset', (camera, json, perform) => {
          if (json?.[name] === 1 && json[other] === 0) camera.store.reset(isOwn);
          return perform();
        }),
      }),
    },
  ]),
  {
    id: 'reset/whole/leaves-osd',
    does: 'leaves the OSD as it is with userReset 1',
    noticedBy: ['reset/whole'],
    plant: () => ({
      tamper: performing('reset', async (camera, _, perform) => {
        const kept = camera.store.values('getOsdConf');
        const reply = await perform();
        camera.store.write('getOsdConf', 0, kept);
        return reply;
      }),
    }),
  },
  ...(['netReset', 'userReset'] as const).map(
    (name): Defect => ({
      id: `${name}/necessary/not-demanded`,
      does: `takes a reset without ${name}`,
      noticedBy: [`${name}/necessary`],
      plant: () => ({ tamper: performing('reset', (_, json, perform) => (json !== null && !(name in json) ? { code: 0 } : perform())) }),
    }),
  ),
]);
