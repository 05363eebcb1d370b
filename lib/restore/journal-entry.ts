/** What the restore journal holds, line by line: a header, then what is to be put back, and marks of what is back. */
import { z } from 'zod';

export const JOURNAL_VERSION = 1;

const text = z.string();
const members = z.record(text, z.unknown());

export const headerSchema = z.object({
  kind: z.literal('journal'),
  schemaVersion: z.literal(JOURNAL_VERSION),
  suite: text,
  startedAt: text,
  /** whom it belongs to; a member is null where the camera did not tell. `embedded`: the camera ended with its run */
  camera: z.object({ url: text, deviceId: text.nullable(), mac: text.nullable(), embedded: z.boolean() }),
});

const original = z.object({
  kind: z.literal('original'),
  get: text,
  select: z.record(text, z.number()),
  /** what the get showed of its parameters, secrets included */
  reply: members,
  /** when it came: the device time in it has gone on since */
  at: z.object({ wallMs: z.number(), monotonicMs: z.number() }),
});
/** Set before the password is changed; both plain. */
const password = z.object({ kind: z.literal('password'), from: text, to: text });
/** Set before the camera is moved to another port. */
const address = z.object({ kind: z.literal('address'), from: text, to: text });
const file = z.object({ kind: z.literal('file'), path: text, content: text });
/** The camera may move, or look elsewhere than at `preset`, which is null until one was set. */
const movement = z.object({ kind: z.literal('movement'), preset: z.number().nullable() });
/** The camera may be logged out of its GB28181 platform. */
const registration = z.object({ kind: z.literal('registration') });
/** The telnet service may be open. */
const telnet = z.object({ kind: z.literal('telnet') });

export const itemSchema = z.discriminatedUnion('kind', [original, password, address, file, movement, registration, telnet]);
/** What an earlier line names is back as it was. */
const restored = z.object({ kind: z.literal('restored'), key: text });
export const lineSchema = z.union([itemSchema, restored]);

export type JournalHeader = z.infer<typeof headerSchema>;
/** Something to put back. */
export type JournalItem = z.infer<typeof itemSchema>;
export type JournalLine = z.infer<typeof lineSchema>;
export type OriginalItem = z.infer<typeof original>;
/** What is to be put back beside the parameters of an action pair. */
export type Keepsake = Exclude<JournalItem, OriginalItem>;
export type KeepsakeOf<Kind extends Keepsake['kind']> = Extract<Keepsake, { kind: Kind }>;

/** The name of what is to be put back: a later line of the same name stands in for the earlier one. */
export function keyOf(item: JournalItem): string {
  switch (item.kind) {
    case 'original':
      return `original ${item.get} ${JSON.stringify(item.select)}`;
    case 'password':
      return `password ${item.to}`;
    case 'address':
      return `address ${item.to}`;
    case 'file':
      return `file ${item.path}`;
    default:
      return item.kind;
  }
}

/** What is to be put back, in a few words without secrets. */
export function describeItem(item: JournalItem): string {
  switch (item.kind) {
    case 'original':
      return `${item.get} ${JSON.stringify(item.select)}`;
    case 'password':
      return '4 setPasswd: the password as it was';
    case 'address':
      return `11.2 setWiredNetwork: the camera at ${item.from}`;
    case 'file':
      return `39.2 setPlatformConfFile: ${item.path} as it was`;
    case 'movement':
      return `9 setPtzControl: stopped${item.preset === null ? '' : `, looking at preset point ${item.preset}`}`;
    case 'registration':
      return '17.4 setGb28181Register: registered';
    case 'telnet':
      return '2 telnet: closed';
  }
}
