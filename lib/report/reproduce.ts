/** How a person repeats a check: the command that runs it alone, and the request that showed the failure, to be sent by hand. */
import type { Exchange } from '../http/exchange.ts';
import { printable } from '../http/printable.ts';
import { curlLine } from './curl.ts';
import type { CheckResult } from './results.ts';
import { shellWord } from './shell-word.ts';

export interface Reproduction {
  /** one line for a shell; the password comes from the environment */
  readonly command: string;
  /** a `curl` line, or the text of an RTSP request, one header a line; null where no single request shows the failure */
  readonly request: string | null;
}

/** Flags that the run was given and that decide what a check does: `['--profile', 'strict']`. */
export type Flags = readonly string[];

/** Both are printable as they are, and hold no secret. What the run itself recorded goes before what can be told from the check alone. */
export const reproduce = (check: CheckResult, flags: Flags = []): Reproduction =>
  check.reproduce ?? {
    command: ['npm run conformance --', ...[...flags, '--check', check.id].map((word) => shellWord(printable(word)))].join(' '),
    request: check.exchange === null ? null : requestOf(check.exchange),
  };

const requestOf = (exchange: Exchange): string => (exchange.url.startsWith('rtsp:') ? rtspText(exchange) : curlLine(exchange));

/** As sent, with line ends as `\n`; a session id and an answer to a challenge hold only in the connection that they belong to. */
const rtspText = ({ method, url, request }: Exchange): string =>
  (request ?? `${method} ${url} RTSP/1.0\r\nCSeq: 1\r\n\r\n`).trimEnd().split(/\r?\n/).map(printable).join('\n');
