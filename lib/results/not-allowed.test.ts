/** The message of a check that was left out for its hazards, and back. */
import { expect, it } from 'vitest';
import { formatNotAllowed, parseNotAllowed } from './not-allowed.ts';

it('names the hazards as CAMERA_ALLOW takes them, and is read back', () => {
  expect(formatNotAllowed(['ptz', 'reboot'])).toBe('needs CAMERA_ALLOW=ptz,reboot');
  expect(formatNotAllowed(['services'], 'smtp_port, to_name: mail (15) is in use')).toBe(
    'needs CAMERA_ALLOW=services: smtp_port, to_name: mail (15) is in use',
  );
  expect(parseNotAllowed('needs CAMERA_ALLOW=services,alarm-output: x, y: mail: in use')).toEqual(['services', 'alarm-output']);
  for (const hazards of [['door'], ['network', 'reset']]) expect(parseNotAllowed(formatNotAllowed(hazards))).toEqual(hazards);
});

it('is told from every other message', () => {
  expect(parseNotAllowed(null)).toBeNull();
  expect(parseNotAllowed('ptz: needs CAMERA_ALLOW=')).toBeNull();
  expect(parseNotAllowed('the camera does not offer it')).toBeNull();
});
