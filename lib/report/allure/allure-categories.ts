/** How Allure sorts what did not pass: what speaks against the camera, what does not, and what says nothing about it. */

interface Category {
  readonly name: string;
  /** label -> expression that one of its values matches */
  readonly matchers: { readonly labels: Readonly<Record<string, string>> };
  readonly groupBy: readonly { readonly label: string }[];
  readonly groupByMessage: boolean;
  readonly expand: boolean;
}

const bySection = (name: string, verdict: string): Category => ({
  name,
  matchers: { labels: { verdict: `^${verdict}$` } },
  groupBy: [{ label: 'epic' }],
  groupByMessage: false,
  expand: verdict === 'fail',
});

/** Checks that were skipped for the same reason often say the same: they are told by it. */
const skipped = (name: string, reason: string): Category => ({
  name,
  matchers: { labels: { 'skipped because': `^${reason}$` } },
  groupBy: [],
  groupByMessage: true,
  expand: false,
});

export const CATEGORIES: readonly Category[] = [
  bySection('Defects of the camera: required by the document', 'fail'),
  bySection('Warnings: recommended, not required', 'warn'),
  bySection('Waived: known and accepted', 'waived'),
  bySection('Faults of the suite, not of the camera', 'error'),
  skipped('Could not be tested: the camera does not offer it', 'not-offered'),
  skipped('Could not be tested: CAMERA_ALLOW does not name the hazard', 'not-allowed'),
  skipped('Could not be tested: a precondition failed', 'blocked'),
  skipped('Could not be tested: nothing seen from outside would show it', 'not-testable'),
];
