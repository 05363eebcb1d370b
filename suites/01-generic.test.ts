import { WHOLE } from '../lib/camera/camera.ts';
import { describe, type Outcome, outcomeOf } from '../lib/camera/outcome.ts';
import type { ActionUnderTest } from '../lib/checks/actions/action-checks.ts';
import { DONE_STRICTLY, unknownActionFindings, userRefusedFindings } from '../lib/checks/actions/expectations.ts';
import { isRightLogin, NEAR_PASSWORDS, NEAR_USERS, NEITHER, type NearMiss } from '../lib/checks/actions/near-misses.ts';
import { setUnderTest } from '../lib/checks/actions/pair-action-checks.ts';
import { envelopeFindings, syntaxFindings } from '../lib/checks/actions/reply-findings.ts';
import type { Bench } from '../lib/checks/bench.ts';
import type { Scope } from '../lib/checks/identify.ts';
import type { Members } from '../lib/document/row-value.ts';
import { generic, JSON_ERROR_TEXT, USER_ERROR_TEXT } from '../lib/document/sections/01-generic.ts';
import { systemConfiguration } from '../lib/document/sections/05-system-configuration.ts';
import { osd } from '../lib/document/sections/24-osd.ts';
import { section, type Workplace } from '../lib/execution/section.ts';
import { finding, Skipped, together, verify } from '../lib/results/finding.ts';

/** Two pairs of get and set that most models have: what section 1 says is looked at on actions of its own choice. */
const CHOICE: readonly Scope[] = [osd, systemConfiguration].flatMap((of) =>
  of.parts.flatMap((part) => (part.kind === 'settings' ? [{ section: of, part, instance: WHOLE }] : [])),
);

/** The set of the first pair that is offered, as a request that would change something. */
async function temptingSet(bench: Bench): Promise<{ readonly test: ActionUnderTest; readonly json: Members | null }> {
  for (const scope of CHOICE) {
    const test = setUnderTest(scope, scope.part.set ?? '');
    try {
      await test.offered(bench);
      return { test, json: await test.tempting(bench) };
    } catch (error) {
      if (!(error instanceof Skipped)) throw error;
    }
  }
  throw new Skipped('not-offered', `neither ${CHOICE.map(({ part }) => part.set).join(' nor ')} can be set`);
}

/** Each in a row, then a wrong password right behind a right one: neither patience nor an address opens the camera. */
async function refusesAll({ camera }: Workplace, nearMisses: readonly NearMiss[]): Promise<void> {
  for (const { words, make } of nearMisses.filter((each) => !isRightLogin(each, camera.options))) {
    refusesUser(await camera.call('getSysConfig', null, { credentials: make, retryBusy: false }), words);
  }
  await camera.call('getSysConfig', null);
  refusesUser(
    await camera.call('getSysConfig', null, { credentials: 'wrong-password', retryBusy: false }),
    'a wrong password right behind a right one',
  );
}

function refusesUser(outcome: Outcome, words: string): void {
  const documented = `the text "${USER_ERROR_TEXT}" with HTTP status 200 to ${words}`;
  const status = outcome.answer.status === 200 || outcome.kind === 'other' ? '' : `HTTP status ${outcome.answer.status} with `;
  verify(userRefusedFindings(outcome, documented, `${status}${describe(outcome)}`), outcome.answer.exchange);
}

