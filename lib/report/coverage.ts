/** Joins the requirement catalogue with the checks: what is tested, what cannot be, and what is forgotten. Pure. */
import type { CheckIdentity } from '../checks/check.ts';
import type { CatalogueEntry } from '../document/clauses.ts';

export interface SectionCoverage {
  readonly number: number;
  readonly title: string;
  readonly clauses: number;
  readonly tested: number;
  /** with a reason why no check can test them */
  readonly excused: readonly CatalogueEntry[];
}

export interface Coverage {
  readonly sections: readonly SectionCoverage[];
  readonly checks: number;
  /** clauses of which the strict profile expects more than the default one */
  readonly stricter: number;
  /** clauses without a check and without a reason */
  readonly open: readonly CatalogueEntry[];
  /** what checks claim to test and the catalogue does not have */
  readonly unknown: readonly string[];
}

interface SectionCatalogue {
  readonly number: number;
  readonly title: string;
  readonly clauses: readonly CatalogueEntry[];
}

export function coverageOf(catalogue: readonly SectionCatalogue[], checks: readonly Pick<CheckIdentity, 'covers'>[]): Coverage {
  const claimed = new Set(checks.flatMap(({ covers }) => covers));
  const known = new Set(catalogue.flatMap(({ clauses }) => clauses.map(({ id }) => id)));
  const untested = (clauses: readonly CatalogueEntry[]) => clauses.filter(({ id }) => !claimed.has(id));
  return {
    sections: catalogue.map(({ number, title, clauses }) => ({
      number,
      title,
      clauses: clauses.length,
      tested: clauses.length - untested(clauses).length,
      excused: untested(clauses).filter((clause) => clause.untested !== null),
    })),
    checks: checks.length,
    stricter: catalogue.flatMap(({ clauses }) => clauses).filter(({ strict }) => strict.length > 0).length,
    open: catalogue.flatMap(({ clauses }) => untested(clauses).filter((clause) => clause.untested === null)),
    unknown: [...claimed].filter((id) => !known.has(id)).sort(),
  };
}

export function formatCoverage({ sections, checks, stricter, open, unknown }: Coverage): string {
  const width = Math.max(...sections.map(({ title }) => title.length));
  const rows = sections.map(
    ({ number, title, clauses, tested, excused }) =>
      `${String(number).padStart(2)}  ${title.padEnd(width)}  ${String(tested).padStart(4)} of ${String(clauses).padStart(4)} clauses tested${excused.length === 0 ? '' : `, ${excused.length} with a reason`}`,
  );
  const excused = sections.flatMap((section) => section.excused);
  const sum = (of: (section: SectionCoverage) => number) => sections.reduce((total, section) => total + of(section), 0);
  return [
    ...rows,
    '',
    `${checks} checks test ${sum(({ tested }) => tested)} of ${sum(({ clauses }) => clauses)} clauses. The strict profile expects more of ${stricter} of them.`,
    ...heading(
      'Clauses that no check can test',
      excused.map(({ id, place, says, untested }) => `${id} (${place}): ${says} — ${untested}`),
    ),
    ...heading(
      'Clauses without a check',
      open.map(({ id, place, says }) => `${id} (${place}): ${says}`),
    ),
    ...heading('Claims of checks that the catalogue does not know', unknown),
  ].join('\n');
}

const heading = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `  ${line}`)];
