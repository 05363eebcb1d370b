import type { Camera } from '../lib/camera/camera.ts';
import { describe, isNotOffered, outcomeOf } from '../lib/camera/outcome.ts';
import { syntaxFindings } from '../lib/checks/actions/reply-findings.ts';
import { Experiments } from '../lib/checks/experiments.ts';
import { perCamera } from '../lib/checks/per-camera.ts';
import { headerFindings, misplacedPixels } from '../lib/checks/pictures/broken-picture.ts';
import { decodeBmp, decodeJpeg, endFindings } from '../lib/checks/pictures/decode-picture.ts';
import { difference } from '../lib/checks/pictures/picture-lab.ts';
import { likeness } from '../lib/checks/pictures/picture-likeness.ts';
import { type Labelled, saysNoPicture } from '../lib/checks/pictures/snapshots.ts';
import { counted } from '../lib/checks/quantities.ts';
import { bytesInWords } from '../lib/checks/values/bytes-in-words.ts';
import { isMembers } from '../lib/document/row-value.ts';
import { SNAPSHOT_FAILED_TEXT, SNAPSHOT_PATH, snapshot } from '../lib/document/sections/03-snapshot.ts';
import { section, type Workplace } from '../lib/execution/section.ts';
import { formatOf, type Picture } from '../lib/media/picture.ts';
import { downscale } from '../lib/media/picture-measures.ts';
import type { Pixels } from '../lib/media/pixels.ts';
import { yuv420Bytes } from '../lib/media/yuv.ts';
import { fail, NonConformance, Skipped, verify } from '../lib/results/finding.ts';
import type { Answer } from '../lib/wire/exchange.ts';

const options = { action: 'cgi_images' } as const;
const header = (answer: Answer, name: string): string | undefined =>
  answer.exchange.reply?.headers.find(([each]) => each.toLowerCase() === name)?.[1];

/** Luma of the formats may use the whole range of values or that of video, 16 to 235: a difference of 16 of 255 at most. */
const RANGE_OF_VIDEO = 16;
/** Colours of the formats may come from different matrices, BT.601 and BT.709, besides. */
const MATRIX = 8;

const JPEG_TYPE = 'image/jpeg';
const IN_WORDS = { jpeg: 'a JPEG picture', bmp: 'a BMP picture', raw: 'a raw picture', words: 'words' } as const satisfies Record<
  Labelled['is'],
  string
>;
/** Words in place of the picture that every camera has are told of elsewhere. */
const isOptionalFormat = ({ fmt }: Labelled): boolean => fmt !== null && fmt !== 'jpg';
const askedFor = ({ fmt }: Labelled): string => (fmt === null ? '' : ` for fmt=${fmt}`);

const small = (picture: Pixels): Pixels => downscale(picture, 160, 90);

/** A small grey copy: YUV has many layouts, with no more than luma in common. */
function grey(picture: Pixels): Pixels {
  const copy = small(picture);
  const rgba = copy.rgba.slice();
  for (let at = 0; at < rgba.length; at += 4) {
    const luma = Math.round(0.299 * (rgba[at] ?? 0) + 0.587 * (rgba[at + 1] ?? 0) + 0.114 * (rgba[at + 2] ?? 0));
    rgba.fill(luma, at, at + 3);
  }
  return { ...copy, rgba };
}

/** The luma plane, with which every 4:2:0 layout begins, as a grey picture. */
function lumaOf(bytes: Uint8Array, width: number, height: number): Pixels {
  const rgba = new Uint8Array(width * height * 4);
  for (let at = 0; at < width * height; at += 1) {
    const luma = bytes[at] ?? 0;
    rgba[at * 4] = luma;
    rgba[at * 4 + 1] = luma;
    rgba[at * 4 + 2] = luma;
  }
  return { width, height, rgba };
}

