import type { Camera } from '../lib/camera/camera.ts';
import type { Outcome } from '../lib/camera/outcome.ts';
import { DONE_STRICTLY } from '../lib/checks/actions/expectations.ts';
import { whatBecame } from '../lib/checks/values/what-became.ts';
import { txtFile } from '../lib/document/sections/39-txt-file.ts';
import { section } from '../lib/execution/section.ts';
import { fail, Skipped } from '../lib/results/finding.ts';

/** The file of the document's example. */
const PATH = '/appfs/fconfigs/thr_conf.txt';

const read = (camera: Camera) => camera.call('getPlatformConfFile', { file_path: PATH });
const store = (camera: Camera, file_content: string) => camera.call('setPlatformConfFile', { file_path: PATH, file_content });

/** The file as it is; a camera that does not have it cannot have it put back. */
async function original(camera: Camera): Promise<string> {
  const outcome = await read(camera);
  if (outcome.kind !== 'done') throw new Skipped('not-testable', `${PATH} cannot be read, so that it could not be put back`);
  if (typeof outcome.reply.file_content !== 'string')
    fail('file_content is a text', JSON.stringify(outcome.reply.file_content), outcome.answer.exchange);
  return outcome.reply.file_content;
}

/** Puts the file back byte for byte, pass or fail. */
async function withFile(camera: Camera, use: (before: string) => Promise<void>): Promise<void> {
  const before = await original(camera);
  try {
    await use(before);
  } finally {
    await store(camera, before);
    const after = await original(camera);
    if (after !== before) fail(`${PATH} can be put back as it was`, JSON.stringify(after));
  }
}

function failForContent(content: string, found: string, { answer }: Outcome): never {
  const why = whatBecame(content, found);
  fail(
    `code 0, and getPlatformConfFile then returns file_content ${JSON.stringify(content)}`,
    `code 0; it then reads ${JSON.stringify(found)}${why === null ? '' : `: ${why}`}`,
    answer.exchange,
  );
}

section(txtFile, ({ generic, requirement }) => {
  generic();

  requirement(
    'txt-file/file_content/read',
    'must',
    'returns the content of a file',
    {
      place: '39.1',
      action: 'getPlatformConfFile',
      covers: ['getPlatformConfFile/reply', 'getPlatformConfFile/envelope', 'file_content/type'],
      strict: DONE_STRICTLY,
    },
    async ({ camera, done }) => {
      const outcome = await read(camera);
      if (outcome.kind === 'code') throw new Skipped('not-offered', `${PATH} is not there: code ${outcome.code}`);
      done(outcome);
      await original(camera);
    },
  );

  for (const [name, content] of Object.entries({
    'example-content': '{"test":0}',
    'other-content': '{"test":1,"conf":"a b"}',
  })) {
    requirement(
      `txt-file/file_content/${name}`,
      'must',
      `stores ${content}, tells its length, and returns it`,
      {
        place: '39.2',
        action: 'setPlatformConfFile',
        hazards: ['files'],
        covers: ['round-trip', 'length', 'setPlatformConfFile/reply', 'setPlatformConfFile/envelope', 'file_length/type'],
        strict: DONE_STRICTLY,
      },
      async ({ camera, done }) => {
        await withFile(camera, async () => {
          const outcome = await store(camera, content);
          const reply = done(outcome);
          const length = Buffer.byteLength(content);
          if (reply.file_length !== length)
            fail(`file_length ${length}, the bytes of the content`, `file_length ${JSON.stringify(reply.file_length)}`, outcome.answer.exchange);
          const found = await original(camera);
          if (found !== content) failForContent(content, found, outcome);
        });
      },
    );
  }

  requirement(
    'txt-file/file_content/chinese',
    'should',
    'stores a file with Chinese text, whose length is counted in bytes',
    { place: '39.2', action: 'setPlatformConfFile', hazards: ['files'], covers: ['round-trip'], strict: DONE_STRICTLY },
    async ({ camera, done }) => {
      await withFile(camera, async () => {
        const outcome = await store(camera, '中文\n"标题"');
        done(outcome);
        const found = await original(camera);
        if (found !== '中文\n"标题"') failForContent('中文\n"标题"', found, outcome);
      });
    },
  );

  requirement(
    'txt-file/file_path/missing',
    'should',
    'a file that does not exist is answered with a code',
    { place: '39.1', action: 'getPlatformConfFile', covers: [] },
    async ({ camera }) => {
      const outcome = await camera.call('getPlatformConfFile', { file_path: '/appfs/fconfigs/conformance-none.txt' });
      if (outcome.kind === 'done' && outcome.reply.file_content !== '') {
        fail('a non-zero code, or no content', `code 0 with ${JSON.stringify(outcome.reply.file_content)}`, outcome.answer.exchange);
      }
    },
  );
});
