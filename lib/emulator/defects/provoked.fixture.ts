/**
 * What a camera answers to requests of many kinds about one section: a defect whose camera answers all of them like a good one may be
 * none. Neither streams nor what takes real time are asked for.
 */
import { createHash } from 'node:crypto';
import { SECTIONS } from '../../document/index.ts';
import type { Command, Section, Settings } from '../../document/notation.ts';
import { isNecessary, isSettable, type Members } from '../../document/row-value.ts';
import { md5 } from '../account.ts';
import { startElement, startValue } from '../defaults.ts';
import { type Emulator, startEmulator } from '../emulator.ts';
import type { BlindDefect, Now } from './blind/blind-defect.ts';
import { counter } from './blind/sets-and-gets.ts';
import { anotherOf } from './other-value.ts';

const [USER, PASSWORD] = ['admin', '123456'];
const DIGEST = md5(PASSWORD);

interface Query {
  readonly user?: string | undefined;
  readonly pwd?: string | undefined;
  readonly action?: string;
  readonly json?: string;
}

/** Sections that a picture tells of. */
const PICTURES: readonly string[] = ['snapshot', 'display', 'osd', 'video-mask', 'ptz-control'];

/** Of what has no instances. */
const WHOLE: NonNullable<Settings['instances']> = [{ label: '', select: {} }];

/** Credentials next to the right ones. */
const NEARLY: readonly Query[] = [
  ...[
    undefined,
    '',
    '*',
    '0',
    PASSWORD,
    md5(''),
    md5(DIGEST),
    md5(`${PASSWORD}\n`),
    md5(USER),
    DIGEST.slice(0, 8),
    DIGEST.slice(0, 31),
    `${DIGEST}x`,
    ` ${DIGEST}`,
    DIGEST.replace(/.$/, 'z'),
    Buffer.from(PASSWORD).toString('base64'),
  ].map((pwd) => ({ user: USER, pwd })),
  ...[undefined, '', 'ADMIN', 'adm', 'admins', 'root', 'x'].map((user) => ({ user, pwd: DIGEST })),
  { user: undefined, pwd: undefined },
  { user: '', pwd: '' },
  { user: 'guest', pwd: undefined },
];

const SMALL = {
  getVencConf: [
    {
      pic_width: 704,
      pic_height: 576,
      pixel_list: [
        { width: 704, height: 576 },
        { width: 352, height: 288 },
      ],
    },
  ],
};

/** Lines that tell how a camera with that defect answers; without one, a good one. */
export async function answersOf(defect: BlindDefect | null, section: Section): Promise<readonly string[]> {
  let skipped = 0;
  const now: Now = () => performance.now() + skipped;
  const emulator = await startEmulator({ starts: SMALL, ...defect?.plant(now) });
  const lines: string[] = [];
  const skip = (ms: number): void => {
    skipped += ms;
  };
  const ask = async (query: Query, path = '/action/cgi_action'): Promise<void> => {
    lines.push(await answerTo(emulator, path, query));
  };
  const askRight = (action: string, json?: unknown): Promise<void> =>
    ask({ user: USER, pwd: DIGEST, action, ...(json === undefined ? {} : { json: typeof json === 'string' ? json : JSON.stringify(json) }) });
  try {
    await askAll(section, { emulator, ask, askRight, skip });
  } finally {
    await emulator.close();
  }
  return lines;
}

async function answerTo({ url }: Emulator, path: string, query: Query): Promise<string> {
  const text = new URLSearchParams(Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined)).toString();
  try {
    const reply = await fetch(`${url}${path}?${text}`, { signal: AbortSignal.timeout(3000) });
    const body = Buffer.from(await reply.arrayBuffer());
    return `${reply.status} ${reply.headers.get('content-type')} ${body.length > 5000 ? createHash('md5').update(body).digest('hex') : body.toString('latin1')}`;
  } catch (error) {
    return `none: ${error instanceof Error ? error.name : String(error)}`;
  }
}

interface Asking {
  readonly emulator: Emulator;
  readonly ask: (query: Query, path?: string) => Promise<void>;
  readonly askRight: (action: string, json?: unknown) => Promise<void>;
  readonly skip: (ms: number) => void;
}

