/** A camera that offers the calls of its own page alone: what can be judged of it is judged, and it ends as it was. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { camera, conformance, filesBelow, LIMIT_MS } from './conformance.fixture.ts';
import { torment } from './torment.ts';

const PASSWORD = 'S3cret-Plant-4720';
const WEB = { CAMERA_API: 'web', CAMERA_PASSWORD: PASSWORD };

it(
  'is judged by its settings, never called conformant, and left as it was; nothing of cgi_action is asked for',
  async () => {
    const { url, state, requests } = await camera({ web: 'only', password: PASSWORD });
    const before = await state();
    const run = await conformance({
      allure: true,
      environment: { ...WEB, CAMERA_URL: url, CAMERA_ALLOW: 'password,reboot', CAMERA_SECTIONS: '1,4,7,24,41' },
    });
    expect({ code: run.code, stderr: run.stderr, verdict: run.results.verdict, api: run.results.api }).toEqual({
      code: 0,
      stderr: '',
      verdict: 'same-settings',
      api: 'web',
    });
    const { restarts: _, boots: __, ...after } = await state();
    expect(before).toMatchObject(after);
    const verdicts = new Map(run.results.checks.map(({ id, verdict, skipReason }) => [id, skipReason ?? verdict]));
    expect(Object.fromEntries(verdicts)).toMatchObject({
      'generic/action/unknown': 'not-testable',
      'generic/credentials/near-passwords': 'not-testable',
      'generic/envelope/everywhere': 'pass',
      'change-user-password/newPassword/holds': 'pass',
      'change-user-password/newPassword/near-misses': 'not-testable',
      'change-user-password/oldPassword/wrong': 'pass',
      'osd/setOsdConf/malformed-json': 'not-testable',
      'osd/setOsdConf/wrong-password': 'not-testable',
      'osd/setOsdConf/json-list': 'pass',
      'osd/show_date/round-trip': 'pass',
    });
    expect(run.results.checks.filter(({ skipReason }) => skipReason === 'not-testable').every(({ message }) => message?.includes('CAMERA_API'))).toBe(
      true,
    );
    expect((await requests()).filter(({ action }) => action.includes('cgi_action'))).toEqual([]);
    expect(run.stdout).toContain('Same settings as documented, other interface');
    expect(run.stdout.toLowerCase()).not.toMatch(/(?<!never )\bconformant\b/);
    const statement = readFileSync(join(run.folder, 'statement.html'), 'utf8');
    expect(statement.replaceAll(/<\/?bdi>/g, '')).toMatch(
      /<h2 id="verdict"[^>]*>Same settings as documented, other interface<\/h2>\s*<p>The document\W+(?:#39;)?s own interface, cgi_action, was not tested/,
    );
    for (const { name, text } of filesBelow(run.folder)) expect(text.includes(PASSWORD), name).toBe(false);
  },
  LIMIT_MS,
);

it(
  'is not tested where its log-in is refused, and asked by cgi_action it is known for what it may be',
  async () => {
    const { url } = await camera({ web: 'only', password: PASSWORD });
    const run = await conformance({ environment: { ...WEB, CAMERA_URL: url, CAMERA_PASSWORD: 'wrong', CAMERA_SECTIONS: '24' } });
    expect(run.code).toBe(2);
    expect(run.results.fault).toMatch(/refuses the user "admin" with this password/);
    const other = await conformance({ environment: { CAMERA_URL: url, CAMERA_SECTIONS: '24' } });
    expect(other.code).toBe(2);
    expect(other.results.fault).toMatch(/HTTP status 404 .*set CAMERA_API=web/);
  },
  LIMIT_MS,
);

it.each([
  { section: 4, fraction: 0.3, phase: 'answered', seed: 1 },
  { section: 24, fraction: 0.6, phase: 'answered', seed: 2 },
] as const)(
  'killed in section $section it is put back by `npm run restore`, which knows from the journal how to ask',
  async (moment) => expect(await torment('kill', moment, 'web')).toMatchObject({ came: true, differences: [] }),
  2 * LIMIT_MS,
);
