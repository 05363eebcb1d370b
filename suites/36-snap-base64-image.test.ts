import { describe, type Outcome } from '../lib/camera/outcome.ts';
import { decodeJpeg, endFindings } from '../lib/checks/pictures/decode-picture.ts';
import { difference } from '../lib/checks/pictures/picture-lab.ts';
import { likeness } from '../lib/checks/pictures/picture-likeness.ts';
import { snapBase64Image } from '../lib/document/sections/36-snap-base64-image.ts';
import { section } from '../lib/execution/section.ts';
import { thumbnail } from '../lib/media/thumbnail.ts';
import { fail, Skipped, verify } from '../lib/results/finding.ts';
import { isBase64 } from '../lib/wire/base64.ts';

/** The picture may be one of another stream, of another shape and quality. */
const OTHER_STREAM = 16;
const options = { place: '36.1', action: 'getFmtSnap' } as const;

section(snapBase64Image, ({ generic, requirement }) => {
  generic();

  async function image({
    lab,
  }: {
    lab: (get?: string) => { firstOutcome(): Promise<Outcome> };
  }): Promise<{ base64: string; length: unknown; outcome: Outcome }> {
    const outcome = await lab().firstOutcome();
    if (outcome.kind !== 'done') throw new Skipped('not-offered', `getFmtSnap is answered with ${describe(outcome)}`);
    const { image_base64, image_length } = outcome.reply;
    if (typeof image_base64 !== 'string') throw new Skipped('blocked', 'image_base64 is no text');
    return { base64: image_base64, length: image_length, outcome };
  }

  requirement(
    'snap-base64-image/image_base64/whole-jpeg',
    'must',
    'image_base64 is one whole JPEG picture',
    { ...options, covers: ['whole-jpeg'] },
    async (workplace) => {
      const { base64, outcome } = await image(workplace);
      const { exchange } = outcome.answer;
      if (!isBase64(base64))
        fail('image_base64 in Base64', `a text with other characters, beginning ${JSON.stringify(base64.slice(0, 40))}`, exchange);
      const bytes = Buffer.from(base64, 'base64');
      await decodeJpeg(bytes, exchange);
    },
  );

  requirement(
    'snap-base64-image/image_base64/end',
    'should',
    'the picture ends with its end mark',
    { ...options, covers: ['whole-jpeg'], after: ['snap-base64-image/image_base64/whole-jpeg'] },
    async (workplace) => {
      const { base64, outcome } = await image(workplace);
      verify(endFindings(Buffer.from(base64, 'base64')), outcome.answer.exchange);
    },
  );

  requirement(
    'snap-base64-image/image_base64/same-picture',
    'should',
    'the picture shows what a snapshot shows',
    { ...options, covers: ['whole-jpeg'], after: ['snap-base64-image/image_base64/whole-jpeg'] },
    async (workplace) => {
      const { base64, outcome } = await image(workplace);
      const { view, restlessness } = await workplace.pictures.settled();
      const picture = await thumbnail(Buffer.from(base64, 'base64'));
      const allowed = 2 * restlessness + OTHER_STREAM;
      const differs = difference(picture, view.picture);
      if (differs <= allowed) return;
      const why = likeness(picture, view.picture, allowed);
      fail(
        `the picture of a snapshot: a mean difference of at most ${allowed.toFixed(1)} of 255 for each pixel`,
        `a mean difference of ${differs.toFixed(1)} of 255${why === null ? '' : `; ${why}`}`,
        outcome.answer.exchange,
      );
    },
  );

  requirement(
    'snap-base64-image/image_length/length',
    'must',
    'image_length is the length of the picture, decoded or in Base64',
    { ...options, covers: ['length'], after: ['snap-base64-image/image_base64/whole-jpeg'] },
    async (workplace) => {
      const { base64, length, outcome } = await image(workplace);
      const decoded = Buffer.from(base64, 'base64').length;
      // A C string's length may count its final NUL.
      const documented = [decoded, base64.length, base64.length + 1];
      if (!documented.includes(Number(length)))
        fail(
          `image_length ${decoded}, the bytes of the picture, or ${base64.length}, the characters of its Base64`,
          `image_length ${JSON.stringify(length) ?? 'is missing'}`,
          outcome.answer.exchange,
        );
    },
  );
});
