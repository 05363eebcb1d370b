/**
 * `npm run torture`: ends runs at moments spread over all sections, every hazard allowed, and looks whether the camera is as it
 * was: after SIGKILL to the whole process group and `npm run restore`, and after SIGINT without it. The moments follow from the
 * seed. A moment is a number of requests that the camera has answered, so that it means the same on a slow computer as on a fast one.
 */
import { Command } from 'commander';
import { type Ending, moments, torment, WAYS, wholeMoments } from '../lib/cli/torment.ts';

const program = new Command('npm run torture --')
  .description('Ends runs in the middle and looks whether the camera is as it was.')
  .option('--moments <count>', 'how often a run is ended in each way', '40')
  .option('--seed <number>', 'what the moments follow from', String(Date.now() % 1_000_000))
  .option('--ways <list>', `how it is ended: ${WAYS.join(', ')}`, WAYS.join(','))
  .option('--whole', 'runs of all sections each time; without it each run is of the one section in which it is ended')
  .parse();
const options = program.opts<{ moments: string; seed: string; ways: string; whole?: true }>();

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
