import { describe, expect, test } from 'vitest';
import { allPairs, bestRound, type Given, shownBy } from './cross-talk.ts';

const toggle = (name: string, now: number): Given & { readonly values: readonly number[] } => ({ name, kind: '0,1', now, values: [0, 1] });

describe('a round', () => {
  test('shows that a value was stored where another one stands', () => {
    const round = [{ ...toggle('one', 0), given: 1 }, toggle('other', 0)];
    expect(shownBy(round)).toEqual(['one without other']);
  });

  test('shows nothing where both end with the same value', () => {
    expect(shownBy([{ ...toggle('one', 0), given: 1 }, toggle('other', 1)])).toEqual([]);
    expect(
      shownBy([
        { ...toggle('one', 0), given: 1 },
        { ...toggle('other', 0), given: 1 },
      ]),
    ).toEqual([]);
  });

  test('shows nothing of another kind, or of what is set to what it is', () => {
    expect(
      shownBy([
        { ...toggle('one', 0), given: 1 },
        { ...toggle('other', 0), kind: '0,1,2' },
      ]),
    ).toEqual([]);
    expect(shownBy([{ ...toggle('one', 1), given: 1 }, toggle('other', 0)])).toEqual([]);
  });
});

test.each([2, 3, 5, 8, 12])('of %i switches that stand alike each can be told from each in a few rounds', (count) => {
  let all = Array.from({ length: count }, (_, at) => toggle(`switch ${at}`, 0));
  const open = new Set(allPairs(all));
  let rounds = 0;
  for (let round = bestRound(all, open); round !== null; round = bestRound(all, open)) {
    rounds += 1;
    for (const pair of shownBy(round)) open.delete(pair);
    all = all.map((each, at) => ({ ...each, now: round[at]?.given ?? each.now }));
  }
  expect([...open]).toEqual([]);
  expect(rounds).toBeLessThanOrEqual(5 * Math.ceil(Math.log2(count)) + 2);
});