/** Who is let in behind a change of the password, and what is taken for the old one. */
async function askPasswords({ ask, skip }: Asking): Promise<void> {
  const action = 'setPasswd';
  const change = (pwd: string, oldPassword: string | undefined, newPassword: string): Promise<void> =>
    ask({ user: USER, pwd, action, json: JSON.stringify({ oldPassword, newPassword }) });
  // The example's own request may have changed it.
  await change(md5('1234567'), md5('1234567'), PASSWORD);
  for (const { pwd } of NEARLY) {
    await change(DIGEST, pwd, '7654321');
    await ask({ user: USER, pwd: md5('7654321'), action: 'getOsdConf' });
    // Whoever took that is put back.
    await change(md5('7654321'), md5('7654321'), PASSWORD);
  }
  await change(DIGEST, md5('sesame77'), 'sesame77');
  await ask({ user: USER, pwd: md5('sesame77'), action: 'getOsdConf' });
  await change(DIGEST, DIGEST, '7654321');
  const [now, later] = [md5('7654321'), md5('abcdefgh')];
  for (const each of ['getOsdConf', 'setOsdConf', 'getFmtSnap']) {
    for (const pwd of [now, DIGEST, '', '7654321', now.slice(0, 8), md5(now)]) await ask({ user: USER, pwd, action: each, json: '{}' });
  }
  await change(now, DIGEST, 'sesame78');
  await change(now, now, 'abcdefgh');
  skip(5000);
  for (const pwd of [later, now, DIGEST]) await ask({ user: USER, pwd, action: 'getOsdConf' });
}

async function askAll(section: Section, asking: Asking): Promise<void> {
  const { ask, askRight, skip } = asking;
  for (const part of section.parts) {
    if (part.kind === 'settings') await askSettings(part, asking);
    else await askCommand(part, asking);
  }
  if (section.slug === 'change-user-password') return askPasswords(asking);
  for (const action of ['getOsdConf', 'setOsdConf', 'getOsdConfX', 'getosdconf', 'getOsd', 'setAnything', '', 'nothing', 'nothing']) {
    await askRight(action, action === 'setOsdConf' ? { show_week: 1 } : undefined);
    await ask({ user: USER, pwd: 'wrong', action });
  }
  if (PICTURES.includes(section.slug)) {
    for (const fmt of [undefined, 'jpg', 'bmp', 'yuv', 'png', 'bmpx', undefined, 'bmp', 'yuv'])
      await ask(fmt === undefined ? {} : ({ fmt } as Query), '/action/cgi_images');
  }
  for (const action of ['open', 'close', 'close', 'nothing', '', undefined]) await ask(action === undefined ? {} : { action }, '/action/telnet');
  skip(30_000);
  for (const { parts } of SECTIONS)
    for (const part of parts) if (part.kind === 'settings') for (const { select } of part.instances ?? WHOLE) await askRight(part.get, select);
}

