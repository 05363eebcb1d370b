/**
 * The data against the document, both ways and section by section. The document's text is read where it is at hand;
 * else the names that were once extracted from it serve. Every exception has a reason and has to be needed.
 */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compareWithDocument } from '../../fixtures/document-comparison.ts';
import { type DocumentFacts, readDocument } from '../../fixtures/document-text.ts';
import { readGolden } from '../../fixtures/golden.ts';
import { SECTIONS } from './index.ts';
import { ENVELOPE, ENVELOPE_EXTRAS, ERROR_CODES } from './sections/01-generic.ts';

const TEXT = new URL('../../../shared/spec/camera-http-api.txt', import.meta.url);
const FACTS: DocumentFacts = JSON.parse(readFileSync(new URL('../../fixtures/document-names.json', import.meta.url), 'utf8'));
const ENVELOPE_NAMES = [...ENVELOPE.map(({ name }) => name), ...ENVELOPE_EXTRAS];

/** Where the data rightly differs from the text. */
const EXCEPTIONS: Readonly<Record<string, string>> = {};

const disagreements = compareWithDocument(FACTS, SECTIONS, ENVELOPE_NAMES);

describe('the data is the document', () => {
  test.skipIf(!existsSync(TEXT))('the extracted names are those of the text (skipped: the document is not beside the project)', () => {
    expect(FACTS).toEqual(readDocument(readFileSync(TEXT, 'utf8')));
  });

  test('the extracted names are as many as the document has', () => {
    const places = Object.values(FACTS.places);
    expect(places.length).toBe(128);
    expect(new Set(places.flatMap(({ actions }) => actions)).size).toBe(0);
    expect(places.flatMap(({ tables }) => tables.flatMap(({ rows }) => rows)).length).toBe(0);
  });

  test('names, letters, types, ranges and actions agree', () => {
    expect(disagreements.filter(({ id }) => !(id in EXCEPTIONS))).toEqual([]);
  });

  test('every exception is needed', () => {
    const found = new Set(disagreements.map(({ id }) => id));
    expect(Object.keys(EXCEPTIONS).filter((id) => !found.has(id))).toEqual([]);
  });

  test('the error codes are those of 1.3', () => {
    expect(
      Object.keys(ERROR_CODES)
        .map(Number)
        .sort((a, b) => a - b),
    ).toEqual(FACTS.errorCodes);
  });
});

describe('the examples in the data are those of the document', () => {
  const golden = readGolden().filter((example) => example.kind === 'http');

  const withoutEnvelope = (body: string | null | undefined): Record<string, unknown> | null => {
    if (!body?.startsWith('{')) return null;
    return Object.fromEntries(Object.entries(JSON.parse(body)).filter(([name]) => !ENVELOPE_NAMES.includes(name)));
  };

  for (const section of SECTIONS) {
    for (const part of section.parts) {
      const places = part.kind === 'command' ? [part.place] : [part.getPlace, part.setPlace];
      const here = golden.filter((example) => places.includes(example.place));
      if (here.length === 0) continue;
      test(`${places.join(', ')} ${part.kind === 'command' ? part.action : part.get}`, () => {
        const sets = here.filter(({ place }) => part.kind === 'command' || place === part.setPlace);
        const reply = here.find(({ place }) => place === places[0])?.reply?.body;
        expect.soft(part.example.requests ?? []).toEqual(sets.map(({ sends }) => sends));
        expect.soft(part.example.reply ?? {}).toEqual(withoutEnvelope(reply) ?? {});
      });
    }
  }
});
