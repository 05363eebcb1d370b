/**
 * `npm run torture -- --sweep`: requests of runs of single sections are spoiled, one in each run and each in one way, and it is looked
 * whether the camera was left changed in silence. With `every` 1 it is each request in each way; else as many of these are drawn from the seed.
 */
import { seededRandom } from '../lib/emulator/random.ts';
import { inLanes } from '../lib/qualify/lanes.ts';
import { WAYS, type Way } from '../lib/qualify/sweep/disturbing-proxy.ts';
import { requestsOf, type Spoiled, spoil } from '../lib/qualify/sweep/sweep.ts';
import { UNRULY } from '../lib/qualify/sweep/unruly.ts';
import { runWatched } from '../lib/qualify/sweep/watched-run.ts';

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

/** Runs each section against each unruly firmware; returns how many were left changed in silence. */
export async function sweepUnruly(sections: readonly number[], { only, lanes }: { only: string | null; lanes: number }): Promise<number> {
  let silent = 0;
  let named = 0;
  const chosen = UNRULY.filter(({ id }) => only === null || id === only);
  const jobs = chosen.flatMap((firmware) => sections.map((section) => [firmware, section] as const));
  await inLanes(
    jobs,
    async ([{ id, make, restMs }, section]) => {
      try {
        const watched = await runWatched({ sections: [section], emulator: make(), looksLate: true, ...(restMs === undefined ? {} : { restMs }) });
        if (watched.silent.length > 0) console.log(`  ${id}, section ${section}: ${watched.silent.join('; ')}`);
        if (watched.silent.length > 0) silent += 1;
        else if (watched.named.length > 0) named += 1;
        if (watched.named.length > 0) console.log(`  ${id}, section ${section}, named: ${watched.named.join('; ')}`);
      } catch (error) {
        silent += 1;
        console.log(`  ${id}, section ${section}, the run broke: ${error instanceof Error ? error.stack : error}`);
      }
    },
    { most: lanes },
  );
  console.log(`${chosen.length} firmwares x ${sections.length} sections: left changed in silence ${silent}, named ${named}`);
  return silent;
}

/** Pairs of request and way, drawn. */
function jobsOf(requests: number, every: number, seed: number): readonly (readonly [number, Way])[] {
  const next = seededRandom(seed);
  const pairs = Array.from({ length: requests }, (_, index) => WAYS.map((way) => [index + 1, way] as const));
  return pairs.flat().filter(() => next() < 1 / every);
}
