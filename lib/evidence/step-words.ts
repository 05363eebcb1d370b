/** What each step does, in words, for headings and comments. */

import type { CheckStep } from '../results/results.ts';
import { askedAction } from '../wire/asked-action.ts';
import type { Exchange } from '../wire/exchange.ts';
import { membersOf } from './requested.ts';

/** Said behind what was asked; nothing where the login is the right one. */
export const CREDENTIALS_IN_WORDS = {
  right: '',
  'wrong-user': ' as a user that does not exist',
  'wrong-password': ' with a wrong password',
  'no-password': ' without a password',
  'plain-password': ' with the password itself instead of its MD5',
  'near-miss': ' with credentials that are nearly right',
} as const;

/** From there on it is told how often the check asked. */
const OFTEN = 5;
const MOST_NAMES = 6;

/** `changes the camera: setVencConf bitrate, gop`. What the camera or a check chose is in it: to be made printable. */
export const wordsOf = (steps: readonly CheckStep[]): readonly string[] =>
  steps.map((step, index) => `${inWords(step, index, steps)}${often(step)}${fault(step, steps)}`);

const often = ({ times }: CheckStep): string => (times >= OFTEN ? `, ${times} times in the check, always with that reply` : '');

const fault = ({ shows, kind }: CheckStep, steps: readonly CheckStep[]): string =>
  shows && kind !== 'change' && steps.length > 1 ? ': here the fault shows' : '';

function inWords(step: CheckStep, index: number, steps: readonly CheckStep[]): string {
  if (step.kind === 'session') return `RTSP session: ${step.exchanges.map(({ method }) => method).join(', ')}`;
  const [exchange] = step.exchanges;
  if (exchange === undefined) return 'nothing';
  const login = CREDENTIALS_IN_WORDS[exchange.credentials ?? 'right'];
  switch (step.kind) {
    case 'picture':
      return `gets a picture${query(exchange)}${login}`;
    case 'change': {
      const names = namesIn(exchange.json);
      return `${login === '' ? 'changes the camera' : 'has to be refused'}: ${nameOf(exchange)}${names === '' ? '' : ` ${names}`}${login}`;
    }
    case 'read': {
      const isBehind = steps.slice(0, index).some((each) => each.kind === 'change');
      const isAhead = steps.slice(index).some((each) => each.kind === 'change');
      return `${isBehind ? 'reads what it is then' : isAhead ? 'reads what it is before' : 'reads'}: ${nameOf(exchange)}${login}`;
    }
  }
}

/** The members of a request, the first ones where they are many. */
export function namesIn(json: string | null): string {
  const names = Object.keys(membersOf(json) ?? {});
  const more = names.length - MOST_NAMES;
  return more > 0 ? `${names.slice(0, MOST_NAMES).join(', ')} and ${more} more` : names.join(', ');
}

const query = ({ url }: Exchange): string => {
  const [, text] = url.split('?');
  return text === undefined || text === '' ? '' : ` with ${text}`;
};

/** The action, or the path where there is none. */
const nameOf = (exchange: Exchange): string => askedAction(exchange) ?? (URL.canParse(exchange.url) ? new URL(exchange.url).pathname : exchange.url);
