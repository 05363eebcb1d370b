/**
 * `npm run torture`: ends runs at moments spread over all sections, every hazard allowed, and looks whether the camera is as it
 * was: after SIGKILL to the whole process group and `npm run restore`, and after SIGINT without it. The moments follow from the
 * seed. A moment is a number of requests that the camera has answered, so that it means the same on a slow computer as on a fast one.
 * With `--sweep` no run is ended, but one request of each is spoiled.
 */
import { Command } from 'commander';
import { type Ending, moments, torment, WAYS, wholeMoments } from '../lib/cli/torment.ts';
import { SECTIONS } from '../lib/document/index.ts';
import { sweep, sweepUnruly } from './sweep.ts';

const program = new Command('npm run torture --')
  .description('Ends runs in the middle and looks whether the camera is as it was.')
  .option('--moments <count>', 'how often a run is ended in each way', '40')
  .option('--seed <number>', 'what the moments follow from', String(Date.now() % 1_000_000))
  .option('--ways <list>', `how it is ended: ${WAYS.join(', ')}`, WAYS.join(','))
  .option('--whole', 'runs of all sections each time; without it each run is of the one section in which it is ended')
  .option('--sweep', 'in place of that: one request of each run is spoiled, in one of eight ways')
  .option('--unruly', 'in place of that: each section against each firmware that does something else than it is told')
  .option('--only <id>', 'one such firmware')
  .option('--sections <list>', 'of the sweep', SECTIONS.map(({ number }) => number).join(','))
  .option('--every <number>', 'of that many runs of the sweep one is made', '1')
  .option('--settling <ms>', 'how long the camera of the sweep takes to show what was set', '0')
  .option('--lanes <number>', 'runs of the sweep at once', '4')
  .parse();
const options = program.opts<{
  moments: string;
  seed: string;
  ways: string;
  whole?: true;
  sweep?: true;
  unruly?: true;
  only?: string;
  sections: string;
  every: string;
  settling: string;
  lanes: string;
}>();

if (options.unruly) {
  const silent = await sweepUnruly(options.sections.split(',').map(Number), { only: options.only ?? null, lanes: Number(options.lanes) });
  process.exit(silent === 0 ? 0 : 1);
}
if (options.sweep) {
  const { sections, every, seed, settling, lanes } = options;
  console.log(`seed ${seed}`);
  const silent = await sweep({
    sections: sections.split(',').map(Number),
    every: Number(every),
    seed: Number(seed),
    settlingMs: Number(settling),
    lanes: Number(lanes),
  });
  process.exit(silent === 0 ? 0 : 1);
}

console.log(
  `seed ${options.seed}: repeat with npm run torture -- --seed ${options.seed} --moments ${options.moments}${options.whole ? ' --whole' : ''}`,
);
const spread = (options.whole ? wholeMoments : moments)(Number(options.moments), Number(options.seed));
let failures = 0;
for (const way of WAYS.filter((each) => options.ways.split(',').includes(each))) {
  const began = performance.now();
  const endings: Ending[] = [];
  for (const [index, moment] of spread.entries()) {
    const ending = await torment(way, moment);
    endings.push(ending);
    const verdict = ending.differences.length === 0 ? 'as it was' : `differs: ${ending.differences.join('; ')}`;
    const end = ending.came ? '' : ', over before that';
    console.log(`  ${way} ${index + 1}/${spread.length} in ${ending.where}${end}: exit ${ending.code}, ${verdict}`);
  }
  const good = endings.filter(({ differences }) => differences.length === 0).length;
  failures += endings.length - good;
  console.log(`${way}: ${good} of ${endings.length} as before, ${((performance.now() - began) / 1000).toFixed(0)} s`);
}
process.exitCode = failures === 0 ? 0 : 1;
