/** The checks that failed, warned or broke, by section: each kind a part of its own. */
import { type CheckResult, isFailure, type Results } from '../results.ts';
import { type CheckList, checkList } from './check-list.ts';
import { html } from './html.ts';
import type { Part } from './part.ts';

export const failedChecks = ({ checks }: Results): Part =>
  part(checks.filter(isFailure), {
    id: 'failed',
    title: 'Failed checks',
    lead: 'What the document demands and the camera does not do. Each of these makes the camera non-conformant. The command below a check repeats it alone, in the folder of the suite; it takes the password from CAMERA_PASSWORD.',
    none: 'No required check failed.',
  });

export const warnedChecks = ({ checks }: Results): Part =>
  part(
    checks.filter(({ verdict }) => verdict === 'warn'),
    {
      id: 'warned',
      title: 'Warnings',
      lead: 'What a user would expect and the document does not demand. None of these changes the verdict.',
      none: 'There was nothing to warn about.',
    },
  );

/** Null when the suite had no fault, which is not worth a heading. */
export function brokenChecks({ checks }: Results): Part | null {
  const broken = checks.filter(({ verdict }) => verdict === 'error');
  if (broken.length === 0) return null;
  const lead = 'These checks could not be carried out, by a fault of the suite itself. They say nothing about the camera.';
  return part(broken, { id: 'broken', title: 'Errors of the suite', lead, none: '' });
}

interface Wording {
  readonly id: CheckList;
  readonly title: string;
  readonly lead: string;
  /** what is said when there are none */
  readonly none: string;
}

const part = (checks: readonly CheckResult[], { id, title, lead, none }: Wording): Part => ({
  id,
  title,
  size: checks.length,
  body: checks.length === 0 ? html`<p>${none}</p>` : html`<p>${lead}</p>${checkList(checks, id)}`,
});
