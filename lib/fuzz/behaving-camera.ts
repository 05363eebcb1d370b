/**
 * A random camera that behaves: it leaves out parameters and whole actions, has other settings than the document's examples, and
 * frames its replies in its own way. As data, so that the smallest one that is failed can be kept.
 */

import { SECTIONS } from '../document/index.ts';
import type { Settings } from '../document/notation.ts';
import { isNecessary, isSettable, type Members } from '../document/row-value.ts';
import { ENVELOPE, NOT_SUPPORTED_CODE } from '../document/sections/01-generic.ts';
import type { EmulatorOptions } from '../emulator/emulator.ts';
import type { HttpReply } from '../emulator/http-message.ts';
import type { Model } from '../emulator/model.ts';
import { TRAITS } from '../emulator/traits/index.ts';
import { verdictOf } from '../emulator/traits/trait.ts';
import { type Attempt, legalAttempt } from './attempt.ts';
import { type Arbitrary, fc } from './fast-check.ts';
import type { Target } from './targets.ts';

export interface BehavingCamera {
  readonly model: Model;
  /** ids of traits */
  readonly quirks: readonly string[];
  /** gets that are not offered, with their sets, and the answer to them */
  readonly lacks: readonly string[];
  readonly lacking: 'text' | number;
  /** parameters that a get does not return: `getOsdConf font_size` */
  readonly hides: readonly string[];
  /** legal sets that made its settings what they are */
  readonly history: readonly Attempt[];
  readonly framing: Framing;
}

/** How replies are written. */
export interface Framing {
  readonly version: '1.0' | '1.1';
  /** sizes of the chunks, in turn; none: the length is told, or the connection ends the body */
  readonly chunks: readonly number[];
  readonly isLengthTold: boolean;
  readonly isClosed: boolean;
  readonly headers: 'lower' | 'upper' | 'as-it-is';
  /** names and values that stand beside the others */
  readonly more: readonly (readonly [name: string, value: string])[];
  /** additional members of JSON objects, at the front or the end */
  readonly members: Members;
  readonly inFront: boolean;
  /** white space between the tokens of JSON */
  readonly indent: '' | ' ' | '\t' | '\r\n';
}

const PARTS: readonly Settings[] = SECTIONS.flatMap(({ parts }) => parts.filter((part) => part.kind === 'settings'));
const SETS: ReadonlyMap<string, string> = new Map(PARTS.map(({ get, set }) => [get, set ?? '']));
/** The camera is found and named by these. */
const INDISPENSABLE: ReadonlySet<string> = new Set(['getSysConfig', 'getRtspConf', 'getVencConf']);
const ENVELOPE_NAMES: ReadonlySet<string> = new Set(ENVELOPE.map(({ name }) => name));

/** Legal habits of HTTP, JSON and settings; those of streams have suites of their own, and slow ones take their time. */
const FINE_QUIRKS: readonly string[] = TRAITS.filter(
  (trait) => verdictOf(trait) === 'nothing' && !/^(rtsp|rtp|rtcp|sdp|h264|h265|jpeg-|snapshot|joins|smart|key-frames|slow|ports)/.test(trait.id),
).map(({ id }) => id);

/** What nothing hangs on: a parameter that a set demands, or that others are tied to, is there where the others are. */
export const hideable = (): readonly string[] =>
  PARTS.flatMap((part) => {
    const tied = new Set(
      part.rows.flatMap(({ when, link }) => [
        ...Object.keys(when ?? {}),
        ...(link?.kind === 'pair' ? [link.with, link.list] : link ? [link.limit] : []),
      ]),
    );
    return part.rows
      .filter(
        (row) =>
          !isNecessary(row) &&
          row.link === undefined &&
          !row.held &&
          row.sameAs === undefined &&
          !tied.has(row.name) &&
          !ENVELOPE_NAMES.has(row.name),
      )
      .filter((row) => isSettable(row) || !row.volatile)
      .map((row) => `${part.get} ${row.name}`);
  });

