/** What was asked of the camera, without secrets. */
import type { Section } from '../document/notation.ts';
import { isMembers } from '../document/row-value.ts';
import { printable } from '../wire/printable.ts';

export interface LoggedRequest {
  /** ISO 8601, host time */
  readonly at: string;
  /** the action, or the path of another endpoint */
  readonly action: string;
  /** the `json` value with secrets masked; null where there is none or it does not parse */
  readonly json: unknown;
  /** the code of the reply, its error text, or `HTTP 404` */
  readonly result: number | string;
}

const MASK = '***';
/** The oldest are forgotten. */
const MAX_LOGGED = 20_000;

export interface RequestLog {
  add(action: string, json: string | undefined, result: number | string): void;
  entries(): readonly LoggedRequest[];
}

export interface RequestLogOptions {
  readonly sections: readonly Section[];
  readonly keep: boolean;
  readonly print: ((line: string) => void) | undefined;
}

export function createRequestLog({ sections, keep, print }: RequestLogOptions): RequestLog {
  const secrets = new Set(
    sections.flatMap(({ parts }) =>
      parts.flatMap(({ rows }) => rows.flatMap((row) => (row.secret ? [row.name, ...(row.alias === undefined ? [] : [row.alias])] : []))),
    ),
  );
  let entries: LoggedRequest[] = [];
  return {
    add: (action, json, result) => {
      if (!keep && !print) return;
      const entry = { at: new Date().toISOString(), action, json: masked(json, secrets), result };
      if (keep) entries.push(entry);
      if (entries.length > 2 * MAX_LOGGED) entries = entries.slice(-MAX_LOGGED);
      print?.(formatEntry(entry));
    },
    entries: () => entries.slice(-MAX_LOGGED),
  };
}

function masked(json: string | undefined, secrets: ReadonlySet<string>): unknown {
  try {
    const value: unknown = JSON.parse(json ?? 'null');
    if (!isMembers(value)) return null;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, secrets.has(name) ? MASK : each]));
  } catch {
    return null;
  }
}

/** One line: time, action, request, result, so that no request can rewrite a terminal. */
export function formatEntry({ at, action, json, result }: LoggedRequest): string {
  const request = json === null ? '' : ` ${JSON.stringify(json)}`;
  return printable(`${at.slice(11, 23)} ${action}${request} -> ${typeof result === 'number' ? `code ${result}` : result}`);
}
