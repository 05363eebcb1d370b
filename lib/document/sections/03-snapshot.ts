/** Section 3, JPEG images (snapshot) request: an endpoint of its own (`/action/cgi_images?fmt=…`) that replies with a picture. */
import { command, documentSection, row, text } from '../notation.ts';

export const SNAPSHOT_PATH = '/action/cgi_images';
/** The reply to a format that the camera does not have. */
export const SNAPSHOT_FAILED_TEXT = 'failed';

export const snapshot = documentSection(
  3,
  'snapshot',
  'Snapshot',
  [
    command('cgi_images 3', {
      path: SNAPSHOT_PATH,
      rows: [row('fmt', '-N', text('jpg', 'bmp', 'yuv'))],
      hazards: [],
      example: { requests: [null, { fmt: 'bmp' }, { fmt: 'yuv' }] },
    }),
  ],
  [
    { id: 'jpeg-when-no-format', place: '3', says: 'a JPEG picture when fmt is missing' },
    { id: 'jpeg-content-type', place: '3', says: 'a JPEG picture comes as image/jpeg' },
    { id: 'bmp-when-asked', place: '3', says: 'a BMP picture for fmt=bmp, or the text "failed" where that format is not supported' },
    { id: 'yuv-when-asked', place: '3', says: 'raw YUV for fmt=yuv, or the text "failed" where that format is not supported' },
    { id: 'failed-when-not-supported', place: '3', says: 'the text "failed" for a format that is not supported' },
  ],
);