const framing: Arbitrary<Framing> = fc.record({
  version: fc.constantFrom('1.1' as const, '1.0' as const),
  chunks: fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 3 }),
  isLengthTold: fc.boolean(),
  isClosed: fc.boolean(),
  headers: fc.constantFrom('as-it-is' as const, 'lower' as const, 'upper' as const),
  more: fc.array(
    fc.constantFrom(
      ['Server', 'thttpd/2.25b'] as const,
      ['Content-Type', 'text/plain'] as const,
      ['Content-Type', 'application/json'] as const,
      ['Cache-Control', 'no-cache'] as const,
      ['X-Empty', ''] as const,
      ['Set-Cookie', 'a=b; Path=/'] as const,
    ),
    { maxLength: 3 },
  ),
  members: fc.dictionary(
    fc.stringMatching(/^x_[a-z]{1,6}$/),
    fc.oneof(fc.integer(), fc.string({ maxLength: 10 }), fc.constant(null), fc.constant([]), fc.constant({ a: 1 })),
    { maxKeys: 3 },
  ),
  inFront: fc.boolean(),
  indent: fc.constantFrom('' as const, ' ' as const, '\t' as const, '\r\n' as const),
});

export const behavingCamera = (targets: readonly Target[]): Arbitrary<BehavingCamera> =>
  fc.record({
    model: fc.constantFrom('full' as const, 'literal' as const),
    quirks: fc.subarray([...FINE_QUIRKS], { maxLength: 3 }),
    lacks: fc.subarray(
      [...SETS.keys()].filter((get) => !INDISPENSABLE.has(get)),
      { maxLength: 8 },
    ),
    lacking: fc.constantFrom('text' as const, NOT_SUPPORTED_CODE),
    hides: fc.subarray([...hideable()], { maxLength: 40 }),
    history: fc.array(fc.oneof(...targets.map(legalAttempt)), { maxLength: 6 }),
    framing,
  });

export function emulatorOf({ model, quirks, lacks, lacking, hides, framing: how }: BehavingCamera): EmulatorOptions {
  const missing = new Set(lacks.flatMap((get) => [get, SETS.get(get) ?? '']));
  const hidden = new Set(hides);
  const ignored = new Map<string, Set<string>>();
  for (const hide of hides) {
    const [get = '', name = ''] = hide.split(' ');
    const set = SETS.get(get) ?? '';
    ignored.set(set, (ignored.get(set) ?? new Set()).add(name));
  }
  return {
    model,
    quirks,
    tamper: {
      refuses: (action) => (missing.has(action) ? lacking : null),
      // What it does not have it does not store either.
      request: (action, json) => withoutNames(json, ignored.get(action)),
      reply: (action, _, reply) => {
        const shown = Object.fromEntries(Object.entries(reply).filter(([name]) => !hidden.has(`${action} ${name}`)));
        return how.inFront ? { ...how.members, ...shown } : { ...shown, ...how.members };
      },
    },
    http: { reply: (reply) => framed(reply, how) },
  };
}

function withoutNames(json: string | undefined, names: ReadonlySet<string> | undefined): string | undefined {
  if (json === undefined || names === undefined) return json;
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return json;
    return JSON.stringify(Object.fromEntries(Object.entries(value).filter(([name]) => !names.has(name))));
  } catch {
    return json;
  }
}

function framed(reply: HttpReply, { version, isLengthTold, isClosed, headers, more, indent, chunks }: Framing): HttpReply {
  const isJson = reply.body[0] === 0x7b;
  const body = isJson && indent !== '' ? Buffer.from(indented(Buffer.from(reply.body).toString('utf8'), indent)) : reply.body;
  const kept = reply.headers.filter(([name]) => !/^(transfer-encoding|content-length|connection)$/i.test(name));
  const added = isJson ? more.filter(([name], index) => more.findIndex(([other]) => other === name) === index) : [];
  const isChunked = version === '1.1' && !isLengthTold && chunks.length > 0;
  const ends = isClosed || version === '1.0' || !(isLengthTold || isChunked);
  const whole: [string, string][] = [
    ...kept.map(([name, value]): [string, string] => [name, value]),
    ...added.map(([name, value]): [string, string] => [name, value]),
    ...(isChunked
      ? ([['Transfer-Encoding', 'chunked']] as [string, string][])
      : isLengthTold
        ? ([['Content-Length', String(body.length)]] as [string, string][])
        : []),
    ['Connection', ends ? 'close' : 'keep-alive'],
  ];
  const cased = whole.map(([name, value]): [string, string] => [
    headers === 'lower' ? name.toLowerCase() : headers === 'upper' ? name.toUpperCase() : name,
    value,
  ]);
  return { ...reply, version, headers: cased, body, ends, ...(isChunked ? { chunks } : {}) };
}

/** White space outside strings. */
const indented = (text: string, space: string): string =>
  text.replace(/"(?:[^"\\]|\\.)*"|[{}[\]:,]/g, (token) => (token.startsWith('"') ? token : `${space}${token}${space}`));
