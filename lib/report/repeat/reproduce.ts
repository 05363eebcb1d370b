/** How a person repeats a check: the command that runs it alone, and the requests that lead to the finding, to be sent by hand. */

import type { CheckResult, CheckStep } from '../../results/results.ts';
import type { Exchange } from '../../wire/exchange.ts';
import { printable } from '../../wire/printable.ts';
import { dialogueIn, linesOf } from './by-hand.ts';
import { shellWord } from './shell-word.ts';

export interface Reproduction {
  /** one line for a shell; the password comes from the environment */
  readonly command: string;
  /**
   * Lines for a shell, few and in order: `curl` for HTTP, ffmpeg for streams. Several have a comment line before each (`# 2 changes the
   * camera: …`). Null where nothing that can be sent by hand shows the failure.
   */
  readonly request: string | null;
  /** for RTSP: the requests as they have to be sent, to be read; it cannot be pasted anywhere */
  readonly dialogue?: string | null | undefined;
}

/** Flags that the run was given and that decide what a check does: `['--profile', 'strict']`. */
export type Flags = readonly string[];

/** All is printable as it is, and holds no secret. What the run itself recorded goes before what can be told from the check alone. */
export function reproduce(check: CheckResult, flags: Flags = []): Reproduction {
  if (check.reproduce !== undefined) return check.reproduce;
  const steps = check.steps ?? (check.exchange === null ? [] : [stepOf(check.exchange)]);
  return {
    command: ['npm run conformance --', ...[...flags, '--check', check.id].map((word) => shellWord(printable(word)))].join(' '),
    request: linesOf(steps, receivedBy(check)),
    dialogue: dialogueIn(steps),
  };
}

/** The first finding's, in one line. */
const receivedBy = ({ findings: [first] }: CheckResult): string | null => first?.received.split('\n', 1)[0] ?? null;

function stepOf(exchange: Exchange): CheckStep {
  const alone = { times: 1, facts: null, original: null, shows: true } as const;
  return exchange.kind === 'rtsp' ? { kind: 'session', ...alone, exchanges: [exchange] } : { kind: 'read', ...alone, exchanges: [exchange] };
}
