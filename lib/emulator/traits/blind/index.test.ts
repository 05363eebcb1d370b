import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SECTIONS } from '../../../document/index.ts';
import { TRAITS } from '../index.ts';
import { BLIND_TRAITS } from './index.ts';

const TESTS = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.test.ts') && name !== 'index.test.ts')
  .map((name) => readFileSync(`${import.meta.dirname}/${name}`, 'utf8'))
  .join('\n');
/** Ids that a test makes of their parts: `no-alarms-404`. */
const COMPOSED = /^no-(platforms|wireless|alarms|storage|peripherals)-(209|text|404)$/;

describe('blind traits', () => {
  it('have ids of their own', () => {
    const ids = [...TRAITS, ...BLIND_TRAITS].map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('are each tried over the wire', () => {
    expect(BLIND_TRAITS.map(({ id }) => id).filter((id) => !TESTS.includes(`'${id}'`) && !COMPOSED.test(id))).toEqual([]);
  });

  it('say why, and of which sections', () => {
    const numbers = new Set(SECTIONS.map(({ number }) => number));
    for (const { id, does, because, sections } of BLIND_TRAITS) {
      expect([id, does.length > 10, because.length > 20, sections.length > 0, sections.every((number) => numbers.has(number))]).toEqual([
        id,
        true,
        true,
        true,
        true,
      ]);
    }
  });
});
