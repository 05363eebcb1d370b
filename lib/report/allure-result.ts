/**
 * What Allure shows of a check: section as epic, action as feature, parameter as story, level as severity; its steps, and why it
 * did not pass. A warning passes, as it does for the verdict of the run, and is marked; a skipped check says why.
 */
import { printable, shorten } from '../http/printable.ts';
import type { Attachment, Step } from './check-evidence.ts';
import type { Reproduction } from './reproduce.ts';
import { type CheckResult, messageOf } from './results.ts';
import { describeWaiver } from './waivers/waiver.ts';

/** The members of an Allure result that are written here; allure-vitest has written the others. */
export interface AllureResult {
  readonly uuid: string;
  name?: string;
  fullName?: string;
  testCaseId?: string;
  historyId?: string;
  titlePath?: readonly string[];
  status?: string;
  statusDetails: { readonly message?: string };
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
/** A failed must is the camera's, anything else that broke the suite's; a waived failure does not fail the run. */
const STATUS = { pass: 'passed', warn: 'passed', fail: 'failed', waived: 'skipped', error: 'broken', skip: 'skipped' } as const;
type Shown = keyof typeof STATUS;
/** Words before the name and tags to filter by: Allure has no colour for either. */
const MARK: Partial<Record<Shown, string>> = { warn: 'Warning', waived: 'Waived' };
const LONGEST_MESSAGE = 4000;

const shownAs = ({ verdict, waiver }: Described['check']): Shown => (waiver === undefined ? verdict : 'waived');

/** The same check has the same history whatever its title, its section's number or its file are. */
export function describeResult(result: AllureResult, described: Described, keep: KeepAttachment): void {
  const { check, section, steps, repeat } = described;
  const mark = MARK[shownAs(check)];
  result.name = `${mark === undefined ? '' : `${mark}: `}${check.id}: ${check.title}`;
  result.fullName = check.id;
  result.testCaseId = check.id;
  result.historyId = check.id;
  result.titlePath = [section];
  result.status = STATUS[shownAs(check)];
  result.statusDetails = detailsOf(described);
  result.labels = labelsOf(check, section);
  result.steps = steps.map((step) => stepOf(step, repeat, keep));
}

function labelsOf(check: Described['check'], section: string): readonly AllureLabel[] {
  const shown = shownAs(check);
  const labels: readonly (readonly [string, string | null | undefined])[] = [
    ['epic', section],
    ['feature', check.action ?? 'Whole section'],
    ['story', check.parameter ?? 'Whole action'],
    ['severity', SEVERITY[check.level]],
    ['document', check.section],
    ['level', check.level],
    ['verdict', shown],
    ['skipped because', check.skipReason],
    ['tag', MARK[shown]?.toLowerCase()],
  ];
  return labels.flatMap(([name, value]) => (value === null || value === undefined ? [] : [{ name, value }]));
}

function detailsOf({ check, repeat }: Described): AllureResult['statusDetails'] {
  const { verdict, skipReason, message, waiver } = check;
  if (message === null) return {};
  if (verdict === 'skip') return { message: lines(`${skipReason}: ${message}`) };
  const known = waiver === undefined ? '' : `${describeWaiver(waiver)}\n\n`;
  return { message: `${lines(known + message)}${sayHowToRepeat(repeat)}` };
}

const sayHowToRepeat = (repeat: Reproduction | null): string =>
  repeat === null ? '' : `\n\nTo repeat it\n${repeat.command}${repeat.request === null ? '' : `\n\n${repeat.request}`}`;

/** Terminal escapes that Allure would turn into colours, and marks that reverse text, become visible; line breaks stay. */
const lines = (text: string): string => shorten(text, LONGEST_MESSAGE).split('\n').map(printable).join('\n');

function stepOf({ title, startedAt, durationMs, finding, attachments }: Step, repeat: Reproduction | null, keep: KeepAttachment): AllureStep {
  const start = startedAt === null ? null : Date.parse(startedAt);
  return {
    name: title,
    status: finding === null ? 'passed' : 'failed',
    stage: 'finished',
    statusDetails: finding === null ? {} : { message: `${lines(messageOf([finding]))}${sayHowToRepeat(repeat)}` },
    ...(start === null ? {} : { start, stop: start + Math.round(durationMs) }),
    parameters: [],
    attachments: attachments.map((attachment) => ({ name: attachment.name, type: attachment.type, source: keep(attachment) })),
    steps: [],
  };
}
