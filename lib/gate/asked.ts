/** What a request names, read as the least careful camera might read it: JSON that does not parse may be carried out all the same. */
import { isMembers, isSameValue, type Members } from '../document/row-value.ts';

/** A value that cannot be told from what is sent. */
export const UNREADABLE: unique symbol = Symbol('unreadable');

/** What a request names; empty where it names nothing. */
export function membersIn(json: Members | string | null): Members {
  if (json === null) return {};
  if (typeof json !== 'string') return json;
  try {
    const value: unknown = JSON.parse(json);
    if (isMembers(value)) return value;
  } catch {
    // What follows reads as much of it as can be read.
  }
  return scanned(json);
}

const NAME = /["']((?:[^"'\\]|\\.)*)["']\s*:\s*/g;
const SCALAR = /^("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s,}\]"'[{]+)\s*(?=[,}\]]|$)/;

/** The names of broken JSON, with what stands behind each. */
function scanned(text: string): Members {
  const found: Record<string, unknown> = Object.create(null);
  for (const match of text.matchAll(NAME)) {
    const [, value] = SCALAR.exec(text.slice(match.index + match[0].length)) ?? [];
    found[match[1] as string] = value === undefined ? UNREADABLE : scalar(value);
  }
  return found;
}

function scalar(text: string): unknown {
  try {
    return JSON.parse(text.startsWith("'") ? `"${text.slice(1, -1)}"` : text);
  } catch {
    return UNREADABLE;
  }
}

/** Whether a value that is sent leaves what is there as it is: a number may be written as text, and what a list does not name stays. */
export function leaves(sent: unknown, present: unknown): boolean {
  if (sent === UNREADABLE || sent === undefined || present === undefined) return false;
  if (Array.isArray(sent)) return Array.isArray(present) && sent.every((each, index) => leaves(each, present[index]));
  if (isMembers(sent)) return isMembers(present) && Object.entries(sent).every(([name, each]) => leaves(each, present[name]));
  if (isScalar(sent) && isScalar(present)) return String(sent) === String(present);
  return isSameValue(sent, present);
}

const isScalar = (value: unknown): value is string | number | boolean => ['string', 'number', 'boolean'].includes(typeof value);
