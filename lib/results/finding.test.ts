/** What a check can say, and how several findings become one. */
import { describe, expect, it } from 'vitest';
import { fail, finding, NonConformance, Skipped, together, verify } from './finding.ts';
import { sampleExchange } from './sample-results.fixture.ts';

const thrown = (run: () => void): unknown => {
  try {
    run();
  } catch (error) {
    return error;
  }
  return null;
};

describe('a verdict against the camera', () => {
  it('carries its findings and the exchange that shows them, and says both sides of each', () => {
    const exchange = sampleExchange();
    const error = new NonConformance([finding('a number', '"1"'), finding('0 to 9', '11')], exchange);
    expect(error).toMatchObject({
      name: 'NonConformance',
      exchange,
      findings: [finding('a number', '"1"'), { documented: '0 to 9', received: '11' }],
    });
    expect(error.message).toBe('Documented: a number. Received: "1".\nDocumented: 0 to 9. Received: 11.');
  });

  it('is thrown where anything was found, and by nothing else', () => {
    expect(thrown(() => verify([]))).toBeNull();
    expect(thrown(() => verify([finding('a', 'b')]))).toMatchObject({ exchange: null, findings: [finding('a', 'b')] });
    const exchange = sampleExchange();
    expect(thrown(() => verify([finding('a', 'b')], exchange))).toMatchObject({ exchange });
    expect(thrown(() => fail('a', 'b'))).toMatchObject({ name: 'NonConformance', exchange: null, findings: [finding('a', 'b')] });
    expect(thrown(() => fail('a', 'b', exchange))).toMatchObject({ exchange });
  });

  it('is none where nothing could be judged, which has its reason', () => {
    const error = new Skipped('not-testable', 'nobody listens');
    expect(error).not.toBeInstanceOf(NonConformance);
    expect(error).toMatchObject({ name: 'Skipped', reason: 'not-testable', message: 'nobody listens' });
  });
});

describe('what breaks one rule', () => {
  const values = (count: number): string[] => Array.from({ length: count }, (_, index) => `v${index}`);

  it('is one finding, and none where nothing breaks it', () => {
    expect(together('even', [])).toEqual([]);
    expect(together('even', ['1', '3'])).toEqual([finding('even', '1; 3')]);
  });

  it('is counted beyond eight values', () => {
    expect(together('even', values(8))).toEqual([finding('even', 'v0; v1; v2; v3; v4; v5; v6; v7')]);
    expect(together('even', values(9))).toEqual([finding('even', 'v0; v1; v2; v3; v4; v5; v6; v7; and 1 more')]);
  });
});
