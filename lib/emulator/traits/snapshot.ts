/** JPEG pictures as cameras end and begin them. */

import type { Habits } from '../habits.ts';
import { headerOf, withBody } from '../http-message.ts';
import type { Trait } from './trait.ts';

const jpeg = (change: (bytes: Uint8Array) => Uint8Array): Habits => ({
  tamper: { picture: (format, bytes) => (format === 'jpg' ? change(bytes) : bytes) },
});

const SNAPSHOT_AND_BASE64 = [3, 36] as const;
const APP0 = 0xe0;

/** Without its first segment, where that is JFIF's. */
function withoutJfif(bytes: Uint8Array): Uint8Array {
  if (bytes[3] !== APP0) return bytes;
  const length = ((bytes[4] as number) << 8) | (bytes[5] as number);
  return Buffer.concat([bytes.subarray(0, 2), bytes.subarray(4 + length)]);
}

export const SNAPSHOT_TRAITS: readonly Trait[] = [
  {
    id: 'jpeg-padding',
    does: 'appends 512 NUL bytes to a JPEG picture',
    sections: SNAPSHOT_AND_BASE64,
    make: () => jpeg((bytes) => Buffer.concat([bytes, Buffer.alloc(512)])),
  },
  {
    id: 'jpeg-trailing-bytes',
    does: 'appends other bytes to a JPEG picture',
    sections: SNAPSHOT_AND_BASE64,
    warns: ['snapshot/jpeg/end', 'snap-base64-image/image_base64/end'],
    make: () => jpeg((bytes) => Buffer.concat([bytes, Buffer.from('dhav0123456789')])),
  },
  {
    id: 'jpeg-no-end',
    does: 'leaves the end mark of a JPEG picture out',
    sections: SNAPSHOT_AND_BASE64,
    warns: ['snapshot/jpeg/end', 'snap-base64-image/image_base64/end'],
    make: () => jpeg((bytes) => bytes.subarray(0, -2)),
  },
  {
    id: 'jpeg-cut',
    does: 'cuts a JPEG picture by a fifth',
    sections: SNAPSHOT_AND_BASE64,
    fails: ['snapshot/jpeg/asked', 'snapshot/jpeg/default', 'snap-base64-image/image_base64/whole-jpeg'],
    make: () => jpeg((bytes) => bytes.subarray(0, Math.floor(bytes.length * 0.8))),
  },
  {
    id: 'jpeg-no-jfif',
    does: 'writes JPEG pictures without a JFIF header',
    sections: SNAPSHOT_AND_BASE64,
    make: () => jpeg(withoutJfif),
  },
  {
    id: 'snapshot-empty-once',
    does: 'answers the first snapshot with nothing, because no stream runs yet',
    sections: [3],
    warns: ['snapshot/jpeg/at-once'],
    make: () => emptySnapshots(1),
  },
  {
    id: 'snapshot-empty',
    does: 'answers each snapshot with nothing',
    sections: [3],
    fails: ['snapshot/jpeg/asked', 'snapshot/jpeg/default'],
    make: () => emptySnapshots(Number.POSITIVE_INFINITY),
  },
];

function emptySnapshots(count: number): Habits {
  let left = count;
  return {
    http: {
      reply: (reply) => {
        if (headerOf(reply, 'content-type') !== 'image/jpeg' || left === 0) return reply;
        left -= 1;
        return withBody(reply, new Uint8Array());
      },
    },
  };
}
