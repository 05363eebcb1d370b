/** Who a camera in the field says that it is, and what stands around its replies. */
import type { Members } from '../../../document/row-value.ts';
import type { Habits } from '../../habits.ts';
import { type FieldFact, SOURCES } from './fact.ts';

/** As one reply shows it. */
export const OWN_IDENTITY = { device_mac: 'bc-07-18-01-c5-0f', deviceID: 'H01000118160100011616', device_id: 'H01000118160100011616' } as const;

const HEX_DIGITS = 32;

/** `sign_tby`: another 32 hex digits in each reply. */
const signature = (random: () => number): string => Array.from({ length: HEX_DIGITS }, () => Math.floor(random() * 16).toString(16)).join('');

/** Changes every JSON reply. */
const replying = (change: (action: string, reply: Members) => Members): Habits => ({
  tamper: { reply: (action, _, reply) => change(action, reply) },
});

export const IDENTITY_FACTS: readonly FieldFact[] = [
  {
    id: 'field-identity',
    does: 'is bc-07-18-01-c5-0f, H01000118160100011616',
    sections: [1, 5],
    source: SOURCES.radcam,
    make: () => replying((_, reply) => ({ ...reply, ...OWN_IDENTITY })),
  },
  {
    id: 'field-versions',
    does: 'has the versions 22.010.30.6_MAIN_V44 and platform v9.6.1',
    sections: [5],
    source: SOURCES.hi351x,
    make: () => ({ starts: { getSysConfig: [{ version: '22.010.30.6_MAIN_V44', pf_version: 'platform v9.6.1', kernel_version: 'Linux 4.9.37' }] } }),
  },
  {
    id: 'field-signature',
    does: 'signs each reply with another sign_tby',
    sections: [1],
    source: SOURCES.radcam,
    make: (random) => replying((_, reply) => ({ ...reply, sign_tby: signature(random) })),
  },
  {
    id: 'field-log-success',
    does: "has 'ACTION' success in log",
    sections: [1],
    source: SOURCES.hi351x,
    make: () => replying((action, reply) => (reply.code === 0 ? { ...reply, log: `'${action}' success` } : reply)),
  },
];
