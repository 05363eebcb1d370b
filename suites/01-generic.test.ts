import { describe, outcomeOf } from '../lib/camera/outcome.ts';
import { DONE_STRICTLY } from '../lib/checks/actions/expectations.ts';
import { statusFindings, syntaxFindings } from '../lib/checks/actions/reply-findings.ts';
import { generic } from '../lib/document/sections/01-generic.ts';
import { section } from '../lib/execution/section.ts';
import { fail, verify } from '../lib/results/finding.ts';

section(generic, ({ requirement }) => {
  requirement(
    'generic/action/unknown',
    'must',
    'an unknown action is answered with the text "error json"',
    { place: '1.1', covers: ['unknown-action'] },
    async ({ camera }) => {
      const outcome = await camera.call('conformanceUnknown', {});
      if (outcome.kind !== 'error-json') fail('the text "error json"', describe(outcome), outcome.answer.exchange);
      verify(statusFindings(outcome), outcome.answer.exchange);
    },
  );

  requirement(
    'generic/action/missing',
    'should',
    'a request without an action is answered with the text "error json"',
    { place: '1.2', covers: ['unknown-action'] },
    async ({ camera }) => {
      const outcome = await camera.call('', {});
      if (outcome.kind !== 'error-json') fail('the text "error json"', describe(outcome), outcome.answer.exchange);
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

  requirement(
    'generic/user-error/precedence',
    'should',
    'wrong credentials are refused before the action is looked at',
    { place: '1.1', covers: ['user-error-first'] },
    async ({ camera }) => {
      const outcome = await camera.call('conformanceUnknown', {}, { credentials: 'wrong-password' });
      if (outcome.kind !== 'error-user') fail('the text "error user/pwd"', describe(outcome), outcome.answer.exchange);
    },
  );

  requirement(
    'generic/http/syntax',
    'should',
    'the text replies are valid HTTP, too',
    { place: '1.1', covers: ['text-replies'] },
    async ({ camera }) => {
      const answer = await camera.client.cgi('conformanceUnknown', {});
      verify(syntaxFindings(outcomeOf(answer), []), answer.exchange);
    },
  );
});
