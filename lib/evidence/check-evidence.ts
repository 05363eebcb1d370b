/**
 * What a check did, as people follow it in a report: its requests as steps, where it and the document part, and what it looked at,
 * as attachments. Plain data, made where the check ran. Everything that came from the camera is made printable here; secrets were
 * removed as it was recorded.
 */

import type { Finding } from '../results/finding.ts';
import type { CheckResult } from '../results/results.ts';
import { askedAction } from '../wire/asked-action.ts';
import type { HttpExchange } from '../wire/exchange.ts';
import { printable, shorten } from '../wire/printable.ts';
import { formatExchange, formatSteps } from './step-text.ts';
import { formatStream } from './stream-evidence.ts';
import { isReading, type Noted, type Recorded, type SeenPicture } from './tape.ts';
import type { Viewing } from './viewing.ts';

export interface Attachment {
  readonly name: string;
  readonly type: 'text/plain' | SeenPicture['type'];
  readonly content: string | Uint8Array;
}

export interface Step {
  readonly title: string;
  /** ISO 8601; null for what is no event */
  readonly startedAt: string | null;
  readonly durationMs: number;
  /** where the camera and the document part; null for every other step */
  readonly finding: Finding | null;
  readonly attachments: readonly Attachment[];
}

/** Every check has its steps in the report; what one says must not outgrow it. */
const LONGEST_TITLE = 160;
/** Whole exchanges are attached to what failed: those that may have changed something, and as many before the end. */
const MOST_EXCHANGES = 12;
const LONGEST_REPLY = 60;
const SHORTEST_TOLD_MS = 100;

export interface EvidenceOptions {
  /** whether there is room for them: they are the bulk of a report */
  readonly withPictures: boolean;
  /** removes what is secret from text that was not recorded as an exchange */
  readonly mask: (text: string) => string;
}

export function evidenceOf(check: Omit<CheckResult, 'durationMs'>, recorded: Recorded, { withPictures, mask }: EvidenceOptions): readonly Step[] {
  const isJudged = check.verdict !== 'pass' && check.verdict !== 'skip';
  const { exchanges, omitted } = recorded;
  const whole = new Set(isJudged ? exchanges.filter((noted, index) => !isReading(noted.exchange) || index >= exchanges.length - MOST_EXCHANGES) : []);
  const events = [
    ...exchanges.map((noted) => exchangeStep(noted, whole.has(noted))),
    ...recorded.streams.map((viewing) => streamStep(viewing, isJudged, mask)),
  ];
  return [
    ...events.toSorted(byTime),
    ...(omitted > 0 ? [step(`${omitted} requests in between are not shown`)] : []),
    ...(withPictures ? recorded.pictures.map(pictureStep) : []),
    ...(isJudged ? findingSteps(check) : []),
  ];
}

const step = (title: string, more: Partial<Step> = {}): Step => ({
  title: shorten(printable(title), LONGEST_TITLE),
  startedAt: null,
  durationMs: 0,
  finding: null,
  attachments: [],
  ...more,
});

const text = (name: string, content: string): Attachment => ({ name, type: 'text/plain', content });

const byTime = (one: Step, other: Step): number => Date.parse(one.startedAt ?? '') - Date.parse(other.startedAt ?? '') || 0;

/** `getGb28181 → code 0, 40 times in 2.0 s`. */
function exchangeStep({ exchange, times, since }: Noted, isWhole: boolean): Step {
  const attachments = isWhole ? [text('Exchange', formatExchange(exchange))] : [];
  const durationMs = Date.parse(exchange.startedAt) - Date.parse(since) + exchange.durationMs;
  const seconds = durationMs < SHORTEST_TOLD_MS ? '' : ` in ${(durationMs / 1000).toFixed(1)} s`;
  const repeated = times > 1 ? `, ${times} times${seconds}, always the same` : '';
  return step(`${requestOf(exchange)} → ${replyOf(exchange)}${repeated}`, { startedAt: since, durationMs, attachments });
}

/** `setVencConf {"bitrate":1}`, or the path where there is no action. */
function requestOf({ url, json, method }: HttpExchange): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  const action = method === 'POST' || parsed?.pathname.endsWith('cgi_action') ? askedAction({ method, url }) : null;
  const what = action ? action : `${method} ${parsed === null ? url : parsed.pathname + parsed.search}`;
  return json === null ? what : `${what} ${shorten(json, LONGEST_REPLY)}`;
}

function replyOf({ reply, failure, attempts }: HttpExchange): string {
  const times = attempts > 1 ? `, ${attempts} attempts` : '';
  if (reply === null) return `no reply: ${failure ?? 'none came'}${times}`;
  const status = reply.status === 200 ? '' : `${reply.statusLine}, `;
  const code = reply.text === null ? null : /"code"\s*:\s*"?(-?\d+)/.exec(reply.text)?.[1];
  if (reply.text === null) return `${status}${reply.bytes} bytes${times}`;
  return `${status}${code === undefined ? shorten(reply.text.trim(), LONGEST_REPLY) : `code ${code}`}${times}`;
}

function streamStep(viewing: Viewing, isWhole: boolean, mask: EvidenceOptions['mask']): Step {
  const { dialogue, description, facts } = formatStream(viewing, mask);
  const [first] = viewing.exchanges;
  return step(`RTSP session: ${viewing.exchanges.map(({ method, reply }) => `${method} ${reply?.status ?? 'without reply'}`).join(', ')}`, {
    startedAt: first?.startedAt ?? null,
    durationMs: viewing.exchanges.reduce((sum, { durationMs }) => sum + durationMs, 0),
    attachments: [
      ...(description === null ? [] : [text('Session description', description)]),
      ...(facts === null ? [] : [text('Stream facts', facts)]),
      ...(isWhole ? [text('RTSP dialogue', dialogue)] : []),
    ],
  });
}

const pictureStep = ({ type, bytes, query, size, shownAs }: SeenPicture): Step => {
  const name = type === 'image/jpeg' ? 'JPEG' : 'BMP';
  const shown = shownAs === null ? '' : `, made smaller to be shown: ${shownAs}`;
  return step(`The picture ${query === '' ? 'without a format' : query.slice(1)}: ${name}, ${size} bytes${shown}`, {
    attachments: [{ name: `Snapshot, ${name}`, type, content: bytes }],
  });
};

/** One step for each finding; what led to it and the exchange that shows it are attached to the first. */
function findingSteps({ findings, exchange, steps = [], section, level }: Omit<CheckResult, 'durationMs'>): readonly Step[] {
  const attachments = [
    ...(steps.length > 1 ? [text('What led to it, step by step', formatSteps({ steps, exchange }))] : []),
    ...(exchange === null ? [] : [text('Exchange that shows it', formatExchange(exchange))]),
  ];
  const title =
    level === 'must' ? `Not as section ${section} of the document says` : `Not as expected, concerning section ${section} of the document`;
  return findings.map((finding, index) =>
    step(title, {
      finding,
      startedAt: exchange?.startedAt ?? null,
      attachments: index === 0 ? attachments : [],
    }),
  );
}
