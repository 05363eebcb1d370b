/** A comparison for the terminal. Everything that came from a camera is made printable and cut. */
import { printable, shorten } from '../../wire/printable.ts';
import type { CheckChange } from './check-changes.ts';
import { COMPARISON_EXIT_CODES, type Comparison } from './comparison.ts';
import type { ParameterChange } from './parameter-changes.ts';
import type { TimingChange } from './timing-changes.ts';
import { CHECK_HEADINGS, getOf, PARAMETER_HEADINGS, runOf, stepOf, thresholdsOf, timesOf, verdictOf } from './wording.ts';

const MOST_SHOWN = 20;
const LONGEST_LINE = 400;
const LONGEST_VALUE = 60;

const line = (text: string): string => shorten(printable(text), LONGEST_LINE);

/** Without a final line break. */
export function formatComparison(comparison: Comparison): string {
  const { before, after, caveats, checks, parameters, timings } = comparison;
  const head = [
    `Before   ${before.file}: ${runOf(before)}`,
    `Now      ${after.file}: ${runOf(after)}`,
    ...caveats.map((caveat) => `Note     ${caveat}`),
  ];
  const blocks = [
    head.map(line),
    ...CHECK_HEADINGS.map(({ kind, heading, isDetailed }) => block(heading, checks[kind], (change) => checkLines(change, isDetailed === true))),
    ...PARAMETER_HEADINGS.map(({ kind, heading }) => parameterBlock(heading, parameters[kind], kind === 'appeared' || kind === 'disappeared')),
    block(`Slower (${thresholdsOf(comparison)})`, timings.slower, timingLines),
    block('Faster', timings.faster, timingLines),
    [
      `${checks.common} checks were judged in both runs, ${parameters.compared ?? 0} parameters and ${timings.compared ?? 0} actions compared.`,
      line(verdictOf(comparison)),
      `Exit code ${comparison.exitCode}: ${COMPARISON_EXIT_CODES[comparison.exitCode]}.`,
    ],
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function block<Change>(heading: string, changes: readonly Change[], linesOf: (change: Change) => readonly string[]): readonly string[] {
  if (changes.length === 0) return [];
  const more = changes.length - MOST_SHOWN;
  return [
    `${heading}: ${changes.length}`,
    ...changes
      .slice(0, MOST_SHOWN)
      .flatMap(linesOf)
      .map((text) => `  ${line(text)}`),
    ...(more > 0 ? [`  … and ${more} more; --json and --html have all of them`] : []),
  ];
}

function checkLines(change: CheckChange, isDetailed: boolean): readonly string[] {
  const heading = [change.id, change.section, stepOf(change), change.title].join('   ');
  if (!isDetailed) return [heading];
  const message = (change.message ?? '').split('\n').filter((each) => each !== '');
  return [heading, ...message.map((each) => `  ${each}`), ...(change.command === null ? [] : [`  Repeat      ${change.command}`])];
}

const timingLines = (change: TimingChange): readonly string[] => [`${change.action}   ${timesOf(change)}`];

/** Names alone are put together, by what was asked: a stream that is gone is one line. */
function parameterBlock(heading: string, changes: readonly ParameterChange[], namesAlone: boolean): readonly string[] {
  if (!namesAlone)
    return block(heading, changes, (change) => [`${getOf(change)}   ${change.parameter.name}   ${shown(change.before)} → ${shown(change.after)}`]);
  const groups = new Map<string, string[]>();
  for (const change of changes) groups.set(getOf(change), [...(groups.get(getOf(change)) ?? []), nameOf(change)]);
  const [first, ...lines] = block(heading, [...groups], ([get, names]) => [`${get}   ${names.join(', ')}`]);
  return first === undefined ? [] : [`${heading}: ${changes.length}`, ...lines];
}

const nameOf = ({ parameter: { name, documented } }: ParameterChange): string => (documented ? name : `${name} (not in the document)`);
const shown = (value: string | null): string => (value === null ? 'not told' : value === '' ? '""' : shorten(value, LONGEST_VALUE));
