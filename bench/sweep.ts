/**
 * `npm run torture -- --sweep`: requests of runs of single sections are spoiled, one in each run and each in one way, and it is looked
 * whether the camera was left changed in silence. With `every` 1 it is each request in each way; else as many of these are drawn from the seed.
 */
import { seededRandom } from '../lib/emulator/random.ts';
import { inLanes } from '../lib/qualify/lanes.ts';
import { WAYS, type Way } from '../lib/qualify/sweep/disturbing-proxy.ts';
import { requestsOf, type Spoiled, spoil } from '../lib/qualify/sweep/sweep.ts';

export interface SweepPlan {
  readonly sections: readonly number[];
  /** of that many runs about one is made */
  readonly every: number;
  readonly seed: number;
  /** how long the camera takes to show what was set, in ms */
  readonly settlingMs: number;
  /** runs at once */
  readonly lanes: number;
}

/** Returns how many cameras were left changed in silence. */
export async function sweep({ sections, every, seed, settlingMs, lanes }: SweepPlan): Promise<number> {
  let all = 0;
  let silent = 0;
  for (const section of sections) {
    const began = performance.now();
    const options = { section, settlingMs };
    const requests = await requestsOf(options);
    const jobs = jobsOf(requests, every, seed);
    const found: Spoiled[] = [];
    const broken: string[] = [];
    await inLanes(
      jobs,
      async ([request, way]) => {
        try {
          found.push(await spoil(options, way, request));
        } catch (error) {
          broken.push(`${way} at request ${request}: ${error instanceof Error ? error.stack : error}`);
        }
      },
      { most: lanes },
    );
    const left = found.filter((each) => each.silent.length > 0);
    for (const { way, request, action, silent: differences } of left)
      console.log(`  section ${section}, ${way} at request ${request} (${action}): ${differences.join('; ')}`);
    for (const each of broken) console.log(`  section ${section}, the run broke: ${each}`);
    const named = found.filter((each) => each.named.length > 0 && each.silent.length === 0).length;
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    console.log(
      `section ${section}: ${requests} requests x ${WAYS.length} ways, ${jobs.length} runs; left changed in silence ${left.length}, named ${named}, broken ${broken.length}; ${seconds} s`,
    );
    all += jobs.length;
    silent += left.length + broken.length;
  }
  console.log(`${all} runs; left changed in silence ${silent}`);
  return silent;
}

/** Pairs of request and way, drawn. */
function jobsOf(requests: number, every: number, seed: number): readonly (readonly [number, Way])[] {
  const next = seededRandom(seed);
  const pairs = Array.from({ length: requests }, (_, index) => WAYS.map((way) => [index + 1, way] as const));
  return pairs.flat().filter(() => next() < 1 / every);
}
