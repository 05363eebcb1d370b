/** Every erratum is found by its id, and ids do not repeat. */
import { describe, expect, test } from 'vitest';
import { ERRATA, errataNaming, erratum } from './index.ts';

describe('errata', () => {
  test('have an id each', () => {
    const ids = ERRATA.map((each) => each.id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    for (const each of ERRATA) expect(each.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  test('are found by id, and an unknown one is named', () => {
    expect(erratum('area-y-fraction').place).toBe('29.2, 30.2, 31.2');
    expect(() => erratum('no-such-place')).toThrow('Could not find erratum "no-such-place"');
  });

  test('are found by what they name, anywhere in the section of a place, also of lists and ranges of sections', () => {
    expect(errataNaming('10.2', ['deviceTime'])).toContain('time-zone-of-the-timestamp');
    expect(errataNaming('11.2', ['deviceTime'])).toEqual([]);
    expect(errataNaming('10.2', [])).toEqual([]);
    for (const { id, place, names } of ERRATA) {
      if (names === undefined) continue;
      const sections = place.split(',').flatMap((part) => part.trim().split('-'));
      for (const section of sections) expect(errataNaming(section, names), id).toContain(id);
    }
  });
});
