/** Section 36: the picture inside JSON, whole also where the document's example elides it. */
import type { Handlers } from '../handler.ts';

export const snapBase64Image: Handlers = {
  getFmtSnap: async (camera) => {
    const picture = await camera.snapshot();
    return { code: 0, members: { image_base64: Buffer.from(picture).toString('base64'), image_length: picture.length } };
  },
};
