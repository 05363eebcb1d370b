import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatResults } from '../results/results.ts';
import { sampleCheck, sampleResults } from '../results/sample-results.fixture.ts';
import { runCommand, temporaryFolder } from './conformance.fixture.ts';

const statement = (flags: readonly string[], folder?: string) => runCommand({ command: 'statement', flags }, folder);

describe('npm run statement', () => {
  it('makes the statement of the last run beside its results, or of any results where it is wanted', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'results.json');
    writeFileSync(file, formatResults(sampleResults([sampleCheck()])));
    const hash = createHash('sha256').update(readFileSync(file)).digest('hex');
    const [beside, elsewhere] = await Promise.all([statement([], folder), statement([file, '-o', join(folder, 'new', 'x.html')])]);
    expect([beside.code, beside.stdout.trim()]).toEqual([0, join(folder, 'statement.html')]);
    expect(readFileSync(join(folder, 'statement.html'), 'utf8')).toContain(hash);
    expect([elsewhere.code, elsewhere.stdout.trim()]).toEqual([0, join(folder, 'new', 'x.html')]);
    expect(readFileSync(join(folder, 'new', 'x.html'), 'utf8')).toContain(hash);
  });

  it('says in one sentence what is amiss, ends with 2 and writes nothing', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'odd.json'), '{"schemaVersion":1}');
    writeFileSync(join(folder, 'good.json'), formatResults(sampleResults([])));
    const [over, absent, odd, flag] = await Promise.all([
      statement([join(folder, 'good.json'), '-o', join(folder, 'good.json')]),
      statement([join(folder, 'absent.json')]),
      statement([join(folder, 'odd.json')]),
      statement(['--outptu', 'x']),
    ]);
    expect([over.code, over.stderr]).toEqual([2, `Could not write ${join(folder, 'good.json')}: the results are read from it; name another file.\n`]);
    expect([absent.code, absent.stderr]).toEqual([2, `Could not read ${join(folder, 'absent.json')}: there is no such file; a run writes it.\n`]);
    expect([odd.code, odd.stderr]).toEqual([
      2,
      expect.stringMatching(/^Could not read \S+odd\.json: verdict is not as schema version 1 has it \(.*\)\.\n$/),
    ]);
    expect([flag.code, flag.stderr]).toEqual([2, expect.stringMatching(/^unknown option '--outptu'.*see --help\n$/s)]);
    expect(existsSync(join(folder, 'statement.html'))).toBe(false);
  });
});
