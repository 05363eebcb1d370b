/** What a run says on the terminal at its end: a table, the failures, the warnings, and what to do next. */

import { bySection, type CheckResult, type Results, type Summary, summarise } from '../../results/results.ts';
import { exitMeaning, OTHER_INTERFACE, SAME_SETTINGS } from '../../results/verdict.ts';
import { describeWaiver } from '../../results/waiver.ts';
import { printable, shorten } from '../../wire/printable.ts';
import { plural } from '../plural.ts';
import { formatCheck } from './check-text.ts';
import { commonestReason } from './commonest-reason.ts';
import { nextSteps, type Surroundings } from './next-steps.ts';

const MOST_SHOWN = 20;
/** A warning fails no run: those of a camera that has many must not push its failures off the screen. */
const MOST_WARNINGS = 10;
/** Warnings that the verdict names. */
const MOST_NAMED = 3;
const MOST_NOTICES = 8;
const NARROWEST = 60;
/** Rows of the terminal that one line of evidence may fill. */
const ROWS_PER_LINE = 6;

const COLUMNS = ['passed', 'failed', 'warned', 'skipped', 'errors'] as const satisfies readonly (keyof Summary)[];
const COLUMN_WIDTH = 9;
const NUMBER_WIDTH = 4;

const SKIPPED_BECAUSE = {
  'not-offered': 'the camera does not have the action or the parameter',
  'not-allowed': 'they take a hazard that CAMERA_ALLOW does not name',
  blocked: 'their precondition failed',
  'not-testable': 'nothing that can be seen from outside would show it',
} as const satisfies Record<NonNullable<CheckResult['skipReason']>, string>;

type Paint = (text: string) => string;
const RED = 31;
const GREEN = 32;
const YELLOW = 33;
const BOLD = 1;

export interface TerminalOptions extends Surroundings {
  /** title of a section by its number */
  readonly titles: ReadonlyMap<string, string>;
  /** columns of the terminal */
  readonly width: number;
  readonly colour: boolean;
  /** where the files of the run are */
  readonly reportsDir: string;
  /** checks that ran only because a selected one proves nothing without them */
  readonly preparation: number;
}

/** All that is said at the end of a run, without a final line break. */
export function formatTable(results: Results, options: TerminalOptions): string {
  const { titles, width, colour } = options;
  const { warned } = results.summary;
  const paint =
    (code: number): Paint =>
    (text) =>
      colour ? `\u001b[${code}m${text}\u001b[0m` : text;
  const columns = Math.max(NARROWEST, width);
  const shown = (which: CheckResult['verdict'], heading: string, most = MOST_SHOWN): readonly string[] =>
    blocks(
      results.checks.filter((check) => check.verdict === which && check.waiver === undefined),
      heading,
      most,
      columns,
    );
  const parts = [
    table(results, titles, columns, paint),
    ...shown('fail', paint(RED)('Failed')),
    ...shown('error', paint(RED)('Errors of the suite')),
    ...shown('warn', paint(YELLOW)('Warnings: recommended, not required'), MOST_WARNINGS),
    ...waived(results, paint(YELLOW), columns),
    ending(results, options, columns),
    verdict(results, paint, columns),
    ...steps(results, options, paint(BOLD)),
    `Exit code ${results.exitCode}: ${exitMeaning(results)}.${warned === 0 ? '' : ` ${plural(warned, 'warning')}.`}`,
  ];
  return parts.join('\n\n');
}