section(generic, ({ requirement }) => {
  requirement(
    'generic/action/unknown',
    'must',
    'an unknown action is answered with the text "error json"',
    { place: '1.1', covers: ['unknown-action'], ofCgi: true },
    async ({ camera }) => {
      const outcome = await camera.call('conformanceUnknown', {});
      verify(unknownActionFindings(outcome, 'the text "error json"'), outcome.answer.exchange);
    },
  );

  requirement(
    'generic/action/missing',
    'should',
    'a request without an action is answered with the text "error json"',
    { place: '1.2', covers: ['unknown-action'], ofCgi: true },
    async ({ camera }) => {
      const outcome = await camera.call('', {});
      verify(unknownActionFindings(outcome, 'the text "error json"'), outcome.answer.exchange);
    },
  );

  requirement(
    'generic/envelope/constant',
    'must',
    'the envelope names the same camera whatever the answer',
    { place: '1.1', action: 'getSysConfig', covers: ['envelope'], strict: DONE_STRICTLY },
    async ({ camera, done }) => {
      done(await camera.call('getSysConfig', null));
      done(await camera.call('getSysConfig', {}));
    },
  );

  for (const [words, title, misses] of [
    ['near-passwords', 'a password that is nearly right is refused', NEAR_PASSWORDS],
    ['near-users', 'the right password of a user that is nearly right is refused', NEAR_USERS],
    ['neither', 'who says neither user nor password is refused', NEITHER],
  ] as const) {
    requirement(
      `generic/credentials/${words}`,
      'must',
      title,
      { place: '1.1', covers: ['user-error-first', 'text-replies'], ofCgi: true },
      (workplace) => refusesAll(workplace, misses),
    );
  }

  requirement(
    'generic/credentials/set',
    'must',
    'a set with credentials that are nearly right is refused and changes nothing',
    { place: '1.1', covers: ['user-error-first'], ofCgi: true },
    async ({ camera, bench }) => {
      const { test, json } = await temptingSet(bench);
      const outcomes: Outcome[] = [];
      for (const how of [
        { credentials: 'wrong-password' },
        { credentials: 'no-password' },
        ...[NEAR_PASSWORDS[0], NEAR_USERS[2]].flatMap((each) => (each === undefined ? [] : [{ credentials: each.make }])),
      ] as const) {
        const outcome = await camera.call(test.action, json, { ...how, retryBusy: false });
        refusesUser(outcome, `${test.action} with credentials that are not right`);
        outcomes.push(outcome);
      }
      const [last] = outcomes.slice(-1);
      if (last === undefined) return;
      verify(together(`${test.action}, refused for its user or password, changes nothing`, await test.changes(bench, last)), last.answer.exchange);
    },
  );

  requirement(
    'generic/action/near-miss',
    'must',
    'an action whose name is only nearly right is answered with the text "error json"',
    { place: '1.1', covers: ['unknown-action'], ofCgi: true },
    async ({ camera }) => {
      for (const action of ['getSysConfigX', 'getSysConf', 'getsysconfig', 'setConformance']) {
        const outcome = await camera.call(action, {});
        verify(unknownActionFindings(outcome, `the text "${JSON_ERROR_TEXT}" to ${action}`), outcome.answer.exchange);
      }
    },
  );

  requirement(
    'generic/envelope/everywhere',
    'must',
    'a get, a set, a refusal and the same get once more name the same camera',
    { place: '1.1', covers: ['envelope'], strict: ['envelope'] },
    async ({ camera, bench, session }) => {
      const about = { place: '1.1', action: null };
      const judged = (outcome: Outcome): void => {
        if (outcome.kind !== 'done' && outcome.kind !== 'code') return;
        verify(envelopeFindings(outcome, camera.identity, session.settings.profile, about), outcome.answer.exchange);
      };
      const first = await camera.call('getSysConfig', null);
      judged(first);
      const { test } = await temptingSet(bench);
      if (test.wellFormed !== undefined) judged(await test.wellFormed(bench));
      judged(await camera.call(test.action, { font_size: 'conf', dev_name: 12_345 }));
      judged(await camera.call('getOsdConf', null));
      const again = await camera.call('getSysConfig', null);
      judged(again);
      if (first.kind !== 'done' || again.kind !== 'done') return;
      const names = ['device_mac', 'deviceID', 'device_id', 'device_ip'].filter((name) => first.reply[name] !== again.reply[name]);
      verify(
        names.map((name) => finding(`${name} is ${JSON.stringify(first.reply[name])} each time`, `${name} is ${JSON.stringify(again.reply[name])}`)),
        again.answer.exchange,
      );
    },
  );

  requirement(
    'generic/user-error/precedence',
    'should',
    'wrong credentials are refused before the action is looked at',
    { place: '1.1', covers: ['user-error-first'], ofCgi: true },
    async ({ camera }) => {
      const outcome = await camera.call('conformanceUnknown', {}, { credentials: 'wrong-password' });
      verify(userRefusedFindings(outcome, 'the text "error user/pwd"', describe(outcome)), outcome.answer.exchange);
    },
  );

  requirement(
    'generic/http/syntax',
    'should',
    'the text replies are valid HTTP, too',
    { place: '1.1', covers: ['text-replies'], ofCgi: true },
    async ({ camera }) => {
      const answer = await camera.client.cgi('conformanceUnknown', {});
      verify(syntaxFindings(outcomeOf(answer), []), answer.exchange);
    },
  );
});
