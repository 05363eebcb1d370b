import { expect, test } from 'vitest';
import { inDocumentOrder, listInOrder } from './allure-order.ts';

const TREE = {
  root: { groups: ['late', 'early', 'none'], leaves: ['alone'] },
  groupsById: {
    late: { name: '15 Email', groups: ['set'], leaves: ['c'] },
    set: { name: 'setMailConf', leaves: ['d', 'e'] },
    early: { name: '3 Snapshot', leaves: ['b', 'a'] },
    none: { name: 'others', leaves: ['f'] },
  },
  leavesById: Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f', 'alone'].map((id) => [id, { nodeId: id, groupOrder: 1 }])),
};

test('checks are numbered through, sections by their numbers, each in its own order', () => {
  const { tree, ids } = inDocumentOrder(JSON.stringify(TREE));
  expect(ids).toEqual(['alone', 'b', 'a', 'c', 'd', 'e', 'f']);
  const { leavesById, groupsById, root } = JSON.parse(tree);
  expect(ids.map((id) => leavesById[id].groupOrder)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect({ groupsById, root }).toEqual({ groupsById: TREE.groupsById, root: TREE.root });
});

test('they are gone through one by one in that order', () => {
  expect(listInOrder('["x","c","b"]', ['b', 'c'])).toBe('["b","c","x"]');
});
