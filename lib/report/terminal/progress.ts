/** How far a run is: one line that is rewritten on a terminal, and one for each section that is over where there is none. */
import { printable, shorten } from '../../wire/printable.ts';

export interface Progress {
  /** number and title of a section */
  readonly section: string;
  /** id of the check that runs, if it is known */
  readonly check: string | null;
  readonly done: number;
  readonly total: number;
  /** false: there are about as many */
  readonly isTotalKnown: boolean;
  readonly failed: number;
  readonly requests: number;
  readonly leftMs: number | null;
}

/** Shorter than this a section's title tells nothing. */
const SHORTEST_TITLE = 8;

/** `1254 of 3878 checks, 2 failed, 6210 requests, about 3 min left · 21 Video · video/bitrate/round-trip`, not wider than `width`. */
export function formatStatus(progress: Progress, width: number): string {
  const figures = figuresOf(progress);
  const section = progress.section === '' ? '' : ` · ${printable(progress.section)}`;
  const check = progress.check === null ? '' : ` · ${printable(progress.check)}`;
  const whole = figures + section + check;
  if (whole.length <= width) return whole;
  if (figures.length + section.length <= width || figures.length + SHORTEST_TITLE > width) return shorten(figures + section, width);
  return figures + shorten(section, width - figures.length);
}

/** `21 Video: 203 checks, 2 failed; so far 1254 of 3878 checks, …`: what a section came to, and the whole run so far. */
export const formatSectionDone = (section: { readonly checks: number; readonly failed: number }, progress: Progress): string =>
  `${printable(progress.section)}: ${counted(section.checks, 'check')}${failures(section.failed)}; so far ${figuresOf(progress)}`;

const figuresOf = ({ done, total, isTotalKnown, failed, requests, leftMs }: Progress): string =>
  `${done} of ${isTotalKnown ? '' : 'about '}${counted(Math.max(total, done), 'check')}${failures(failed)}, ${counted(requests, 'request')}` +
  (leftMs === null || done === total ? '' : `, ${formatLeft(leftMs)}`);

const failures = (count: number): string => (count === 0 ? '' : `, ${count} failed`);

/** `about 40 s left`, `about 3 min left`, `about 1 h 20 min left`: as exact as an estimate is. */
export function formatLeft(leftMs: number): string {
  const seconds = leftMs / 1000;
  if (seconds < 5) return 'a few seconds left';
  if (seconds < 95) return `about ${Math.ceil(seconds / 10) * 10} s left`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `about ${minutes} min left`;
  const rounded = Math.round(minutes / 10) * 10;
  const rest = rounded % 60;
  return `about ${Math.floor(rounded / 60)} h${rest === 0 ? '' : ` ${rest} min`} left`;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
