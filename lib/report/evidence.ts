/** One check as people read it: its heading, what was sent, what the document says, what came, how to repeat it. Everything is made printable here. */
import type { Exchange } from '../http/exchange.ts';
import { printable, shorten } from '../http/printable.ts';
import { reproduce } from './reproduce.ts';
import type { CheckResult } from './results.ts';

/** Some replies are pictures in Base64. The whole is in `results.json`. */
const LONGEST_BODY = 20_000;

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
  const [first = '', ...others] = request === null ? [] : request.length > longest ? ['see "reproduce" in results.json'] : request.split('\n');
  return [line('Repeat', command), ...(first === '' ? [] : [line('By hand', first)]), ...others.map((each) => line('', each))].map(
    (each) => `  ${printable(each)}`,
  );
}

/** The request URL and the raw reply, one line of the reply a line. */
export function formatExchange({ method, url, reply, failure, deviations }: Exchange): string {
  const lines = [line('Request', `${method} ${url}`)];
  if (failure !== null) lines.push(line('No reply', failure));
  if (reply !== null) {
    lines.push(line('Reply', reply.statusLine), ...reply.headers.map(([name, value]) => line('', `${name}: ${value}`)));
    const body = reply.text === null ? `(${reply.bytes} bytes that are no text)` : shorten(reply.text, LONGEST_BODY);
    lines.push(...body.split(/\r?\n/).map((each) => line('', each)));
  }
  lines.push(...deviations.map(({ id, detail }) => line('Deviation', `${id}: ${detail}`)));
  return lines.map((each) => printable(each).trimEnd()).join('\n');
}
