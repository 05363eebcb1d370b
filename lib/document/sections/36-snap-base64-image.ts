/** Section 36, Snap Base64 Image: a picture of this moment inside a JSON reply. */
import { documentSection, number, row, settings, text } from '../notation.ts';

export const snapBase64Image = documentSection(
  36,
  'snap-base64-image',
  'Snap Base64 Image',
  [
    settings('getFmtSnap 36.1', null, {
      rows: [row('image_base64', 'N-', text(), { volatile: 'measurement' }), row('image_length', 'N-', number(), { volatile: 'measurement' })],
      carriesPicture: true,
      example: { reply: { image_base64: '/9j/4AAQSkZJR....', image_length: 1064105 } },
    }),
  ],
  [
    { id: 'whole-jpeg', place: '36.1', says: 'image_base64 decodes to one whole JPEG picture' },
    { id: 'length', place: '36.1', says: 'image_length is the length of the picture, decoded or in base64' },
  ],
);
