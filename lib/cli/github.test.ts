import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Environment } from '../execution/configuration.ts';
import { sampleCheck, sampleResults } from '../results/sample-results.fixture.ts';
import { openGithub } from './github.ts';

const folder = mkdtempSync(join(tmpdir(), 'github-'));
afterAll(() => rmSync(folder, { recursive: true }));

function opened(environment: Environment) {
  const said: string[] = [];
  const complaints: string[] = [];
  const github = openGithub(
    environment,
    (line) => said.push(line),
    (line) => complaints.push(line),
  );
  return { github, said, complaints };
}
const results = sampleResults([sampleCheck({ verdict: 'fail', message: 'Received    2' })]);

describe('openGithub', () => {
  test('says nothing elsewhere', () => {
    const { github, said } = opened({});
    github.begin();
    github.results(results);
    github.fault('x');
    github.end();
    expect(said).toEqual([]);
  });

  test('takes nothing for a command between its beginning and its results, and appends the summary', () => {
    const file = join(folder, 'summary.md');
    writeFileSync(file, 'before\n');
    const { github, said, complaints } = opened({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: file });
    github.begin();
    const token = /^::stop-commands::([\w-]{20,})$/.exec(said[0] ?? '')?.[1];
    expect(token).toBeDefined();
    github.results(results);
    github.end();
    expect(said[1]).toBe(`::${token}::`);
    expect(said[2]).toMatch(/^::error file=suites\/21-video\.test\.ts,line=\d+,title=21\.2 video\/bitrate\/above-range::/);
    expect(said).toHaveLength(4);
    expect(readFileSync(file, 'utf8')).toMatch(/^before\n## Camera: conformant\n/);
    expect(complaints).toEqual([]);
  });

  test('resumes commands whatever happened, once', () => {
    const { github, said } = opened({ GITHUB_ACTIONS: 'true' });
    github.begin();
    github.fault('Could not reach it.');
    github.end();
    expect(said.slice(1)).toEqual([expect.stringMatching(/^::[\w-]+::$/), '::error title=The camera was not tested::Could not reach it.']);
  });

  test('a summary that cannot be written is said in a sentence', () => {
    const { github, complaints } = opened({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: folder });
    github.results(results);
    expect(complaints).toEqual([expect.stringMatching(/^Could not write the summary of the job to .*: EISDIR/)]);
  });
});
