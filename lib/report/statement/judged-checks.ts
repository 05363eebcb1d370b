/** The checks that failed, warned or broke, by section: each kind a part of its own. */

import { type CheckResult, isFailure, type Results } from '../../results/results.ts';
import { HOW_LINES_LOG_IN } from '../repeat/by-hand.ts';
import { type CheckList, checkList } from './check-list.ts';
import { type Content, html } from './html.ts';
import type { Part } from './part.ts';

export const failedChecks = ({ checks, errata }: Results): Part =>
  part(checks.filter(isFailure), errata, {
    id: 'failed',
    title: 'Failed checks',
    lead: 'What the document demands and the camera does not do. Each of these makes the camera non-conformant.',
    absence: 'no required check failed',
    hasHowTo: true,
  });

export const warnedChecks = ({ checks, errata }: Results): Part =>
  part(
    checks.filter(({ verdict }) => verdict === 'warn'),
    errata,
    {
      id: 'warned',
      title: 'Warnings',
      lead: 'What a user would expect of what a section describes, and the document does not demand. None of these changes the verdict.',
      absence: 'there was nothing to warn about',
      hasHowTo: !checks.some(isFailure),
    },
  );

/** Null when the suite had no fault, which is not worth a heading. */
export function brokenChecks({ checks, errata }: Results): Part | null {
  const broken = checks.filter(({ verdict }) => verdict === 'error');
  if (broken.length === 0) return null;
  const lead = 'These checks could not be carried out, by a fault of the suite itself. They say nothing about the camera.';
  return part(broken, errata, { id: 'broken', title: 'Errors of the suite', lead, absence: '' });
}

interface Wording {
  readonly id: CheckList;
  readonly title: string;
  readonly lead: string;
  /** see `Part` */
  readonly absence: string;
  readonly hasHowTo?: boolean;
}

const part = (checks: readonly CheckResult[], errata: readonly string[], { id, title, lead, absence, hasHowTo = false }: Wording): Part => ({
  id,
  title,
  size: checks.length,
  body: html`<p>${lead}</p>${hasHowTo && howToRepeat()}${checkList(checks, id, errata)}`,
  absence,
});

/** Said once, above the first list; it says what a camera maker without the suite needs for the lines. */
const howToRepeat = (): Content => html`
<details class="how"><summary>How to use the lines below</summary>
<p><b>By hand</b>: these lines need a shell with curl, or ffmpeg for streams, and not the suite. Each goes in as it is; what begins with # says what the next one does. ${HOW_LINES_LOG_IN} Where they change the camera, the last ones put back what can be put back so, and say what cannot.</p>
<p><b>With the suite</b>: the command repeats that check alone, in the folder of the suite, with what it needs, and puts the camera back. It takes the password from <code>CAMERA_PASSWORD</code>.</p>
</details>`;
