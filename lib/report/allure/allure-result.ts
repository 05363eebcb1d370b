/**
 * What Allure shows of a check: section as epic, action as feature, parameter as story, level as severity; its steps, and why it
 * did not pass. Allure shows at the top of a test why it failed, broke or was skipped, and nothing of one that passed or is unknown:
 * a warning, which fails no run and is no plain pass either, has the status broken, which the page calls warning (see allure-page.ts);
 * a fault of the suite is unknown, which the page calls not judged.
 */

import type { Attachment, Step } from '../../evidence/check-evidence.ts';
import { type CheckResult, messageOf } from '../../results/results.ts';
import { describeWaiver } from '../../results/waiver.ts';
import { printable, shorten } from '../../wire/printable.ts';
import { HOW_LINES_LOG_IN } from '../repeat/by-hand.ts';
import type { Reproduction } from '../repeat/reproduce.ts';

/** The members of an Allure result that are written here; allure-vitest has written the others. */
export interface AllureResult {
  readonly uuid: string;
  name?: string;
  fullName?: string;
  testCaseId?: string;
  historyId?: string;
  titlePath?: readonly string[];
  status?: string;
  /** when it began, in ms */
  readonly start?: number;
  statusDetails: { readonly message?: string };
  descriptionHtml?: string;
  labels: readonly AllureLabel[];
  steps: readonly AllureStep[];
}

interface AllureLabel {
  readonly name: string;
  readonly value: string;
}

interface AllureStep {
  readonly name: string;
  readonly status: string;
  readonly stage: 'finished';
  readonly statusDetails: AllureResult['statusDetails'];
  readonly start?: number;
  readonly stop?: number;
  readonly parameters: readonly never[];
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly source: string }[];
  readonly steps: readonly never[];
}

/** A check, the title of its section, and what it did. */
export interface Described {
  readonly check: Omit<CheckResult, 'durationMs'>;
  readonly section: string;
  readonly steps: readonly Step[];
  /** of what speaks against the camera or the suite */
  readonly repeat: Reproduction | null;
}

/** Allure keeps attachments in files of their own; returns the name of the file. */
export type KeepAttachment = (attachment: Attachment) => string;

const SEVERITY = { must: 'critical', should: 'minor', note: 'trivial' } as const;
/** A waived failure does not fail the run. */
const STATUS = { pass: 'passed', warn: 'broken', fail: 'failed', waived: 'skipped', error: 'unknown', skip: 'skipped' } as const;
type Shown = keyof typeof STATUS;
/** Words before the name and tags to filter by: Allure has no colour for either. */
const MARK: Partial<Record<Shown, string>> = { warn: 'Warning', waived: 'Waived', error: 'Fault of the suite' };
const LONGEST_MESSAGE = 4000;

const shownAs = ({ verdict, waiver }: Described['check']): Shown => (waiver === undefined ? verdict : 'waived');

/** The same check has the same history whatever its title, its section's number or its file are. */
export function describeResult(result: AllureResult, described: Described, keep: KeepAttachment): void {
  const { check, section, steps } = described;
  const mark = MARK[shownAs(check)];
  result.name = `${mark === undefined ? '' : `${mark}: `}${check.id}: ${check.title}`;
  result.fullName = check.id;
  result.testCaseId = check.id;
  result.historyId = check.id;
  result.titlePath = [section];
  result.status = STATUS[shownAs(check)];
  result.statusDetails = detailsOf(described);
  if (check.verdict === 'error') result.descriptionHtml = `<pre>${escaped(result.statusDetails.message ?? '')}</pre>`;
  result.labels = labelsOf(check, section);
  let at = result.start;
  result.steps = steps.map((step) => {
    const shown = stepOf(step, at, result, keep);
    at = shown.stop ?? at;
    return shown;
  });
}

function labelsOf(check: Described['check'], section: string): readonly AllureLabel[] {
  const shown = shownAs(check);
  const labels: readonly (readonly [string, string | null | undefined])[] = [
    ['epic', section],
    ['feature', check.action],
    ['story', check.parameter],
    ['severity', SEVERITY[check.level]],
    ['document', `section ${check.section}`],
    ['level', check.level],
    ['verdict', shown],
    ['skipped because', check.skipReason],
    ['tag', MARK[shown]?.toLowerCase()],
  ];
  return labels.flatMap(([name, value]) => (value === null || value === undefined ? [] : [{ name, value }]));
}

function detailsOf(described: Described): AllureResult['statusDetails'] {
  const { check, repeat } = described;
  const { verdict, skipReason, message, waiver } = check;
  if (message === null) return {};
  if (verdict === 'skip') return { message: lines(`${skipReason}: ${message}`) };
  const known = waiver === undefined ? '' : `${describeWaiver(waiver)}\n\n`;
  return { message: `${headOf(described)}${lines(known + message)}${sayHowToRepeat(repeat)}` };
}

/** A failure needs none: it is what its reader expects. */
const headOf = ({ check: { verdict, section } }: Described): string =>
  verdict === 'warn' ? `Warning: recommended, not required. It concerns section ${section} of the document.\n\n` : '';

function sayHowToRepeat(repeat: Reproduction | null): string {
  if (repeat === null) return '';
  const { command, request, dialogue } = repeat;
  const parts = [
    `To repeat it, in the folder of the suite (the password is taken from CAMERA_PASSWORD, else 123456):\n${command}`,
    ...(request === null ? [] : [`By hand. ${HOW_LINES_LOG_IN}\n${request}`]),
    ...(dialogue ? [`The requests, for reading (their session is over):\n${dialogue}`] : []),
  ];
  return `\n\n${parts.join('\n\n')}`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Terminal escapes that Allure would turn into colours, and marks that reverse text, become visible; line breaks stay. */
const lines = (text: string): string => shorten(text, LONGEST_MESSAGE).split('\n').map(printable).join('\n');

/** What is no event stands where the one before it ended. A finding that is all says no more than the check: Allure shows it once then. */
function stepOf(
  { title, startedAt, durationMs, finding, attachments }: Step,
  at: number | undefined,
  check: AllureResult,
  keep: KeepAttachment,
): AllureStep {
  const start = startedAt === null ? at : Date.parse(startedAt);
  const own = finding === null ? null : lines(messageOf([finding]));
  const { message = '' } = check.statusDetails;
  return {
    name: title,
    status: own === null ? 'passed' : (check.status ?? 'failed'),
    stage: 'finished',
    statusDetails: own === null ? {} : { message: message.includes(own) ? message : own },
    ...(start === undefined ? {} : { start, stop: start + Math.round(durationMs) }),
    parameters: [],
    attachments: attachments.map((attachment) => ({ name: attachment.name, type: attachment.type, source: keep(attachment) })),
    steps: [],
  };
}