async function askSettings(part: Settings, { ask, askRight, skip }: Asking): Promise<void> {
  const { get, set, rows } = part;
  await askRight(get);
  for (const query of NEARLY) await ask({ ...query, action: get });
  for (const json of ['{', "{'a':1}", '{"a":1}x', '{"a":1', '[]', '{}']) await askRight(get, json);
  const settable = rows.filter((row) => isSettable(row) && !row.held && !row.volatile);
  for (const { select } of part.instances ?? WHOLE) {
    await askRight(get, select);
    await askRight(get, select);
    if (set === undefined) continue;
    const start: Members = { ...startElement(rows, part.example.reply), ...part.example.reply };
    const needed = Object.fromEntries(
      rows.filter((row) => isNecessary(row)).map((row) => [row.name, select[row.name] ?? start[row.name] ?? startValue(row.type, undefined)]),
    );
    for (const row of settable) {
      for (const value of valuesOf(row.type, start[row.name])) {
        await askRight(set, { ...needed, ...select, ...conditionOf(row.when), [row.name]: value });
        await askRight(get, select);
      }
      skip(15_000);
      await askRight(get, select);
    }
    const others = Object.fromEntries(
      settable.filter(({ link }) => link === undefined).map((row) => [row.name, anotherOf(row.type, start[row.name]) ?? start[row.name]]),
    );
    await askRight(set, { ...needed, ...others, ...select });
    await askRight(get, select);
    await askRight(set, { ...needed, ...select, unheard_of: 1 });
    await askRight(get, select);
  }
  if (set === undefined) return;
  for (const query of NEARLY) await ask({ ...query, action: set, json: '{}' });
  const [first] = settable;
  if (first === undefined) return;
  const value = anotherOf(first.type, null);
  for (const json of [
    `{"${first.name}":${JSON.stringify(value)}`,
    `{"${first.name}":${JSON.stringify(value)}}x`,
    `{'${first.name}':${JSON.stringify(value)}}`,
    '{',
  ])
    await askRight(set, json);
  for (const row of rows.filter(isNecessary))
    await askRight(
      set,
      Object.fromEntries(rows.filter((each) => isNecessary(each) && each !== row).map((each) => [each.name, startValue(each.type, undefined)])),
    );
  await askRight(get);
}

const conditionOf = (when: Readonly<Record<string, number | readonly number[]>> = {}): Members =>
  Object.fromEntries(Object.entries(when).map(([name, value]) => [name, typeof value === 'number' ? value : value[0]]));

/** Legal ones of many kinds, and some that are not. */
function valuesOf(type: Settings['rows'][number]['type'], now: unknown): readonly unknown[] {
  switch (type.kind) {
    case 'number':
      return [anotherOf(type, now), type.max ?? 1234, type.min ?? 0, (type.max ?? 70_000) + 1, (type.min ?? 0) - 1, '5', null];
    case 'choice':
      return [...Object.keys(type.values).map(Number), Math.max(...Object.keys(type.values).map(Number)) + 1, -1, 2, '1', null];
    case 'text':
      return ['Ab1.c-d_e f', 'admin@example.com/x?y+z%41&"q"<\\>', 'ä', 'long text that is longer than sixteen', '', '192.168.7.9:80', 5, null];
    case 'list':
    case 'week': {
      if (!Array.isArray(now)) return [];
      const seen = JSON.stringify(now);
      const next = counter();
      // Each number another one, so that copies and swaps show.
      const varied = seen.replaceAll(/"(title_pos_x|title_pos_y|area_\w|hour_\w+|min_\w+)":\d+/g, (_, name: string) => `"${name}":${next() % 23}`);
      return [
        JSON.parse(varied),
        JSON.parse(
          varied
            .replaceAll(/"(show_title|enable)":\d/g, (_, name: string) => `"${name}":${next() % 2}`)
            .replaceAll(/"title":"[^"]*"/g, () => `"title":"Title ${next()} & more"`),
        ),
        JSON.parse(seen.replace(/:\d+/, ':999')),
        JSON.parse(seen).slice(0, 1),
        JSON.parse(seen.replaceAll(/"title":"[^"]*"/g, '"title":""')),
      ];
    }
  }
}

async function askCommand(command: Command, { ask, askRight, skip }: Asking): Promise<void> {
  const { action, path, rows, example, hazards } = command;
  // A camera that restarts takes its time.
  if (path !== undefined || action === 'restart') return;
  for (const query of NEARLY) await ask({ ...query, action, json: '{}' });
  const whole = JSON.stringify(example.requests[0] ?? {});
  for (const json of [whole.slice(0, -1), `${whole}x`, whole.replaceAll('"', "'"), '{']) await askRight(action, json);
  for (const request of example.requests) {
    for (const { name } of rows) await askRight(action, Object.fromEntries(Object.entries(request ?? {}).filter(([each]) => each !== name)));
    for (const row of rows)
      for (const value of valuesOf(row.type, null).filter((each) => each !== undefined))
        if (!hazards.includes('password')) await askRight(action, { ...request, [row.name]: value });
    skip(5000);
    await askRight(action, request ?? undefined);
  }
}
