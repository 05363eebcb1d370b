/** Section 39: files that are not stored as they came. */
import type { Members } from '../../../document/row-value.ts';
import { replying } from '../tampering.ts';
import { type Defect, inSection, performing } from './notation.ts';
import { answeredWrong } from './performed.ts';

const GET = 'getPlatformConfFile';
const SET = 'setPlatformConfFile';
const EXAMPLE = '{"test":0}';
const OTHER = '{"test":1,"conf":"a b"}';
const READ = 'file_content/read';
const BOTH = ['file_content/other-content', 'file_content/example-content'] as const;

/** Keeps something else than what was sent. */
const keeping = (change: (content: string) => string) => ({
  tamper: performing(SET, (camera, json, perform) => {
    const reply = perform();
    const { file_path: path, file_content: content } = json ?? {};
    if (typeof path === 'string' && typeof content === 'string') camera.memory.files.set(path, change(content));
    return reply;
  }),
});

const isContent =
  (content: string) =>
  (json: Members | null): boolean =>
    json?.file_content === content;

export const txtFileDefects: readonly Defect[] = inSection('txt-file', [
  // A code says that there is no such file, which is no defect.
  ...answeredWrong(GET, 'a file that is read', READ, (json) => json?.file_path === '/appfs/fconfigs/thr_conf.txt').filter(
    ({ id }) => !id.endsWith('/refused'),
  ),
  ...answeredWrong(SET, 'the content of the example', 'file_content/example-content', isContent(EXAMPLE)),
  ...answeredWrong(SET, 'another content', 'file_content/other-content', isContent(OTHER)),
  {
    id: `${READ}/as-object`,
    does: 'returns the content as an object',
    noticedBy: [READ],
    plant: () => ({ tamper: replying(GET, (reply) => (reply.code === 0 ? { ...reply, file_content: { test: 0 } } : reply)) }),
  },
  {
    id: `${READ}/no-content`,
    does: 'returns no content',
    noticedBy: [READ],
    plant: () => ({ tamper: replying(GET, ({ file_content: _, ...reply }) => reply) }),
  },
  ...(
    [
      ['ignored', 'ignores what is stored', (content: string) => (content === OTHER ? EXAMPLE : content)],
      ['cut', 'loses the last character of a file', (content: string) => (content === OTHER ? content.slice(0, -1) : content)],
      ['blanks-lost', 'loses blanks in a file', (content: string) => content.replaceAll(' ', '')],
      ['with-line-end', 'ends a file with a line end', (content: string) => (content === OTHER ? `${content}\n` : content)],
      ['quotes-lost', 'loses quotes in a file', (content: string) => (content === OTHER ? content.replaceAll('"', '') : content)],
    ] as const
  ).map(
    ([word, does, change]): Defect => ({
      id: `file_content/other-content/${word}`,
      does,
      noticedBy: ['file_content/other-content'],
      plant: () => keeping(change),
    }),
  ),
  ...(
    [
      ['one-more', 'tells one byte more than it stored', (length: number) => length + 1],
      ['zero', 'tells that it stored nothing', () => 0],
    ] as const
  ).map(
    ([word, does, change]): Defect => ({
      id: `file_content/length-${word}`,
      does,
      noticedBy: BOTH,
      plant: () => ({
        tamper: replying(SET, (reply) => ('file_length' in reply ? { ...reply, file_length: change(Number(reply.file_length)) } : reply)),
      }),
    }),
  ),
  {
    id: 'file_content/length-missing',
    does: 'does not tell how much it stored',
    noticedBy: BOTH,
    plant: () => ({ tamper: replying(SET, ({ file_length: _, ...reply }) => reply) }),
  },
  {
    id: 'file_content/chinese/ascii-only',
    does: 'stores ? for what is not ASCII in a file',
    noticedBy: ['file_content/chinese'],
    plant: () => keeping((content) => content.replace(/[^\n -~]/g, '?')),
  },
  {
    id: 'file_content/chinese/one-line',
    does: 'loses line ends in a file',
    noticedBy: ['file_content/chinese'],
    plant: () => keeping((content) => content.replaceAll('\n', '')),
  },
  {
    id: 'file_path/missing/read-all-the-same',
    does: 'returns a content for a file that does not exist',
    noticedBy: ['file_path/missing'],
    plant: () => ({
      tamper: performing(GET, (_, json, perform) =>
        String(json?.file_path).includes('none') ? { code: 0, members: { file_content: 'x' } } : perform(),
      ),
    }),
  },
]);
