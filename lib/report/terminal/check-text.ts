/** One check as people read it: its heading, what was sent, what the document says, what came, how to repeat it. Everything is made printable here. */

import { replyText, requestText } from '../../evidence/exchange-text.ts';
import type { CheckResult, CheckStep } from '../../results/results.ts';
import type { Exchange } from '../../wire/exchange.ts';
import { printable, shorten } from '../../wire/printable.ts';
import { reproduce } from '../repeat/reproduce.ts';
import { wordsOf } from '../repeat/step-words.ts';

/** Some replies are pictures in Base64. The whole is in `results.json`. */
const LONGEST_REPLY = 20_000;

/** `Documented  …`, as `messageOf` writes it: a word, then blanks up to the twelfth column. */
const line = (word: string, text: string): string => `${word.padEnd(12)}${text}`;

/** What the request did, without its credentials: `setVencConf {"bitrate":1}`, or the path where there is no action. */
function sent(check: CheckResult, { url, json, attempts }: Exchange): string {
  const what = check.action ?? (URL.canParse(url) ? new URL(url).pathname : url);
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

/** The request and the reply, each line of them a line. */
export function formatExchange(exchange: Exchange): string {
  const { failure, deviations } = exchange;
  const reply = replyText(exchange);
  const lines = [
    ...block('Request', requestText(exchange)),
    ...(failure === null ? [] : [line('No reply', failure)]),
    ...(reply === null ? [] : block('Reply', shorten(reply, LONGEST_REPLY))),
    ...deviations.map(({ id, detail }) => line('Deviation', `${id}: ${detail}`)),
  ];
  return lines.map((each) => printable(each).trimEnd()).join('\n');
}

const block = (word: string, text: string): readonly string[] => text.split(/\r?\n/).map((each, index) => line(index === 0 ? word : '', each));

/** What led to the finding, or the exchange that shows it where that is not known: results of earlier versions. */
export function formatSteps({ steps, exchange }: Pick<CheckResult, 'steps' | 'exchange'>): string {
  if (steps === undefined || steps.length === 0) return exchange === null ? '' : formatExchange(exchange);
  const words = wordsOf(steps);
  return steps.map((step, index) => [line(`Step ${index + 1}`, printable(words[index] ?? '')), ...bodyOf(step)].join('\n')).join('\n\n');
}

const bodyOf = ({ exchanges, facts }: CheckStep): readonly string[] => [
  ...exchanges.map(formatExchange),
  ...(facts === null ? [] : block('Measured', facts).map(printable)),
];