function table(results: Results, titles: ReadonlyMap<string, string>, width: number, paint: (code: number) => Paint): string {
  const colours: Partial<Record<keyof Summary, number>> = { failed: RED, errors: RED, warned: YELLOW, waived: YELLOW };
  // Most runs have no waivers, and few terminals room to spare.
  const columns: readonly (keyof Summary)[] = results.summary.waived > 0 ? [...COLUMNS, 'waived'] : COLUMNS;
  const titleWidth = width - NUMBER_WIDTH - columns.length * COLUMN_WIDTH;
  const cells = (sums: Summary): string =>
    columns
      .map((column) => {
        const cell = String(sums[column]).padStart(COLUMN_WIDTH);
        const colour = colours[column];
        return colour === undefined || sums[column] === 0 ? cell : paint(colour)(cell);
      })
      .join('');
  const row = (number: string, title: string, rest: string): string =>
    `${number.padStart(2).padEnd(NUMBER_WIDTH)}${fitted(title, titleWidth)}${rest}`;
  return [
    paint(BOLD)(row('', 'section', columns.map((column) => column.padStart(COLUMN_WIDTH)).join(''))),
    ...[...bySection(results.checks)].map(([number, checks]) => row(number, titles.get(number) ?? '', cells(summarise(checks)))),
    row('', 'total', cells(results.summary)),
  ].join('\n');
}

const fitted = (text: string, width: number): string => (text.length > width - 1 ? `${text.slice(0, width - 2)}… ` : text.padEnd(width));
const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

function blocks(checks: readonly CheckResult[], heading: string, most: number, width: number): readonly string[] {
  if (checks.length === 0) return [];
  const more = checks.length - most;
  return [
    heading,
    ...checks.slice(0, most).map((check) => formatCheck(check, (width - 2) * ROWS_PER_LINE)),
    ...(more > 0 ? [`… and ${more} more, all of them in statement.html and results.json`] : []),
  ];
}

/** Each waived failure on a line, then what is to be done about waivers. */
function waived({ checks, waivers }: Results, paint: Paint, width: number): readonly string[] {
  const cut = (text: string): string => shorten(printable(text), width * ROWS_PER_LINE);
  const lines = [
    ...checks.flatMap(({ id, waiver }) => (waiver === undefined ? [] : [cut(`${id}   ${describeWaiver(waiver)}`)])),
    ...waivers.flatMap(({ sentence }) => (sentence === null ? [] : [cut(sentence)])),
  ];
  if (lines.length === 0) return [];
  const more = lines.length - MOST_SHOWN;
  const rest = more > 0 ? [`… and ${more} more, all of them in results.json`] : [];
  return [[paint('Waivers'), ...lines.slice(0, MOST_SHOWN), ...rest].join('\n')];
}

function ending(results: Results, { reportsDir, preparation }: TerminalOptions, width: number): string {
  const { camera, restore, errata, notices, traffic, selection } = results;
  const about = [camera.url, camera.deviceId && `device ${camera.deviceId}`, camera.mac, camera.model, camera.version].filter(Boolean);
  const restored = {
    restored: 'the settings of the camera are as they were',
    'not-needed': 'nothing was changed',
    'left-modified': `the camera could not be put back as it was: ${restore.differences.length === 0 ? 'what differs is not known' : plural(restore.differences.length, 'difference')}`,
  };
  const skipped = Object.entries(SKIPPED_BECAUSE).flatMap(([reason, because]) => {
    const count = results.checks.filter((check) => check.verdict === 'skip' && check.skipReason === reason).length;
    return count === 0 ? [] : [['Skipped', `${count} ${reason}: ${because}`]];
  });
  const others = preparation === 0 ? '' : `; ${plural(preparation, 'other check')} ran first, as preparation`;
  const lines = [
    ...(selection.length === 0 ? [] : [['Selected', selection.join(', ') + others]]),
    ['Camera', about.length > 0 ? about.join(', ') : 'not known'],
    ...(results.api === 'cgi' ? [] : [['Asked by', OTHER_INTERFACE]]),
    ['Restore', restored[restore.verdict]],
    ...listed(restore.differences).map((difference) => ['', difference]),
    [
      'Errata',
      errata.length === 0 ? 'none met' : `${errata.length} met, where the document contradicts itself; listed under "errata" in results.json`,
    ],
    ...skipped,
    ...notices.slice(0, MOST_NOTICES).map((notice) => ['Notice', notice]),
    ...(notices.length > MOST_NOTICES ? [['Notice', `${notices.length - MOST_NOTICES} more under "notices" in results.json`]] : []),
    ['Traffic', `${plural(traffic.requests, 'request')}, ${traffic.retries} retried, ${seconds(traffic.deviceTimeMs)} waiting for the camera`],
    ['Time', seconds(results.durationMs)],
    ['Files', reportsDir],
  ];
  return lines.map(([word = '', text = '']) => `${word.padEnd(9)}${shorten(printable(text), width * ROWS_PER_LINE)}`).join('\n');
}

