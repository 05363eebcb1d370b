/**
 * Checks that found the same, put together: that is seen in the data, whether it has one cause is not. Two widths of it. Instances
 * are one check on several streams, transports, channels or elements of a list; they stand together in one article, each of them
 * named. Alike are checks of whatever action or parameter that expect the same and received the same, apart from names and numbers.
 */
import type { CheckResult } from '../../results/results.ts';

/** In the order of their first check; every check is in exactly one of them, which are never empty. */
export type Alike = readonly [CheckResult, ...CheckResult[]];

export const instances = (checks: readonly CheckResult[]): readonly Alike[] =>
  grouped(checks, (check) => [check.section, check.action ?? '', withoutInstance(subjectOf(check)), ...kindOf(check)]);

export const alike = (checks: readonly CheckResult[]): readonly Alike[] => grouped(checks, kindOf);

/** What tells the checks of one group apart: `stream_0 over TCP`, `stream_0 over UDP`; null where their titles do not say. */
export function namesWithin(checks: Alike): { readonly title: string; readonly names: readonly string[] } | null {
  const parts = checks.map(({ title }) => /^([^:]{1,60}): (.+)$/s.exec(title));
  const [, , title = ''] = parts[0] ?? [];
  const isShared = checks.length > 1 && title !== '' && parts.every((part) => part?.[2] === title);
  return isShared ? { title, names: parts.map((part) => part?.[1] ?? '') } : null;
}

function grouped(checks: readonly CheckResult[], keyOf: (check: CheckResult) => readonly string[]): readonly Alike[] {
  const groups = new Map<string, [CheckResult, ...CheckResult[]]>();
  for (const check of checks) {
    const key = JSON.stringify(keyOf(check));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [check]);
    else group.push(check);
  }
  return [...groups.values()];
}

/** Longer messages are those of the suite's own faults; their beginnings tell them apart. */
const LONGEST_COMPARED = 2000;

/** The last word of an id is what was looked for: `video/bitrate/above-range`. */
const kindOf = (check: CheckResult): readonly string[] => [
  check.level,
  check.verdict,
  check.waiver?.check ?? '',
  check.id.slice(check.id.lastIndexOf('/') + 1),
  withoutOwn(check.title, check),
  withoutOwn((check.message ?? '').slice(0, LONGEST_COMPARED), check),
];

const subjectOf = ({ id }: CheckResult): string => id.slice(0, Math.max(0, id.lastIndexOf('/')));

const INSTANCE = /\[\d+\]|\b(?:stream|day)_\d+|_\d+(?=_|$)|\b(?:tcp|udp|multicast|main|auxiliary|third)\b/gi;
const withoutInstance = (subject: string): string => subject.replace(INSTANCE, '#');

/** Quoted texts and numbers are what a camera or a check chose; names are those of the check itself. */
function withoutOwn(text: string, check: CheckResult): string {
  const own = [check.action, check.parameter, subjectOf(check).split('/').at(-1)].filter((name): name is string => (name ?? '') !== '');
  const unnamed = own.toSorted((one, other) => other.length - one.length).reduce((rest, name) => rest.replaceAll(name, '#'), text);
  return unnamed
    .replace(INSTANCE, '#')
    .replace(/"[^"\n]*"/g, '#')
    .replace(/-?\d+(?:\.\d+)?/g, '#');
}
