/** A text file on the camera (39), put back byte for byte. */
import { z } from 'zod';
import type { Camera } from '../../camera/camera.ts';
import { describe, type Outcome } from '../../camera/outcome.ts';
import type { Members } from '../../document/row-value.ts';
import { TEXT_FILE } from '../../document/sections/39-txt-file.ts';
import type { Difference } from '../difference.ts';
import { NoWayBack } from '../no-way-back.ts';
import type { KeepsakeKind } from './keepsake.ts';

export const fileSchema = z.object({ kind: z.literal('file'), path: z.string(), content: z.string() });
type Item = z.infer<typeof fileSchema>;

const GET = 'getPlatformConfFile';
const SET = 'setPlatformConfFile';
const RESET = 'reset';
const PAUSES_MS = [100, 300, 900, 2700] as const;

export const file: KeepsakeKind<'file', Item> = {
  kind: 'file',
  turn: 'between',
  key: ({ path }) => `file ${path}`,
  describe: ({ path }) => `39.2 setPlatformConfFile: ${path} as it was`,
  before: async ({ action, json }, camera, kept) => {
    const path = pathIn(action, json);
    if (path === null || kept.some((each) => each.path === path)) return null;
    const outcome = await read(camera, path);
    const content = contentOf(outcome);
    if (content !== null) return { kind: 'file', path, content };
    // A camera without such files loses none.
    if (action === RESET) return null;
    throw new NoWayBack(`${path} is not written, because it cannot be read: ${GET} is answered with ${describe(outcome)}`);
  },
  preview: async (camera, kept) => (await Promise.all(kept.map((each) => differences(camera, each)))).flat(),
  putBack: async (camera, kept) => {
    const left: Difference[] = [];
    for (const each of kept) {
      if ((await differences(camera, each)).length === 0) continue;
      await camera.call(SET, { file_path: each.path, file_content: each.content });
      left.push(...(await differences(camera, each)));
    }
    return left;
  },
};

/** A reset may take files with it: of the one that the document names it is known where it is. */
function pathIn(action: string, json: Members | null): string | null {
  if (action === RESET) return TEXT_FILE;
  return action === SET && typeof json?.file_path === 'string' ? json.file_path : null;
}

/** Asked again where it is out of order for a moment. */
async function read(camera: Camera, path: string): Promise<Outcome> {
  for (let tries = 0; ; tries += 1) {
    const outcome = await camera.call(GET, { file_path: path });
    const pause = PAUSES_MS[tries];
    if (contentOf(outcome) !== null || outcome.kind === 'error-json' || pause === undefined) return outcome;
    await camera.pause(pause);
  }
}

const contentOf = (outcome: Outcome): string | null =>
  outcome.kind === 'done' && typeof outcome.reply.file_content === 'string' ? outcome.reply.file_content : null;

async function differences(camera: Camera, { path, content }: Item): Promise<readonly Difference[]> {
  const now = contentOf(await read(camera, path));
  if (now === content) return [];
  const found = now === null ? 'nothing that can be read' : JSON.stringify(now);
  return [{ place: '39.2', action: SET, parameter: path, wanted: JSON.stringify(content), found }];
}
