/** One check as people read it: its heading, what was sent, what the document says, what came, how to repeat it. Everything is made printable here. */

import { line } from '../../evidence/step-text.ts';
import type { CheckResult } from '../../results/results.ts';
import type { Exchange } from '../../wire/exchange.ts';
import { printable, shorten } from '../../wire/printable.ts';
import { reproduce } from '../repeat/reproduce.ts';

/** What the request did, without its credentials: `setVencConf {"bitrate":1}`, or the path where there is no action. */
function sent(check: CheckResult, exchange: Exchange): string {
  const { url } = exchange;
  const what = check.action ?? (URL.canParse(url) ? new URL(url).pathname : url);
  if (exchange.kind === 'rtsp') return what;
  const { json, attempts } = exchange;
  const repeated = attempts > 1 ? ` (${attempts} attempts)` : '';
  return `${what}${json === null ? '' : ` ${json}`}${repeated}`;
}

/** `video/bitrate/above-range   21.2   must   refuses or clamps …`, then indented lines of at most `longest` characters. */
export function formatCheck(check: CheckResult, longest: number): string {
  const heading = [check.id, check.section, check.level, check.title].map(printable).join('   ');
  const lines = [
    ...(check.exchange === null ? [] : [line('Sent', sent(check, check.exchange))]),
    ...(check.message ?? '').split('\n').filter((each) => each !== ''),
  ];
  return [heading, ...lines.map((each) => `  ${shorten(printable(each), longest)}`), ...formatReproduction(check, longest)].join('\n');
}

/** What is there to be copied is whole, or it is not shown. */
function formatReproduction(check: CheckResult, longest: number): readonly string[] {
  if (check.verdict === 'pass' || check.verdict === 'skip') return [];
  const { command, request } = reproduce(check);
  const [first = '', ...others] =
    request === null ? [] : request.length > longest ? ['in statement.html, and under "reproduce" in results.json'] : request.split('\n');
  return [line('Repeat', command), ...(first === '' ? [] : [line('By hand', first)]), ...others.map((each) => line('', each))].map(
    (each) => `  ${printable(each)}`,
  );
}
