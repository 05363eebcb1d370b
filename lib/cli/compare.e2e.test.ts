/** `npm run compare` on what two runs left: a camera as it should be, and the same one with a fault and without a parameter. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Tamper } from '../emulator/tamper.ts';
import { conformance, faultyCamera, LIMIT_MS, type RunOptions, runCommand, temporaryFolder } from './conformance.fixture.ts';

const run = async (tamper: Tamper): Promise<string> => {
  const { url } = await faultyCamera({ tamper });
  return (await conformance({ environment: { CAMERA_URL: url, CAMERA_SECTIONS: '8', CAMERA_ALLOW: 'all' } })).folder;
};
const compare = (...flags: NonNullable<RunOptions['flags']>) => runCommand({ command: 'compare', flags });

describe('npm run compare', () => {
  let before = '';
  let now = '';
  beforeAll(async () => {
    before = await run({});
    now = await run({
      reply: (action, _, reply) => {
        if (action !== 'getRebootConf') return reply;
        const { minute, ...rest } = reply;
        return rest;
      },
      stored: (action, changes) => {
        if (action !== 'setRebootConf') return changes;
        const { day_week, ...rest } = changes;
        return rest;
      },
    });
  }, LIMIT_MS);

  it('ends with 1 where something that passed fails now, and writes it', async () => {
    const file = join(temporaryFolder(), 'comparison.json');
    const { code, stdout, stderr } = await compare(join(before, 'results.json'), now, '--json', file);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toContain('Passed before, fails now');
    expect(stdout).toMatch(/^Parameters that disappeared: 1\n {2}getRebootConf {3}minute$/m);
    const written = JSON.parse(readFileSync(file, 'utf8'));
    expect(written).toMatchObject({ schemaVersion: 1, exitCode: 1, fault: null });
    expect(written.checks.newlyFailing.map(({ id }: { id: string }) => id)).toContain('device-timed-restart/day_week/round-trip');
    expect(written.checks.noLongerOffered.map(({ id }: { id: string }) => id)).toContain('device-timed-restart/minute/type');
    expect(written.timings.compared).toBeGreaterThan(0);
  });

  it('tells GitHub that nothing in it is a command', async () => {
    const { stdout } = await runCommand({ command: 'compare', flags: [before, now], environment: { GITHUB_ACTIONS: 'true' } });
    const lines = stdout.trimEnd().split('\n');
    const token = /^::stop-commands::([\w-]{20,})$/.exec(lines[0] ?? '')?.[1];
    expect(lines.at(-1)).toBe(`::${token}::`);
    expect(lines.slice(1, -1).filter((line) => line.trimStart().startsWith('::'))).toEqual([]);
  });

  it('ends with 2 and one sentence for a file that is none', async () => {
    const wrong = join(temporaryFolder(), 'x.json');
    writeFileSync(wrong, '{"schemaVersion":1}');
    for (const [flags, sentence] of [
      [[before, wrong], `Could not read ${wrong}: verdict is not as schema version 1 has it`],
      [[before, `${wrong}.no`], `Could not read ${wrong}.no: there is no such file.\n`],
      [[before, now, '--html', join(now, 'results.json')], `Could not write ${join(now, 'results.json')}: the results are read from it`],
      [[before, now, '--html', wrong, '--json', wrong], '--json and --html name one file: name two.\n'],
    ] as const) {
      const { code, stdout, stderr } = await compare(...flags);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr.startsWith(sentence) && stderr.trimEnd().split('\n')).toHaveLength(1);
    }
  });
});
