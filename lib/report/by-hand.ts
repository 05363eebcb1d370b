/**
 * The steps that lead to a finding as lines for a shell, in order, each below a comment that says what it does; where something was
 * changed and its original is known, the last line sets that again. A session is a line for ffmpeg, and its dialogue to be read.
 */

import { encodeValue } from '../http/cgi-url.ts';
import type { Exchange } from '../http/exchange.ts';
import { curlLine } from './curl.ts';
import type { CheckStep } from './results.ts';
import { dialogueOf, playLine } from './rtsp-by-hand.ts';
import { actionOf, membersOf } from './steps.ts';

/** To be said once where lines are shown. */
export const HOW_LINES_LOG_IN =
  'The lines log in as admin with the password 123456 unless CAMERA_USER and CAMERA_PASSWORD say otherwise; what they send as pwd is the MD5 of the password.';

/** Said behind what was asked; nothing where the login is the right one. */
export const CREDENTIALS_IN_WORDS = {
  right: '',
  'wrong-user': ' as a user that does not exist',
  'wrong-password': ' with a wrong password',
  'no-password': ' without a password',
  'plain-password': ' with the password itself instead of its MD5',
} as const;

/** From there on it is told how often the check asked. */
const OFTEN = 5;

interface Part {
  readonly says: string;
  readonly line: string;
}

/** Lines to be pasted into a shell; null where no step can be sent by hand. */
export function linesOf(steps: readonly CheckStep[]): string | null {
  const parts = steps.flatMap((step, index) => partOf(step, index, steps));
  const [only] = parts;
  if (only === undefined) return null;
  const isChanging = steps.some(({ kind }) => kind === 'change');
  if (parts.length === 1 && !isChanging) return only.line;
  const last = isChanging ? putBack(steps) : { parts: [], leaves: '' };
  const numbered = [...parts, ...last.parts].map(({ says, line }, index) => `# ${index + 1} ${comment(says)}\n${line}`);
  return [...numbered, ...(last.leaves === '' ? [] : [`# ${comment(last.leaves)}`])].join('\n');
}

/** The dialogue of the session that shows the finding, or of the last one; null where there is none. */
export function dialogueIn(steps: readonly CheckStep[]): string | null {
  const sessions = steps.filter(({ kind }) => kind === 'session');
  const session = sessions.find(({ shows }) => shows) ?? sessions.at(-1);
  return session === undefined ? null : dialogueOf(session.exchanges);
}

function partOf(step: CheckStep, index: number, steps: readonly CheckStep[]): readonly Part[] {
  const [exchange] = step.exchanges;
  if (exchange === undefined) return [];
  const fault = step.shows && step.kind !== 'change' && steps.length > 1 ? ': here the fault shows' : '';
  if (step.kind === 'session') {
    const line = playLine(step.exchanges);
    return line === null ? [] : [{ says: `plays the stream for 5 seconds and tells what came${fault}`, line }];
  }
  const several = step.times >= OFTEN ? `, ${step.times} times in the check` : '';
  return [{ says: `${inWords(step.kind, exchange, index, steps)}${several}${fault}`, line: curlLine(exchange, index) }];
}

function inWords(kind: CheckStep['kind'], exchange: Exchange, index: number, steps: readonly CheckStep[]): string {
  const login = CREDENTIALS_IN_WORDS[exchange.credentials ?? 'right'];
  const action = actionOf(exchange) ?? 'the path';
  if (kind === 'picture') return `gets a picture${new URL(exchange.url).search.replace('?', ' with ')}${login}`;
  if (kind === 'change') {
    const names = Object.keys(membersOf(exchange.json) ?? {}).join(', ');
    return `${login === '' ? 'changes the camera' : 'must be refused'}: ${action} ${names}${login}`;
  }
  const isBehind = steps.slice(0, index).some((each) => each.kind === 'change');
  const isAhead = steps.slice(index).some((each) => each.kind === 'change');
  return `${isBehind ? 'reads what it is then' : isAhead ? 'reads what it is now' : 'reads'}: ${action}${login}`;
}

/** The last change first. */
function putBack(steps: readonly CheckStep[]): { readonly parts: readonly Part[]; readonly leaves: string } {
  const parts: Part[] = [];
  const left = new Set<string>();
  for (const { kind, exchanges, original } of steps.toReversed()) {
    const [exchange] = exchanges;
    if (kind !== 'change' || exchange === undefined) continue;
    const known = membersOf(original);
    const action = actionOf(exchange) ?? exchange.url;
    if (known === null || typeof original !== 'string') left.add(action);
    else {
      parts.push({
        says: `puts back what the camera had before: ${action} ${Object.keys(known).join(', ')}`,
        line: curlLine(withJson(exchange, original)),
      });
      for (const name of Object.keys(membersOf(exchange.json) ?? {})) if (!(name in known)) left.add(name);
    }
  }
  if (left.size === 0) return { parts, leaves: '' };
  return { parts, leaves: `These lines do not put back ${[...left].join(', ')}. The npm line does.` };
}

const withJson = (exchange: Exchange, json: string): Exchange => ({
  ...exchange,
  json,
  url: exchange.url.replace(/([?&]json=)[^&]*/, (_, name: string) => name + encodeValue(json)),
});

/** zsh takes a comment that is pasted for a command: nothing in it may mean something to a shell. */
const comment = (text: string): string =>
  text
    .replaceAll(/[^\w .,:/=-]/g, ' ')
    .replaceAll(/ +/g, ' ')
    .trimEnd();