/** What raw bytes are that should be a 4:2:0 picture: something else, another layout, or more or less of it. */
function rawInWords(came: Uint8Array, wanted: number): string {
  const bytes = came.length;
  if (bytes === 0 || formatOf(came) !== null) return bytesInWords(came);
  // 4:0:0, 4:2:2 and 4:4:4 have two, four and six thirds of the bytes of 4:2:0.
  const layout = (
    [
      ['4:0:0, luma alone', 2],
      ['4:2:2', 4],
      ['4:4:4', 6],
    ] as const
  ).find(([, thirds]) => bytes * 3 === wanted * thirds);
  if (layout !== undefined) return `${counted(bytes, 'byte')}, as many as the size of the JPEG picture has in ${layout[0]}`;
  return `${counted(bytes, 'byte')}, ${Math.abs(bytes - wanted)} ${bytes < wanted ? 'less' : 'more'} than the size of the JPEG picture needs`;
}

type Size = readonly [width: number, height: number];

/** Sizes of the streams that this camera has: those that are set, and those that could be. */
async function streamSizes(camera: Camera): Promise<{ readonly set: readonly Size[]; readonly possible: readonly Size[] }> {
  const set: Size[] = [];
  const possible: Size[] = [];
  for (const channel of [0, 1, 2]) {
    const outcome = await camera.call('getVencConf', { channel });
    if (outcome.kind !== 'done') continue;
    const { pic_width, pic_height, pixel_list } = outcome.reply;
    if (typeof pic_width === 'number' && typeof pic_height === 'number') set.push([pic_width, pic_height]);
    if (Array.isArray(pixel_list))
      possible.push(...pixel_list.filter(isMembers).map(({ width, height }) => [Number(width), Number(height)] as const));
  }
  return { set, possible };
}

/** The largest of them, as which a sensor's own size counts; none of none. */
const largest = (sizes: readonly Size[]): readonly Size[] => sizes.toSorted(([a, b], [c, d]) => c * d - a * b).slice(0, 1);

/** Throws `Skipped` where this model has no snapshots, or none for us. */
function expectOffered(answer: Answer): Answer {
  const outcome = outcomeOf(answer);
  // A picture under another status is there, and wrong.
  if (isNotOffered(outcome) && formatOf(answer.bytes) === null)
    throw new Skipped('not-offered', `${SNAPSHOT_PATH} is answered with ${describe(outcome)}`);
  if (answer.status === 401)
    throw new Skipped('not-testable', 'snapshots want a log-in that is none of the document, Basic or Digest: HTTP status 401');
  return answer;
}

/** Formats beside JPEG are optional: "failed", "null" and nothing say that there is none. */
const isAbsent = (answer: Answer): boolean => saysNoPicture(answer) || answer.bytes.length === 0;

