/** What can be wrong with the answer to a command that is carried out; the same for all of them. */
import type { Members } from '../../../document/row-value.ts';
import type { Tamper } from '../../tamper.ts';
import { head, isGood } from '../tampering.ts';
import type { Defect } from './notation.ts';

type Change = readonly [word: string, does: string, tamper: (action: string, isMeant: (json: Members | null) => boolean) => Tamper];

const replyTo = (action: string, isMeant: (json: Members | null) => boolean, change: (reply: Members) => Members | string): Tamper => ({
  reply: (asked, json, reply) => (asked === action && isMeant(json) && isGood(reply) ? change(reply) : reply),
});

const CHANGES: readonly Change[] = [
  ['refused', 'refuses', (action, isMeant) => replyTo(action, isMeant, (reply) => ({ ...reply, code: 205 }))],
  ['answered-with-text', 'answers with a text', (action, isMeant) => replyTo(action, isMeant, () => 'done')],
  ['without-code', 'answers without a code', (action, isMeant) => replyTo(action, isMeant, ({ code: _, ...reply }) => reply)],
  ['by-another', 'names another device', (action, isMeant) => replyTo(action, isMeant, (reply) => ({ ...reply, deviceID: 'CBT000114010100010239' }))],
  ['without-mac', 'names no device_mac', (action, isMeant) => replyTo(action, isMeant, ({ device_mac: _, ...reply }) => reply)],
];

/** Defects of one command, or of the requests for it that `isMeant` tells; `words` are what is carried out. */
export const answeredWrong = (
  action: string,
  words: string,
  check: string,
  isMeant: (json: Members | null) => boolean = () => true,
): readonly Defect[] => [
  ...CHANGES.map(
    ([word, does, tamper]): Defect => ({
      id: `${check}/${word}`,
      does: `${does}: ${words}`,
      noticedBy: [check],
      plant: () => ({ tamper: tamper(action, isMeant) }),
    }),
  ),
  {
    id: `${check}/with-status-500`,
    does: `answers with HTTP status 500: ${words}`,
    noticedBy: [check],
    plant: () => ({ tamper: withStatus500(action, isMeant) }),
  },
];

function withStatus500(action: string, isMeant: (json: Members | null) => boolean): Tamper {
  let isNow = false;
  return {
    reply: (asked, json, reply) => {
      isNow = asked === action && isMeant(json) && isGood(reply);
      return reply;
    },
    wire: (asked, body) => (asked === action && isNow ? head('500 Internal Server Error', body) : undefined),
  };
}
