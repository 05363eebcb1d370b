/** `npm run qualify`: measures the suite itself, with cameras that are wrong and cameras that are right. */
import { Command, InvalidArgumentError } from 'commander';
import { sectionOfBlind } from '../emulator/defects/blind/blind-defect.ts';
import { allBlind } from '../emulator/defects/blind/index.ts';
import { sectionOfDefect } from '../emulator/defects/defect.ts';
import { allDefects } from '../emulator/defects/index.ts';
import { allOperators } from '../emulator/defects/operators/index.ts';
import { drawOperators } from '../emulator/defects/operators/sample.ts';
import { drawBriskCameras, drawCameras } from '../emulator/freedoms/index.ts';
import { nearest } from '../emulator/near-match.ts';
import { BLIND_TRAITS } from '../emulator/traits/blind/index.ts';
import { formatBlindScore, scoreBlindly } from '../qualify/blind.ts';
import { formatGoodResult, formatGoodScore, judgeGood } from '../qualify/good.ts';
import { formatPage } from '../qualify/page.ts';
import { publish } from '../qualify/publish.ts';
import { type Qualification, shortcomings } from '../qualify/qualification.ts';
import { everything, type Progress, qualify, type Selection } from '../qualify/qualify.ts';
import { draw } from '../qualify/sample.ts';
import { writeReport } from '../report/write-report.ts';
import { printable } from '../wire/printable.ts';
import { endCommand } from './end-command.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

interface Flags {
  readonly section?: string;
  readonly defect?: string;
  readonly sample?: number;
  readonly seed: number;
  readonly publish?: true;
  readonly blind?: true;
  readonly operators?: true;
  readonly traits?: true;
  readonly drawn?: true;
  readonly brisk?: true;
  readonly camera?: string;
  readonly workers?: number;
  readonly reportsDir: string;
}

function parseCount(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It is a whole number from 1.');
  return Number(text);
}

const program = new Command('npm run qualify --')
  .description(
    'Plants every defect in an embedded camera and looks whether the suite finds it; runs every good camera and looks whether it fails one.',
  )
  .option('--section <slug>', 'only the defects of this section, such as video, and no models')
  .option('--defect <id>', 'only this defect, such as video/bitrate/ignored')
  .option('--sample <number>', 'so many defects, drawn by chance, and no models', parseCount)
  .option('--seed <number>', 'of the sample', parseCount, 1)
  .option('--blind', 'the defects that were written without knowledge of the checks, in place of all others; with --section, --defect, --sample')
  .option('--operators', 'the same with those that a machine made')
  .option(
    '--traits',
    'the traits that were made from the words of the contract alone, each by the sections that come across it; with --sample, --seed',
  )
  .option('--drawn', 'good cameras drawn from all that the contract leaves open, each by everything; with --sample, --seed')
  .option('--brisk', 'the same without what makes a run take minutes more')
  .option('--camera <id>', 'with these, only this one, or several with commas between')
  .option('--workers <number>', 'so many processes at most', parseCount)
  .option('--publish', 'writes the result into README.md and docs/qualification.json as well; only with all of it')
  .option('--reports-dir <folder>', 'where qualification.json and qualification.html go', process.env.REPORTS_DIR || 'reports')
  .addHelpText(
    'after',
    '\nExit codes:\n  0  everything is found, and nothing else is held against any good camera\n  1  not so; what is missing is named\n  2  it could not be done',
  )
  .exitOverride()
  .configureOutput({ writeErr: () => undefined });

const NO_CAMERAS = { models: [], blindTraits: [], drawn: [] } as const;

function select({ section, defect, sample, seed }: Flags): Selection {
  const all = allDefects();
  if (defect !== undefined) {
    const found = all.filter(({ id }) => id === defect);
    if (found.length === 0)
      throw new Error(
        `There is no defect ${defect}${nearest(
          defect,
          all.map(({ id }) => id),
        )}; npm run emulator -- --defects lists them.`,
      );
    return { part: `the defect ${defect}`, defects: found, ...NO_CAMERAS, proven: new Set() };
  }
  if (section !== undefined) {
    const found = all.filter((each) => sectionOfDefect(each) === section);
    const slugs = new Set(all.map(sectionOfDefect));
    if (found.length === 0) throw new Error(`There is no section ${section}${nearest(section, slugs)}.`);
    return { part: `section ${section}`, defects: found, ...NO_CAMERAS, proven: new Set([section]) };
  }
  if (sample !== undefined)
    return { part: `${sample} defects drawn with seed ${seed}`, defects: draw(all, sample, seed), ...NO_CAMERAS, proven: new Set() };
  return everything();
}