const listed = (lines: readonly string[]): readonly string[] =>
  lines.length <= MOST_SHOWN ? lines : [...lines.slice(0, MOST_SHOWN), `… and ${lines.length - MOST_SHOWN} more, all of them in results.json`];

function verdict(results: Results, paint: (code: number) => Paint, width: number): string {
  const required = results.checks.filter(({ level }) => level === 'must');
  const { passed, failed, waived } = summarise(required);
  const incomplete = results.fault ?? incompleteBecause(results);
  const inWhat = results.selection.length === 0 ? '' : ' in what was selected';
  const sentence = {
    0: `${results.verdict === 'same-settings' ? SAME_SETTINGS : 'Conformant'}${inWhat}: ${plural(passed, 'required check')} passed, none failed${waived === 0 ? '' : ` but ${waived} that ${waived === 1 ? 'is' : 'are'} waived`}.`,
    1: `Not conformant${inWhat}: ${failed} of ${plural(passed + failed + waived, 'judged required check')} failed${waived === 0 ? '' : `, and ${waived} more that ${waived === 1 ? 'is' : 'are'} waived`}.`,
    2: `Incomplete: ${incomplete}`,
    3: `The camera could not be put back as it was.${results.fault === null ? '' : ` ${results.fault}`}`,
  }[results.exitCode];
  const said = paint(results.exitCode === 0 ? GREEN : RED)(shorten(printable(sentence), width * ROWS_PER_LINE));
  const warnings = warningsOf(results.checks);
  return warnings === null ? said : `${said}\n${paint(YELLOW)(shorten(printable(warnings), width * ROWS_PER_LINE))}`;
}

/** `2 warnings: gb28181/password/url-characters, video/bitrate/in-stream.` */
function warningsOf(checks: readonly CheckResult[]): string | null {
  const ids = checks.filter(({ verdict }) => verdict === 'warn').map(({ id }) => id);
  if (ids.length === 0) return null;
  const more = ids.length - MOST_NAMED;
  return `${plural(ids.length, 'warning')}: ${ids.slice(0, MOST_NAMED).join(', ')}${more > 0 ? `, and ${more} more` : ''}.`;
}

/** What it is for, and below it what to type or to look at: whole, because it is there to be copied. */
function steps(results: Results, surroundings: Surroundings, heading: Paint): readonly string[] {
  const next = nextSteps(results, surroundings);
  if (next.length === 0) return [];
  return [[heading('What to do next'), ...next.flatMap(({ what, how }) => [`  ${what}`, ...how.map((line) => `    ${printable(line)}`)])].join('\n')];
}

/** Why a run without a fault of its own has exit code 2. */
function incompleteBecause({ summary, checks }: Results): string {
  if (summary.errors > 0) return `${plural(summary.errors, 'check')} could not be carried out, by a fault of the suite.`;
  if (checks.length === 0) return 'the selection matches no check.';
  if (checks.some(({ level, verdict }) => level === 'should' && (verdict === 'pass' || verdict === 'warn')))
    return 'what was judged is recommended, not required: it proves nothing about conformance.';
  const reason = commonestReason(checks);
  return `no required check passed or failed.${reason === null ? '' : ` The commonest reason, of ${plural(reason.checks, 'check')}: ${reason.sentence}.`}`;
}
