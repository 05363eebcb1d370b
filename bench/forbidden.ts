/**
 * `npm run bench:forbidden`: what a run sends to a camera that is in use everywhere and must not, by the independent list of
 * lib/emulator/forbidden-requests.ts; with nothing allowed, and with each hazard alone. No test yet: it names what there is to do.
 * `--hazards none,network` runs some of them, `--sections 8,10` part of the suite, `--command fuzz` another command.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { HAZARDS } from '../lib/document/notation.ts';
import { formatForbidden } from '../lib/emulator/forbidden-in-run.ts';
import { NAMED_HAZARDS } from '../lib/emulator/forbidden-requests.ts';
import { forkEmulator } from '../lib/emulator/process.ts';
import type { WitnessedRequest } from '../lib/emulator/witness.ts';
import { LOADER } from '../lib/start/loader.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

const program = new Command('npm run bench:forbidden --')
  .option(
    '--hazards <list>',
    'comma list of hazards, each allowed alone in a run of its own; "none": nothing, "all": all of them',
    ['none', ...HAZARDS].join(),
  )
  .option('--sections <list>', 'CAMERA_SECTIONS', '')
  .option('--command <name>', 'run or fuzz', 'run')
  .parse();
const { hazards, sections, command } = program.opts<{ hazards: string; sections: string; command: string }>();

async function witness(hazard: string): Promise<readonly WitnessedRequest[]> {
  const folder = mkdtempSync(join(tmpdir(), 'forbidden-'));
  const camera = await forkEmulator({ quirks: ['in-use', 'locks-out'], witness: true });
  try {
    const child = spawn(process.execPath, [...LOADER, join(ROOT, `lib/cli/${command}.ts`)], {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...process.env,
        CAMERA_URL: camera.url,
        CAMERA_RTSP_URL: camera.rtspUrl,
        CAMERA_ALLOW: hazard === 'none' ? '' : hazard,
        CAMERA_SECTIONS: sections,
        REPORTS_DIR: folder,
      },
    });
    const [code] = await once(child, 'exit');
    console.error(`${hazard}: exit code ${code}`);
    return await camera.witnessed();
  } finally {
    await camera.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
for (const hazard of hazards.split(',')) {
  const allowed = NAMED_HAZARDS.filter((each) => hazard === 'all' || hazard === each);
  console.log(formatForbidden(hazard, await witness(hazard), new Set(allowed)));
}