section(snapshot, ({ requirement }) => {
  const taken = perCamera(() => new Experiments());
  /** One picture of a format for all checks of it. */
  const once = ({ camera, pictures }: Workplace, fmt: string): Promise<Answer> =>
    taken(camera).once(fmt, async () => expectOffered(await pictures.snapshots.take(fmt)));
  /** The same of a format beside JPEG. Throws `Skipped` where the camera has none of it. */
  const optional = async (workplace: Workplace, fmt: string): Promise<Answer> => {
    const answer = await once(workplace, fmt);
    if (isAbsent(answer)) throw new Skipped('not-offered', `fmt=${fmt} is answered with no picture`);
    return answer;
  };
  const decodedBmps = new WeakMap<Answer, Promise<Picture>>();
  /** Decoded once: a large one takes most of a second. */
  const bmp = (answer: Answer): Promise<Picture> => {
    const known = decodedBmps.get(answer) ?? decodeBmp(answer.bytes, answer.exchange);
    decodedBmps.set(answer, known);
    return known;
  };
  const jpegs = perCamera(() => new Experiments());
  const jpeg = ({ camera, pictures }: Workplace, fmt: string | null) =>
    jpegs(camera).once(fmt ?? '', async () => {
      const answer = expectOffered(await pictures.snapshots.take(fmt));
      return { answer, picture: await decodeJpeg(answer.bytes, answer.exchange) };
    });

  /** Throws `Skipped` where there are no snapshots at all; that JPEG is no picture is told elsewhere. */
  const offered = async (workplace: Workplace): Promise<void> => {
    try {
      await jpeg(workplace, null);
    } catch (error) {
      if (!(error instanceof NonConformance)) throw error;
    }
  };

  /** What other pictures are compared with; that it cannot be decoded is said once. */
  const standard = async (workplace: Workplace): Promise<Picture> => {
    try {
      return (await jpeg(workplace, null)).picture;
    } catch (error) {
      if (error instanceof NonConformance) throw new Skipped('blocked', 'there is no JPEG picture to compare with');
      throw error;
    }
  };

  requirement(
    'snapshot/jpeg/default',
    'must',
    'a JPEG picture when fmt is missing',
    { ...options, covers: ['jpeg-when-no-format', 'cgi_images/reply'] },
    async (workplace) => {
      const { answer, picture } = await jpeg(workplace, null);
      if (answer.status !== 200) fail('HTTP status 200', `HTTP status ${answer.status}`, answer.exchange);
      if (picture.width < 16 || picture.height < 16) fail('a picture of 16x16 pixels or more', `${picture.width}x${picture.height}`, answer.exchange);
    },
  );

  requirement('snapshot/jpeg/asked', 'must', 'a JPEG picture for fmt=jpg', { ...options, covers: ['cgi_images/reply'] }, async (workplace) => {
    const { picture, answer } = await jpeg(workplace, 'jpg');
    const { picture: standard } = await jpeg(workplace, null);
    if (picture.width !== standard.width || picture.height !== standard.height) {
      fail(`${standard.width}x${standard.height}, as without fmt`, `${picture.width}x${picture.height}`, answer.exchange);
    }
  });

  requirement(
    'snapshot/jpeg/content-length',
    'must',
    'Content-Length, where it is sent, is the length of the picture',
    { ...options, covers: ['cgi_images/reply'], after: ['snapshot/jpeg/default'] },
    async (workplace) => {
      const { answer } = await jpeg(workplace, null);
      const length = header(answer, 'content-length');
      if (length === undefined) throw new Skipped('not-testable', 'the reply ends with the connection, or comes in chunks');
      if (Number(length) !== answer.bytes.length)
        fail(`a body of ${length} bytes, as Content-Length says`, counted(answer.bytes.length, 'byte'), answer.exchange);
    },
  );

  requirement(
    'snapshot/jpeg/stream-size',
    'should',
    'a snapshot has the size of one of the streams',
    { ...options, covers: ['cgi_images/reply'], after: ['snapshot/jpeg/default'] },
    async (workplace) => {
      const { picture, answer } = await jpeg(workplace, null);
      const { set, possible } = await streamSizes(workplace.camera);
      const sizes = [...set, ...largest(possible)];
      if (sizes.length === 0) throw new Skipped('not-offered', 'getVencConf names no size');
      if (
        !sizes.some(
          ([width, height]) =>
            [picture.width, picture.height].join() === [width, height].join() || [picture.height, picture.width].join() === [width, height].join(),
        )
      ) {
        fail(
          `one of the sizes that the streams are set to, or the largest that getVencConf names: ${[...new Set(sizes.map((size) => size.join('x')))].join(', ')}`,
          `a snapshot of ${picture.width}x${picture.height}`,
          answer.exchange,
        );
      }
    },
  );

  requirement(
    'snapshot/jpeg/syntax',
    'should',
    'a snapshot comes in valid HTTP',
    { ...options, covers: ['cgi_images/reply'], after: ['snapshot/jpeg/default'] },
    async (workplace) => {
      const { answer } = await jpeg(workplace, null);
      verify(syntaxFindings(outcomeOf(answer), []), answer.exchange);
    },
  );

  requirement(
    'snapshot/bmp/asked',
    'must',
    'a BMP picture for fmt=bmp, or "failed"',
    { ...options, covers: ['bmp-when-asked'] },
    async (workplace) => {
      const answer = await optional(workplace, 'bmp');
      const picture = await bmp(answer);
      const { width, height } = await standard(workplace);
      if (picture.width !== width || picture.height !== height) {
        fail(`${width}x${height}, as the JPEG picture`, `${picture.width}x${picture.height}`, answer.exchange);
      }
      const misplaced = misplacedPixels(answer.bytes);
      if (misplaced !== null) verify([misplaced], answer.exchange);
    },
  );

  requirement(
    'snapshot/bmp/header',
    'should',
    'the header of a BMP picture tells what is so',
    { ...options, covers: ['bmp-when-asked'], after: ['snapshot/bmp/asked'] },
    async (workplace) => {
      const answer = await optional(workplace, 'bmp');
      verify(headerFindings(answer.bytes), answer.exchange);
    },
  );

  requirement(
    'snapshot/yuv/asked',
    'must',
    'raw YUV 4:2:0 for fmt=yuv, or "failed"',
    { ...options, covers: ['yuv-when-asked'] },
    async (workplace) => {
      const answer = await optional(workplace, 'yuv');
      const { width, height } = await standard(workplace);
      const { set, possible } = await streamSizes(workplace.camera);
      const sizes: readonly Size[] = [[width, height], ...set, ...possible];
      const lengths = new Map(sizes.map(([width, height]) => [yuv420Bytes(width, height), `${width}x${height}`]));
      if (!lengths.has(answer.bytes.length)) {
        fail(
          `the bytes of a 4:2:0 picture: ${[...lengths].map(([bytes, size]) => `${bytes} for ${size}`).join(', ')}`,
          rawInWords(answer.bytes, yuv420Bytes(width, height)),
          answer.exchange,
        );
      }
    },
  );

  requirement(
    'snapshot/yuv/size',
    'should',
    'a YUV picture has the size of the JPEG picture',
    { ...options, covers: ['yuv-when-asked'], after: ['snapshot/yuv/asked'] },
    async (workplace) => {
      const answer = await optional(workplace, 'yuv');
      const { width, height } = await standard(workplace);
      const wanted = yuv420Bytes(width, height);
      if (answer.bytes.length !== wanted)
        fail(`${counted(wanted, 'byte')}: ${width}x${height} in 4:2:0, as the JPEG picture`, rawInWords(answer.bytes, wanted), answer.exchange);
    },
  );

  /** Compares a format with the JPEG picture beside what two JPEG pictures of the same camera differ by. */
  const samePicture = (
    fmt: 'bmp' | 'yuv',
    seen: (picture: Pixels) => Pixels,
    tolerance: number,
    pixelsOf: (answer: Answer, standard: Picture) => Promise<Pixels>,
  ) =>
    requirement(
      `snapshot/${fmt}/same-picture`,
      'must',
      `fmt=${fmt} shows the same picture as JPEG`,
      { ...options, covers: [`${fmt}-when-asked`], after: [`snapshot/${fmt}/asked`] },
      async (workplace) => {
        const answer = await optional(workplace, fmt);
        const jpegPicture = await standard(workplace);
        const pixels = await pixelsOf(answer, jpegPicture);
        const { restlessness } = await workplace.pictures.settled();
        const [found, expected] = [seen(pixels), seen(jpegPicture)];
        const allowed = 2 * restlessness + tolerance;
        const differs = difference(found, expected);
        if (differs <= allowed) return;
        const why = likeness(found, expected, allowed);
        fail(
          `the picture of the JPEG snapshot: a mean difference of at most ${allowed.toFixed(1)} of 255 for each pixel`,
          `a mean difference of ${differs.toFixed(1)} of 255${why === null ? '' : `; ${why}`}`,
          answer.exchange,
        );
      },
    );
  samePicture('bmp', small, RANGE_OF_VIDEO + MATRIX, bmp);
  samePicture('yuv', grey, RANGE_OF_VIDEO, async (answer, { width, height }) => {
    if (answer.bytes.length !== yuv420Bytes(width, height))
      throw new Skipped('not-testable', 'the YUV picture has another size than the JPEG picture');
    return lumaOf(answer.bytes, width, height);
  });

  requirement(
    'snapshot/jpeg/end',
    'should',
    'a JPEG picture ends with its end mark',
    { ...options, covers: ['cgi_images/reply'], after: ['snapshot/jpeg/default'] },
    async (workplace) => {
      const { answer } = await jpeg(workplace, null);
      verify(endFindings(answer.bytes), answer.exchange);
    },
  );

  requirement(
    'snapshot/fmt/unsupported',
    'must',
    'the text "failed" for a format that is not supported',
    { ...options, covers: ['failed-when-not-supported'] },
    async (workplace) => {
      await offered(workplace);
      const answer = await workplace.pictures.snapshots.take('conf');
      if (!saysNoPicture(answer)) fail(`the text "${SNAPSHOT_FAILED_TEXT}", or null`, bytesInWords(answer.bytes), answer.exchange);
    },
  );

  requirement(
    'snapshot/fmt/absent',
    'should',
    'a format that there is not is answered with words, not with nothing',
    { ...options, covers: ['failed-when-not-supported'] },
    async (workplace) => {
      await offered(workplace);
      for (const fmt of ['bmp', 'yuv']) {
        const { bytes, exchange } = await once(workplace, fmt);
        if (bytes.length === 0) fail(`a picture, "failed" or "null" for fmt=${fmt}`, bytesInWords(bytes), exchange);
      }
    },
  );

  // Last: all snapshots of this suite tell.
  requirement(
    'snapshot/jpeg/at-once',
    'should',
    'the first request gets a picture already',
    { ...options, covers: ['jpeg-when-no-format'], after: ['snapshot/jpeg/default'] },
    async ({ pictures }) => {
      const empty = pictures.snapshots.missed.find(({ bytes }) => bytes.length === 0);
      if (empty !== undefined) fail('a picture in the first reply', 'an empty body; a later request got a picture', empty.exchange);
    },
  );

  requirement(
    'snapshot/jpeg/content-type',
    'should',
    'a JPEG picture comes as image/jpeg',
    { ...options, covers: ['jpeg-content-type'], after: ['snapshot/jpeg/default'] },
    async (workplace) => {
      await jpeg(workplace, null);
      const wrong = workplace.pictures.snapshots.labelled.find(({ is, type }) => is === 'jpeg' && type !== JPEG_TYPE);
      if (wrong !== undefined)
        fail(
          `Content-Type: ${JPEG_TYPE}`,
          `${wrong.type === null ? 'no Content-Type' : `Content-Type: ${wrong.type}`}${askedFor(wrong)}`,
          wrong.exchange,
        );
    },
  );

  requirement(
    'snapshot/fmt/content-type',
    'should',
    'what is no JPEG picture is not called one',
    { ...options, covers: ['bmp-when-asked', 'yuv-when-asked', 'failed-when-not-supported'] },
    async (workplace) => {
      await offered(workplace);
      const wrong = workplace.pictures.snapshots.labelled.find((each) => each.is !== 'jpeg' && isOptionalFormat(each) && each.type === JPEG_TYPE);
      if (wrong !== undefined)
        fail(`another Content-Type than ${JPEG_TYPE}${askedFor(wrong)}`, `Content-Type: ${JPEG_TYPE} with ${IN_WORDS[wrong.is]}`, wrong.exchange);
    },
  );

  requirement(
    'snapshot/jpeg/each-time',
    'must',
    'each request for a JPEG picture gets one, and no words in its place',
    { ...options, covers: ['cgi_images/reply'], after: ['snapshot/jpeg/default'] },
    async ({ pictures }) => {
      const [words, ...more] = pictures.snapshots.missed.filter(({ bytes }) => bytes.length > 0);
      if (words !== undefined)
        fail(
          'a JPEG picture each time',
          `${more.length === 0 ? 'once' : `${more.length + 1} times`} ${bytesInWords(words.bytes)}; the next request got a picture`,
          words.exchange,
        );
    },
  );
});
