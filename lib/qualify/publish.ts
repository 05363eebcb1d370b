/** Puts the result of a qualification where readers look: into README.md between two marks, and into docs. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { writeReport } from '../report/write-report.ts';
import type { Qualification } from './qualification.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const [BEGIN, END] = ['<!-- qualification: written by npm run qualify -- --publish -->', '<!-- /qualification -->'] as const;

export async function publish(found: Qualification): Promise<void> {
  const readme = await readFile(`${ROOT}README.md`, 'utf8');
  await writeReport(ROOT, 'README.md', withQualification(readme, found));
  await writeReport(`${ROOT}docs`, 'qualification.json', `${JSON.stringify(found, null, 2)}\n`);
}

/** Throws when the marks are not there. */
export function withQualification(readme: string, found: Qualification): string {
  const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (begin === -1 || end < begin)
    throw new Error(`Could not find the place for the qualification in README.md: it stands between ${BEGIN} and ${END}.`);
  return `${readme.slice(0, begin)}${BEGIN}\n\n${formatMarkdown(found)}\n\n${readme.slice(end)}`;
}

export function formatMarkdown({
  score,
  defects,
  caught,
  byHand,
  missed,
  elsewhere,
  models,
  blindCameras,
  falseAlarms,
  checksWithoutDefect,
  measuredAt,
}: Qualification): string {
  const rows = [
    ['score', `${score} %`],
    ['defects planted', String(defects)],
    ['caught by the check that must notice', String(caught)],
    ['of those written by hand', `${byHand.caught} of ${byHand.defects}`],
    ['missed', String(missed.length)],
    ['seen only by other checks', String(elsewhere.length)],
    ['checks that no defect made fail', String(checksWithoutDefect.length)],
    ['good cameras written or drawn blindly', `${blindCameras.right} of ${blindCameras.traits + blindCameras.drawn} judged as they deserve`],
    ['false alarms on good cameras', `${falseAlarms.length} on ${models.length + blindCameras.traits + blindCameras.drawn}`],
  ];
  const cameras = models.map(({ id, does }) => `- \`${id}\`: ${does}`);
  return [
    `Measured on ${measuredAt.slice(0, 10)}:`,
    '',
    '| | |',
    '| --- | --- |',
    ...rows.map(([name, value]) => `| ${name} | ${value} |`),
    '',
    'The good cameras:',
    '',
    ...cameras,
  ].join('\n');
}
