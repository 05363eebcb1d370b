/** `npm run coverage`: which clauses of the document the checks test, section by section, and which they do not, with the reason. */
import { Command } from 'commander';
import { catalogueOf } from '../document/clauses.ts';
import { SECTIONS } from '../document/index.ts';
import { collectChecks } from '../execution/load-suites.ts';
import { coverageOf, formatCoverage } from '../report/coverage.ts';

new Command('npm run coverage').description('Prints which clauses of the document have checks, and which have none.').parse();

const coverage = coverageOf(
  SECTIONS.map((section) => ({ number: section.number, title: section.title, clauses: catalogueOf(section) })),
  await collectChecks(),
);
process.stdout.write(`${formatCoverage(coverage)}\n`);
process.exitCode = coverage.open.length > 0 || coverage.unknown.length > 0 ? 1 : 0;
