/** What led to a finding as plain text: each request with its reply, and what was measured. Everything is made printable here. */
import type { CheckResult, CheckStep } from '../results/results.ts';
import type { Exchange } from '../wire/exchange.ts';
import { printable, shorten } from '../wire/printable.ts';
import { replyText, requestText } from './exchange-text.ts';
import { wordsOf } from './step-words.ts';

/** Some replies are pictures in Base64. The whole is in `results.json`. */
const LONGEST_REPLY = 20_000;

/** `Documented  …`, as `messageOf` writes it: a word, then blanks up to the twelfth column. */
export const line = (word: string, text: string): string => `${word.padEnd(12)}${text}`;

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
