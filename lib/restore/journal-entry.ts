/** What the restore journal holds, line by line: a header, then what is to be put back, and marks of what is back. */
import { z } from 'zod';
import { APIS } from '../cgi/dialects.ts';
import { type Keepsake, keepsakeSchema, kindOf } from './keepsakes/index.ts';

export const JOURNAL_VERSION = 2;

const text = z.string();
const members = z.record(text, z.unknown());
const select = z.record(text, z.number());

export const headerSchema = z.object({
  kind: z.literal('journal'),
  schemaVersion: z.literal(JOURNAL_VERSION),
  suite: text,
  /** whose it is: nobody removes a journal of another run */
  run: text,
  startedAt: text,
  /** whom it belongs to; a member is null where the camera did not tell. `embedded`: the camera ended with its run; `api`: by which it was asked, and is to be put back */
  camera: z.object({ url: text, deviceId: text.nullable(), mac: text.nullable(), embedded: z.boolean(), api: z.enum(APIS).default('cgi') }),
});

const original = z.object({
  kind: z.literal('original'),
  get: text,
  select,
  /** what the get showed but for the envelope, digit by digit, secrets included */
  reply: members,
  /** when it came: the device time in it has gone on since */
  at: z.object({ wallMs: z.number(), monotonicMs: z.number() }),
});
/** What requests of this run may have changed: names of parameters, or `*`. */
const named = z.object({ kind: z.literal('named'), get: text, select, names: z.array(text) });
/** Everything that an action's get shows was seen as it was, after all that was sent until then. */
const back = z.object({ kind: z.literal('back'), get: text, select });
/** Another hand changed a parameter: that is what it is to be from then on. */
const adopted = z.object({ kind: z.literal('adopted'), get: text, select, name: text, from: z.unknown(), to: z.unknown() });
/** What an earlier line names is back as it was. */
const restored = z.object({ kind: z.literal('restored'), key: text });
/** Why the original is not known: a get contradicts itself. */
const doubt = z.object({ kind: z.literal('doubt'), get: text, select, why: text });

export const lineSchema = z.union([original, keepsakeSchema, named, back, adopted, doubt, restored]);

export type JournalHeader = z.infer<typeof headerSchema>;
export type OriginalItem = z.infer<typeof original>;
/** Something to put back. */
export type JournalItem = OriginalItem | Keepsake;
export type JournalLine = z.infer<typeof lineSchema>;

/** An instance of an action pair, by a name for it. */
export const keyOfOriginal = (get: string, selected: Readonly<Record<string, unknown>>): string => `original ${get} ${JSON.stringify(selected)}`;

/** The name of what is to be put back: a later line of the same name stands in for the earlier one. */
export const keyOf = (item: JournalItem): string => (item.kind === 'original' ? keyOfOriginal(item.get, item.select) : kindOf(item).key(item));

/** What is to be put back, in a few words without secrets. */
export const describeItem = (item: JournalItem): string =>
  item.kind === 'original' ? `${item.get} ${JSON.stringify(item.select)}` : kindOf(item).describe(item);
