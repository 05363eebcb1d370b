/** Section 6: a reset that resets what it should not, or answers what it should not. */
import type { Members } from '../../../document/row-value.ts';
import { replying } from '../tampering.ts';
import { type Defect, inSection, performing } from './notation.ts';
import { answeredWrong } from './performed.ts';

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
    id: 'reset/illegal/own-text',
    does: 'answers a value outside the enumeration with a text of its own',
    noticedBy: ['reset/illegal'],
    plant: () => ({ tamper: replying('reset', (reply, json) => (json?.netReset === 2 ? 'illegal' : reply)) }),
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
