/**
 * The steps that lead to a finding as lines for a shell, in order, each below a comment that says what it does; where something was
 * changed and its original is known, the last line sets that again. A session is a line for ffmpeg, and its dialogue to be read.
 */

import { membersOf } from '../../evidence/requested.ts';
import { namesIn, wordsOf } from '../../evidence/step-words.ts';
import type { CheckStep } from '../../results/results.ts';
import { askedAction } from '../../wire/asked-action.ts';
import type { HttpExchange } from '../../wire/exchange.ts';
import { encodeValue } from '../../wire/percent-encoding.ts';
import { shorten } from '../../wire/printable.ts';
import { MASK } from '../../wire/redact.ts';
import { curlLine, logInLine } from './curl.ts';
import { dialogueOf, PLAYED_S, playLine } from './rtsp-by-hand.ts';

/** To be said once where lines are shown. */
export const HOW_LINES_LOG_IN =
  'The lines log in as admin with the password 123456 unless CAMERA_USER and CAMERA_PASSWORD say otherwise; what they send of it is the MD5.';

const LONGEST_FOUND = 200;

interface Part {
  readonly says: string;
  readonly line: string;
}

/**
 * Lines to be pasted into a shell, each reply closed by a line end, which cameras send none; null where no step can be sent by hand.
 *
 * @param received what was found, for whoever compares
 */
export function linesOf(steps: readonly CheckStep[], received: string | null = null): string | null {
  const words = wordsOf(steps);
  const parts = [...withoutRepetition(steps.flatMap((step, index) => partOf(step, index, words[index] ?? '')))];
  const [only] = parts;
  if (only === undefined) return null;
  const posted = steps.flatMap(({ exchanges }) => [...exchanges]).find((exchange) => exchange.kind === 'http' && exchange.method === 'POST');
  if (posted?.kind === 'http')
    parts.unshift({ says: 'logs in: from then on this address is trusted, until the camera restarts', line: logInLine(posted) });
  const isChanging = steps.some(({ kind }) => kind === 'change');
  if (parts.length === 1 && !isChanging && steps[0]?.kind !== 'session') return only.line;
  const last = isChanging ? putBack(steps) : { parts: [], leaves: '' };
  const all = [...parts, ...withoutRepetition(last.parts)];
  const numbered = all.map(
    ({ says, line }, index) => `# ${all.length === 1 ? '' : `${index + 1} `}${comment(says)}\n${line}${line.includes('curl -sSi ') ? '; echo' : ''}`,
  );
  const found = received === null ? [] : [`# The check received: ${comment(shorten(received, LONGEST_FOUND))}`];
  return [...numbered, ...found, ...(last.leaves === '' ? [] : [`# ${comment(last.leaves)}`])].join('\n');
}

/** Two readings with different replies are one line. */
const withoutRepetition = (parts: readonly Part[]): readonly Part[] => parts.filter(({ line }, index) => line !== parts[index + 1]?.line);

/** The dialogue of the session that shows the finding, or of the last one; null where there is none. */
export function dialogueIn(steps: readonly CheckStep[]): string | null {
  const sessions = steps.filter((step) => step.kind === 'session');
  const session = sessions.find(({ shows }) => shows) ?? sessions.at(-1);
  return session === undefined ? null : dialogueOf(session.exchanges);
}

function partOf(step: CheckStep, index: number, says: string): readonly Part[] {
  if (step.kind !== 'session') return step.exchanges.slice(0, 1).map((exchange) => ({ says, line: curlLine(exchange, index) }));
  const line = playLine(step.exchanges);
  return line === null
    ? []
    : [
        {
          says: `plays the stream for ${PLAYED_S} s: each line of the replies, what the stream is, and how many kB of video came, of which kbit/s are 8/${PLAYED_S}${step.shows ? ': here the fault shows, or else when the dialogue is sent by hand, as behind TEARDOWN' : ''}`,
          line,
        },
      ];
}

/** The last change first. */
function putBack(steps: readonly CheckStep[]): { readonly parts: readonly Part[]; readonly leaves: string } {
  const parts: Part[] = [];
  const left = new Set<string>();
  for (const step of steps.toReversed()) {
    const [exchange] = step.kind === 'change' ? step.exchanges : [];
    if (exchange === undefined) continue;
    const { original } = step;
    const known = membersOf(original);
    const action = askedAction(exchange) ?? exchange.url;
    if (known === null || original === null) left.add(`what ${action} sets`);
    else {
      parts.push({
        says: `puts back what the camera had before: ${action} ${namesIn(original)}`,
        line: curlLine(withJson(exchange, original)),
      });
      for (const name of Object.keys(membersOf(exchange.json) ?? {})) if (!(name in known)) left.add(name);
    }
  }
  if (left.size === 0) return { parts, leaves: '' };
  return { parts, leaves: `These lines leave ${[...left].join(', ')} changed, the npm line leaves the camera as it found it` };
}

/** Whoever made the change: it is put back with the right login. */
function withJson(exchange: HttpExchange, json: string): HttpExchange {
  if (exchange.method === 'POST') return { ...exchange, json };
  const [address = '', query = ''] = exchange.url.split('?');
  const action = new URLSearchParams(query).get('action') ?? '';
  const user = exchange.credentials === 'wrong-user' ? 'admin' : (new URLSearchParams(query).get('user') ?? 'admin');
  return {
    ...exchange,
    json,
    credentials: 'right',
    url: `${address}?user=${encodeValue(user)}&pwd=${MASK}&action=${encodeValue(action)}&json=${encodeValue(json)}`,
  };
}

/** zsh takes a comment that is pasted for a command: nothing in it may mean something to a shell. */
const comment = (text: string): string =>
  text
    .replaceAll(/[^\w .,:/=%-]/g, ' ')
    .replaceAll(/ +/g, ' ')
    .trimEnd();
