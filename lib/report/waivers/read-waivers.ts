/**
 * `waivers.yaml`: read whole or not at all, each problem with its line. A waiver that is misread would hide a failure, so nothing is
 * guessed: unknown members, days that do not exist and two waivers for one check are refused.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type ErrorCode, isAlias, isMap, isScalar, isSeq, LineCounter, type ParsedNode, parseDocument, type Scalar, type YAMLMap } from 'yaml';
import { z } from 'zod';
import type { Waiver } from '../../results/results.ts';

/** Looked for in the working directory when no other file is named. */
export const WAIVERS_FILE = 'waivers.yaml';

/** A waiver and the line that it begins in. */
export interface WrittenWaiver extends Waiver {
  readonly file: string;
  readonly line: number;
}

export type WaiversResult =
  | { readonly ok: true; readonly waivers: readonly WrittenWaiver[] }
  | { readonly ok: false; readonly problems: readonly string[] };

const MEMBERS = {
  check: 'the id of a check, or a pattern such as video/*',
  reason: 'why the failure is accepted',
  ticket: 'where it is followed',
  who: 'who accepted it',
  expires: 'its last day, such as 2026-12-31',
} as const satisfies Record<keyof Waiver, string>;
const UTF_8 = new TextDecoder('utf-8', { fatal: true });
const LINE_BREAK = 0x0a;
/** How texts that need quotes and have none are seen. */
const UNQUOTED: ReadonlySet<ErrorCode> = new Set(['BAD_ALIAS', 'BAD_INDENT', 'BAD_SCALAR_START', 'BLOCK_AS_IMPLICIT_KEY']);
const isMember = (name: unknown): name is keyof Waiver => typeof name === 'string' && Object.hasOwn(MEMBERS, name);

const text = z.string({ error: 'is no text' }).trim().min(1, 'is empty');
const isDay = (day: string): boolean => {
  const time = new Date(`${day}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(time.getTime()) && time.toISOString().startsWith(day);
};
const SCHEMA = z.object({
  check: text
    .refine((check) => !/\s/.test(check), 'holds a blank; ids have none')
    .refine((check) => /^[^*/]+(\/|$)/.test(check), 'names no section; begin it with one, such as video/* or 21.2/*'),
  reason: text,
  ticket: text,
  who: text,
  expires: text.refine(isDay, 'is no date; write it like 2026-12-31'),
}) satisfies z.ZodType<Waiver>;

/** Reads the file that is named, or `waivers.yaml` if there is one; both relative to `folder`. */
export function readWaivers(named: string | null, folder: string = process.cwd()): WaiversResult {
  const file = named ?? WAIVERS_FILE;
  try {
    return decodeWaivers(readFileSync(resolve(folder, file)), file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && named === null) return { ok: true, waivers: [] };
    if (code === undefined) throw error;
    const why = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : message;
    return { ok: false, problems: [`Could not read the waivers of ${file}: ${why}; correct CAMERA_WAIVERS, or leave it empty.`] };
  }
}

/** Another encoding would be read with its letters replaced, and written so to every report. */
function decodeWaivers(bytes: Uint8Array, file: string): WaiversResult {
  let line = 1;
  try {
    // Line by line, to say which; a line break is one byte that no other character has in it.
    for (let from = 0; from < bytes.length; line += 1) {
      const end = bytes.indexOf(LINE_BREAK, from);
      const next = end < 0 ? bytes.length : end + 1;
      UTF_8.decode(bytes.subarray(from, next));
      from = next;
    }
  } catch {
    return { ok: false, problems: [`${file}:${line}: is no UTF-8; save the file in that encoding`] };
  }
  return parseWaivers(UTF_8.decode(bytes), file);
}

/** What to do about the mistakes that are made most. */
function remedy(code: ErrorCode, line: string): string {
  if (/^[ -]*\t/.test(line)) return '; indent with blanks, not with tabs';
  return UNQUOTED.has(code) ? '; a text that begins with a sign such as * or holds ": " stands in quotes' : '';
}

/** Each problem is one sentence that begins with file and line. */
export function parseWaivers(yaml: string, file: string): WaiversResult {
  const lines = new LineCounter();
  const document = parseDocument(yaml.replace(/^\uFEFF/, ''), { lineCounter: lines, prettyErrors: false });
  const problems: string[] = [];
  const lineOf = (offset: number | undefined): number => lines.linePos(offset ?? 0).line;
  const problem = (offset: number | undefined, sentence: string): void => void problems.push(`${file}:${lineOf(offset)}: ${sentence}`);

  const [broken] = document.errors;
  if (broken !== undefined) {
    problem(broken.pos[0], `is no YAML (${broken.message})${remedy(broken.code, yaml.split('\n')[lineOf(broken.pos[0]) - 1] ?? '')}`);
    return { ok: false, problems };
  }
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null)) return { ok: true, waivers: [] };
  if (!isSeq(contents)) {
    problem(contents.range[0], 'is no list; begin each waiver with "- check: "');
    return { ok: false, problems };
  }
  const waivers = contents.items.flatMap((item): WrittenWaiver[] => {
    const before = problems.length;
    const waiver = isMap(item) ? readOne(item, problem) : null;
    if (waiver === null && problems.length === before) problem(item.range[0], 'is no waiver; begin each with "- check: "');
    return waiver === null ? [] : [{ ...waiver, file, line: lineOf(item.range[0]) }];
  });
  problems.push(...twins(waivers));
  return problems.length > 0 ? { ok: false, problems } : { ok: true, waivers };
}

/** A sentence for each that waives what one before it waives. */
export function twins(waivers: readonly Pick<WrittenWaiver, 'check' | 'file' | 'line'>[]): readonly string[] {
  const lineOf = new Map<string, number>();
  return waivers.flatMap(({ check, file, line }) => {
    const earlier = lineOf.get(check);
    if (earlier === undefined) lineOf.set(check, line);
    return earlier === undefined ? [] : [`${file}:${line}: ${check} is waived in line ${earlier} already; keep one of the two`];
  });
}

/** A number as it stands there, with its zeros; null for what is no text. */
function written({ value, source }: Scalar): string | null {
  if (typeof value === 'number') return source ?? String(value);
  return typeof value === 'string' ? value : null;
}

/** A name of blanks is one that nobody sees. */
const shown = (name: string): string => (name.trim() === '' ? JSON.stringify(name) : name);

type Problem = (offset: number | undefined, sentence: string) => void;

function readOne(item: YAMLMap.Parsed<ParsedNode, ParsedNode | null>, problem: Problem): Waiver | null {
  const offsets = new Map<keyof Waiver, number>();
  const members: Record<string, unknown> = {};
  for (const { key, value } of item.items) {
    const name = isScalar(key) ? key.value : null;
    if (!isMember(name)) {
      problem(key.range[0], `${shown(String(name))} is no member of a waiver; it has ${Object.keys(MEMBERS).join(', ')}`);
      continue;
    }
    offsets.set(name, key.range[0]);
    if (isAlias(value)) problem(key.range[0], `${name} begins with *; put it in quotes`);
    else members[name] = isScalar(value) ? written(value) : null;
  }
  const parsed = SCHEMA.safeParse(members);
  if (parsed.success) return offsets.size === item.items.length ? parsed.data : null;
  for (const { path, message } of parsed.error.issues) {
    const [name] = path;
    if (!isMember(name)) throw new Error(`Could not tell what is amiss with a waiver: ${message}`);
    if (!offsets.has(name)) problem(item.range[0], `${name} is missing: ${MEMBERS[name]}`);
    else if (name in members) problem(offsets.get(name), `${name} ${message}`);
  }
  return null;
}
