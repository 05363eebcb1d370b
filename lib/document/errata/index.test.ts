/** Every erratum is found by its id, and ids do not repeat. */
import { describe, expect, test } from 'vitest';
import { ERRATA, erratum } from './index.ts';

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
});
