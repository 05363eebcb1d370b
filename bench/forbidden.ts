/**
 * `npm run bench:forbidden`: whether anything is sent to a camera that is in use everywhere and must not be, by the independent list of
 * lib/emulator/forbidden-requests.ts; with nothing allowed, with each hazard alone, and with all. It ends with 1 when there is.
 * `--hazards none,network` takes some of them, `--sections 8,10` part of the suite, `--ways run,fuzz,plan,interrupted,killed` what is done:
 * a run to its end, random attempts, a plan, a run that is interrupted, one that is killed and put back by `npm run restore`.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { HAZARDS } from '../lib/document/notation.ts';
import { forbiddenInRun, formatForbidden } from '../lib/emulator/forbidden-in-run.ts';
import { forbiddenLogIns, NAMED_HAZARDS } from '../lib/emulator/forbidden-requests.ts';
import { type EmulatorProcess, forkEmulator } from '../lib/emulator/process.ts';
import { LOADER } from '../lib/start/loader.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
/** How often it is looked how far a run is that is to be ended. */
const LOOK_MS = 100;
const FUZZ_SECONDS = 30;

const program = new Command('npm run bench:forbidden --')
  .option('--hazards <list>', 'comma list of hazards, each allowed alone; "none": nothing, "all": all of them', ['none', ...HAZARDS, 'all'].join())
  .option('--sections <list>', 'CAMERA_SECTIONS', '')
  .option('--ways <list>', 'run, fuzz, plan, interrupted, killed', 'run')
  .option('--behind <requests>', 'when a run is interrupted or killed', '1500')
  .parse();
const { hazards, sections, ways, behind } = program.opts<{ hazards: string; sections: string; ways: string; behind: string }>();

interface Site {
  readonly camera: EmulatorProcess;
  readonly environment: NodeJS.ProcessEnv;
}

const WAYS: Readonly<Record<string, (site: Site) => Promise<string>>> = {
  run: (site) => ended(start(site, 'run')),
  fuzz: (site) => ended(start(site, 'fuzz', '--seconds', String(FUZZ_SECONDS), '--seed', '1')),
  plan: (site) => ended(start(site, 'run', '--plan')),
  interrupted: (site) => broken(site, 'SIGINT'),
  killed: async (site) => {
    const code = await broken(site, 'SIGKILL');
    // Whoever puts a camera back allows nothing.
    return `${code}, then ${await ended(start({ ...site, environment: { ...site.environment, CAMERA_ALLOW: '' } }, 'restore'))}`;
  },
};

function start({ environment }: Site, command: string, ...flags: readonly string[]): ChildProcess {
  return spawn(process.execPath, [...LOADER, join(ROOT, `lib/cli/${command}.ts`), ...flags], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: environment,
  });
}

async function ended(child: ChildProcess): Promise<string> {
  const [code, signal] = await once(child, 'exit');
  return signal ?? `exit code ${code}`;
}

/** Ends a run when the camera has seen so many requests. */
async function broken(site: Site, signal: NodeJS.Signals): Promise<string> {
  const child = start(site, 'run');
  const end = ended(child);
  let isOver = false;
  end.finally(() => {
    isOver = true;
  });
  while (!isOver && (await site.camera.witnessed()).length < Number(behind)) await pause(LOOK_MS);
  child.kill(signal);
  return end;
}

async function judge(way: string, hazard: string): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'forbidden-'));
  const camera = await forkEmulator({ quirks: ['in-use', 'locks-out'], witness: true });
  try {
    const environment = {
      ...process.env,
      CAMERA_URL: camera.url,
      CAMERA_RTSP_URL: camera.rtspUrl,
      CAMERA_ALLOW: hazard === 'none' ? '' : hazard,
      CAMERA_SECTIONS: sections,
      REPORTS_DIR: folder,
    };
    const end = await WAYS[way]?.({ camera, environment });
    const requests = await camera.witnessed();
    const allowed = new Set(NAMED_HAZARDS.filter((each) => hazard === 'all' || hazard === each));
    console.log(formatForbidden(`${way}, ${hazard} (${end})`, requests, allowed));
    return forbiddenInRun(requests, allowed).length + forbiddenLogIns(requests).length === 0;
  } finally {
    await camera.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const unknown = ways.split(',').filter((way) => !(way in WAYS));
if (unknown.length > 0) throw new Error(`Could not go the way ${unknown.join(', ')}: there are ${Object.keys(WAYS).join(', ')}.`);
for (const way of ways.split(',')) for (const hazard of hazards.split(',')) if (!(await judge(way, hazard))) process.exitCode = 1;
