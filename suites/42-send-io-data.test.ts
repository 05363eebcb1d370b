import { describe, isRefusal } from '../lib/camera/outcome.ts';
import { DONE_STRICTLY } from '../lib/checks/actions/expectations.ts';
import { sendIoData } from '../lib/document/sections/42-send-io-data.ts';
import { section } from '../lib/execution/section.ts';
import { fail, Skipped } from '../lib/results/finding.ts';

const options = { place: '42.1', action: 'ioSendData', hazards: ['serial'] } as const;

section(sendIoData, ({ generic, requirement }) => {
  generic();

  requirement(
    'send-io-data/data/sent',
    'must',
    'takes the data of the document’s example',
    { ...options, covers: ['ioSendData/reply', 'ioSendData/envelope'], strict: DONE_STRICTLY },
    async ({ camera, done }) => {
      done(await camera.call('ioSendData', { data: 'test' }));
    },
  );

  requirement(
    'send-io-data/data/wrong-type',
    'must',
    'data that is no text is refused or converted',
    { ...options, covers: ['ioSendData/reply'] },
    async ({ camera }) => {
      const outcome = await camera.call('ioSendData', { data: { conf: 1 } });
      if (outcome.answer.status === 404) throw new Skipped('not-offered', `ioSendData is answered with ${describe(outcome)}`);
      if (outcome.kind !== 'done' && !isRefusal(outcome)) fail('a code, or a documented text', describe(outcome), outcome.answer.exchange);
    },
  );
});
