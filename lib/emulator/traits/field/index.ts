/** Traits of cameras as people have them: where they hang, and what they are known to do. */
import type { Trait } from '../trait.ts';
import { BOARD_FACTS } from './board.ts';
import { DISPLAY_FACTS } from './display.ts';
import type { FieldFact } from './fact.ts';
import { IDENTITY_FACTS } from './identity.ts';
import { inUseStarts } from './in-use.ts';
import { createLockout } from './lockout.ts';
import { MACHINE_FACTS } from './machine.ts';

/** What was seen of cameras that are sold. */
export const FIELD_FACTS: readonly FieldFact[] = [...IDENTITY_FACTS, ...DISPLAY_FACTS, ...BOARD_FACTS, ...MACHINE_FACTS];

export const FIELD_TRAITS: readonly Trait[] = [
  ...FIELD_FACTS,
  {
    id: 'in-use',
    does: 'Has every service on, with addresses and credentials of its own, DHCP, 4G as its way, wired outputs, and a timed restart that is due in 45 min.',
    sections: [8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 26, 27, 29, 30, 31, 35],
    make: () => ({ starts: inUseStarts(Date.now()) }),
  },
  {
    id: 'locks-out',
    does: 'Locks its account for 30 s after five wrong log-ins in a row, over HTTP and RTSP together; right ones are refused meanwhile, too.',
    sections: [1, 19],
    make: (_, time) => createLockout({ failures: 5, lockedMs: 30_000 }, time),
  },
];
