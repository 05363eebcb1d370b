/** What results of earlier versions lack, made from what they have, as they are read: nothing behind this border knows of it. */
import type { About, Finding } from './finding.ts';

interface Found {
  readonly verdict: string;
  readonly message: string | null;
  readonly findings: readonly Finding[];
}

/** The findings of a check that failed or warned were its `message` alone. */
export function withFindings<Check extends Found>(check: Check): Check {
  const { verdict, message, findings } = check;
  return findings.length > 0 || message === null || !['fail', 'warn'].includes(verdict) ? check : { ...check, findings: findingsIn(message) };
}

const LINE = /^(Documented|Received) {2,}/;

/** The findings of a message as `messageOf` writes it; what the camera sent may go over several lines. */
function findingsIn(message: string): Finding[] {
  const findings: { documented: string; received: string; about?: About }[] = [];
  let side: 'documented' | 'received' = 'documented';
  for (const line of message.split('\n')) {
    const [label = '', word] = LINE.exec(line) ?? [];
    if (word === 'Documented') findings.push({ documented: '', received: '' });
    const last = findings.at(-1);
    if (last === undefined) return [];
    if (word !== undefined) side = word === 'Documented' ? 'documented' : 'received';
    last[side] = word === undefined ? `${last[side]}\n${line}` : line.slice(label.length);
  }
  return findings.map((each) => ({ ...each, ...erratumIn(each.documented) }));
}

/** `… (strict profile; erratum system-kernel-version-missing)`. */
function erratumIn(documented: string): Pick<Finding, 'about'> {
  const [, errata] = /\(strict profile; erratum ([\w, -]+)\)/.exec(documented) ?? [];
  return errata === undefined ? {} : { about: { errata: errata.split(', ') } };
}

/** An exchange was told to be one over RTSP by its URL alone, and had what only HTTP has. */
export function withKind(exchange: unknown): unknown {
  if (typeof exchange !== 'object' || exchange === null || 'kind' in exchange) return exchange;
  const { url, method } = exchange as { readonly url?: unknown; readonly method?: unknown };
  if (typeof url !== 'string' || !url.startsWith('rtsp:')) return { kind: 'http', ...exchange };
  return { kind: 'rtsp', remote: URL.canParse(url) ? new URL(url).host : url, request: `${method} ${url} RTSP/1.0`, ...exchange };
}
