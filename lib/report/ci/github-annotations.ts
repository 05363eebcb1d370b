/**
 * Annotations of GitHub Actions: lines on stdout that the runner turns into marks on files. What a camera says must not become a
 * command of its own: data and properties are escaped as the runner unescapes them (actions/toolkit, packages/core/src/command.ts).
 */

import { type CheckResult, isFailure, type Results } from '../../results/results.ts';
import { printable, shorten } from '../../wire/printable.ts';
import { reproduce } from '../repeat/reproduce.ts';

/** More of one kind in one step are not shown by GitHub. */
const MOST_OF_A_KIND = 10;
const LONGEST_LINE = 500;
const MOST_LINES = 20;
const LONGEST_TITLE = 200;

/** A place in the repository. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

interface Annotation {
  readonly kind: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly lines: readonly string[];
  readonly place?: Place | null;
  /** marked where it is written */
  readonly check?: CheckResult;
}

const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

function formatAnnotation({ kind, title, lines, place = null }: Annotation): string {
  const properties = [
    ...(place === null ? [] : [`file=${property(printable(place.file))}`, `line=${place.line}`]),
    `title=${property(shorten(printable(title), LONGEST_TITLE))}`,
  ];
  const text = lines.slice(0, MOST_LINES).map((line) => shorten(printable(line), LONGEST_LINE));
  return `::${kind} ${properties.join(',')}::${data(text.join('\n'))}`;
}

/** A run that could not be done at all, a sentence a line. */
export const annotateFault = (sentences: string): string =>
  formatAnnotation({ kind: 'error', title: 'The camera was not tested', lines: sentences.split('\n') });

/** One line each. `placeOf`: where the check is written; null where that is not known. */
export function formatAnnotations(results: Results, placeOf: (check: CheckResult) => Place | null): readonly string[] {
  const { fault, restore, checks, waivers, summary } = results;
  const ofCheck = (kind: Annotation['kind'], check: CheckResult): Annotation => ({
    kind,
    title: `${check.section} ${check.id}`,
    lines: [check.title, ...(check.message ?? '').split('\n'), `Repeat: ${reproduce(check).command}`],
    check,
  });
  const errors: Annotation[] = [
    ...(fault === null ? [] : [{ kind: 'error', title: 'The run was not completed', lines: [fault] } as const]),
    ...(restore.verdict === 'left-modified'
      ? [{ kind: 'error', title: 'The camera could not be put back as it was', lines: restore.differences } as const]
      : []),
    ...checks.filter((check) => isFailure(check) || check.verdict === 'error').map((check) => ofCheck('error', check)),
  ];
  const warnings: Annotation[] = [
    ...waivers.flatMap(({ sentence, file, line }) =>
      sentence === null ? [] : [{ kind: 'warning', title: 'Waiver', lines: [sentence], place: { file, line } } as const],
    ),
    ...checks.filter(({ verdict }) => verdict === 'warn').map((check) => ofCheck('warning', check)),
  ];
  const { passed, failed, waived, warned } = summary;
  const notice: Annotation = {
    kind: 'notice',
    title: `Camera: ${results.verdict}`,
    lines: [`${passed} checks passed, ${failed} failed, ${waived} waived, ${warned} warned.`],
  };
  return [...limited(errors), ...limited(warnings), notice].map(({ check, place = null, ...rest }) =>
    // Only of those that are shown: a place is looked up in a file.
    formatAnnotation({ ...rest, place: check === undefined ? place : placeOf(check) }),
  );
}

/** The last one that is shown counts those that are not. */
function limited(annotations: readonly Annotation[]): readonly Annotation[] {
  if (annotations.length <= MOST_OF_A_KIND) return annotations;
  const shown = annotations.slice(0, MOST_OF_A_KIND - 1);
  const more = annotations.length - shown.length;
  return [...shown, { kind: annotations[0]?.kind ?? 'error', title: `${more} more`, lines: ['The job summary and the reports have all of them.'] }];
}

/** Until `resumeCommands` with the same token the runner takes no line for a command: what follows holds a camera's own words. */
export const stopCommands = (token: string): string => `::stop-commands::${token}`;
export const resumeCommands = (token: string): string => `::${token}::`;