async function main(): Promise<number> {
  const flags = program.parse().opts<Flags>();
  if (flags.blind || flags.operators) return measureBlindly(flags);
  if (flags.traits || flags.drawn || flags.brisk) return measureGood(flags);
  const selection = select(flags);
  if (flags.publish && selection.part !== null) throw new Error('--publish goes with all of it: leave out --section, --defect and --sample.');
  say(
    `${selection.defects.length} defects, ${selection.models.length + selection.blindTraits.length + selection.drawn.length} good cameras${selection.part === null ? '' : ` (${selection.part})`}`,
  );
  const found = await qualify(selection, progress());
  await writeReport(flags.reportsDir, 'qualification.json', `${JSON.stringify(found, null, 2)}\n`);
  const page = await writeReport(flags.reportsDir, 'qualification.html', formatPage(found));
  if (flags.publish) await publish(found);
  say(summary(found));
  say(`Page     ${page}`);
  const wrong = shortcomings(found);
  for (const sentence of wrong) say(printable(sentence));
  return wrong.length === 0 ? 0 : 1;
}

/** 0 where everything is noticed that can be seen from outside. */
async function measureBlindly({ blind, operators, section, defect, sample, seed, workers, reportsDir }: Flags): Promise<number> {
  const all = [...(blind ? allBlind() : []), ...(operators ? allOperators() : [])];
  const meant = all.filter(
    (each) =>
      (section === undefined || sectionOfBlind(each) === section) && (defect === undefined || each.id === defect || each.id.startsWith(`${defect}/`)),
  );
  if (meant.length === 0) throw new Error('There is no such blind defect; npm run emulator -- --defects lists them.');
  const chosen = sample === undefined ? meant : drawOperators(meant, sample, seed);
  const part = [
    blind && 'written blindly',
    operators && 'made by machine',
    section,
    defect,
    sample !== undefined && `${sample} drawn with seed ${seed}`,
  ]
    .filter(Boolean)
    .join(', ');
  say(`${chosen.length} of ${all.length} defects (${part})`);
  let told = 0;
  const score = await scoreBlindly(
    part,
    chosen,
    (done, results) => {
      if (done - told < chosen.length / 20 && done < chosen.length) return;
      told = done;
      say(`${String(done).padStart(6)} of ${chosen.length} planted, ${results.filter(({ result }) => result === 'missed').length} not noticed`);
    },
    workers,
  );
  const file = await writeReport(reportsDir, 'blind.json', `${JSON.stringify(score, null, 2)}\n`);
  say(formatBlindScore(score));
  say(`File     ${file}`);
  return score.missed.every(({ reason }) => reason !== null) && score.errors.length === 0 ? 0 : 1;
}

/** 0 where every camera is judged as it deserves. */
async function measureGood({ traits, drawn, brisk, camera, sample, seed, workers, reportsDir }: Flags): Promise<number> {
  const all = [
    ...(traits ? BLIND_TRAITS.map(({ id }) => id) : []),
    ...(drawn ? drawCameras(seed).map(({ id }) => id) : []),
    ...(brisk ? drawBriskCameras(seed).map(({ id }) => id) : []),
  ];
  const asked = camera?.split(',');
  const meant = asked === undefined ? all : all.filter((id) => asked.includes(id));
  if (meant.length === 0) throw new Error(`There is no such camera${nearest(camera ?? '', all)}.`);
  const chosen = sample === undefined ? meant : draw(meant, sample, seed);
  const part = [
    traits && 'traits',
    drawn && 'drawn cameras',
    brisk && 'drawn cameras without what takes minutes',
    sample !== undefined && `${sample} drawn with seed ${seed}`,
  ]
    .filter(Boolean)
    .join(', ');
  say(`${chosen.length} of ${all.length} cameras (${part})`);
  const score = await judgeGood(
    part,
    chosen,
    (result, done) => {
      for (const [index, line] of formatGoodResult(result).split('\n').entries())
        say(printable(`${index === 0 ? String(done).padStart(6) : '      '} ${line}`));
    },
    workers,
  );
  const file = await writeReport(reportsDir, 'good.json', `${JSON.stringify(score, null, 2)}\n`);
  say(formatGoodScore(score));
  say(`File     ${file}`);
  return score.results.every(({ wrong }) => wrong === null) && score.errors.length === 0 ? 0 : 1;
}

/** A line now and then, not one for each job. */
function progress(): (progress: Progress) => void {
  let told = 0;
  return ({ done, all, caught }) => {
    if (done - told < all / 10 && done < all) return;
    if (done === told) return;
    told = done;
    say(`${String(done).padStart(6)} of ${all} defects planted, ${caught} caught`);
  };
}

function summary({
  score,
  caught,
  defects,
  byHand,
  missed,
  elsewhere,
  models,
  blindCameras,
  falseAlarms,
  checksWithoutDefect,
  durationMs,
}: Qualification): string {
  return [
    `Score    ${score} %: ${caught} of ${defects} defects caught, of those written by hand ${byHand.caught} of ${byHand.defects}`,
    `Missed   ${missed.length}, seen only in the wrong place ${elsewhere.length}`,
    `Cameras  ${models.length} good ones, ${blindCameras.right} of ${blindCameras.traits + blindCameras.drawn} made blindly as they deserve, ${falseAlarms.length} false alarms`,
    `Checks   ${checksWithoutDefect.length} that no defect made fail`,
    `Time     ${(durationMs / 1000).toFixed(1)} s`,
  ].join('\n');
}

await endCommand(main());
