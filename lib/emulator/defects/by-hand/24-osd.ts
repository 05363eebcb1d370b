/** Section 24: texts that are not drawn, elsewhere, or more of them than should be. */
import type { Members } from '../../../document/row-value.ts';
import { isMembers } from '../../../document/row-value.ts';
import type { Scene } from '../../scene.ts';
import type { Tamper } from '../../tamper.ts';
import { type Defect, inSection } from './notation.ts';
import { frozen, photographing, seeing } from './picturing.ts';

type Label = Scene['labels'][number];

const TITLE = ['title_list/in-picture'];
const DATE = ['show_date/in-picture'];
const isDate = ({ text }: Label): boolean => /^\d\d-\d\d-\d\d/.test(text);

const labelled = (id: string, does: string, noticedBy: readonly string[], change: (labels: readonly Label[]) => readonly Label[]): Defect => ({
  id,
  does,
  noticedBy,
  plant: () => seeing((scene) => ({ ...scene, labels: change(scene.labels) })),
});

const ofTitles = (id: string, does: string, change: (label: Label) => Label | null): Defect =>
  labelled(`title/${id}`, does, TITLE, (labels) => labels.flatMap((label) => (isDate(label) ? [label] : (change(label) ?? []))));
const ofDates = (id: string, does: string, change: (label: Label) => Label | null): Defect =>
  labelled(`date/${id}`, does, DATE, (labels) => labels.flatMap((label) => (isDate(label) ? (change(label) ?? []) : [label])));

/** The same for titles and for the date. */
const OF_BOTH: readonly (readonly [id: string, does: string, change: (label: Label) => Label | null])[] = [
  ['not-drawn', 'is not drawn', () => null],
  ['empty', 'is drawn as blanks', (label) => ({ ...label, text: '' })],
  ['at-the-corner', 'is drawn in the corner, wherever it should be', (label) => ({ ...label, x: 500, y: 20 })],
  ['from-below', 'is drawn at y counted from below', (label) => ({ ...label, y: 576 - label.y - 40 })],
  ['from-the-right', 'is drawn at x counted from the right', (label) => ({ ...label, x: 704 - label.x - 200 })],
  ['sides-swapped', 'is drawn with x and y swapped', ({ text, x, y }) => ({ text, x: y + 300, y: x + 200 })],
  ['off-the-picture', 'is drawn beyond the edge of the picture', (label) => ({ ...label, x: label.x + 704 })],
  ['a-letter-high-beyond', 'is drawn 150 lines too low', (label) => ({ ...label, y: label.y + 150 })],
];

/** What a stored title list becomes before it is drawn or returned. */
const storingTitles = (change: (titles: readonly Members[], before: readonly Members[]) => readonly Members[]): Tamper => ({
  stored: (action, changes, before) =>
    action === 'setOsdConf' && Array.isArray(changes.title_list)
      ? {
          ...changes,
          title_list: change(changes.title_list.filter(isMembers), Array.isArray(before.title_list) ? before.title_list.filter(isMembers) : []),
        }
      : changes,
});

/** What a title list that is sent is taken for. */
const partly = (id: string, does: string, change: (titles: readonly Members[], before: readonly unknown[]) => readonly Members[]): Defect => ({
  id: `title_list/${id}`,
  does,
  noticedBy: ['title_list/partial'],
  plant: () => ({
    tamper: {
      performs: (action, json, camera, perform) => {
        if (action !== 'setOsdConf' || !Array.isArray(json?.title_list)) return perform();
        const before = camera.store.values('getOsdConf').title_list;
        return perform({ ...json, title_list: change(json.title_list.filter(isMembers), Array.isArray(before) ? before : []) });
      },
    },
  }),
});

const BLANKS = ['title_list[2]/example-blanks'];
const blanks = (id: string, does: string, change: (title: string) => string): Defect => ({
  id: `title/${id}`,
  does,
  noticedBy: BLANKS,
  plant: () => ({
    tamper: storingTitles((titles) => titles.map((each) => (typeof each.title === 'string' ? { ...each, title: change(each.title) } : each))),
  }),
});

export const osdDefects: readonly Defect[] = inSection('osd', [
  ...OF_BOTH.flatMap(([id, does, change]) => [ofTitles(id, `a title ${does}`, change), ofDates(id, `the date ${does}`, change)]),
  labelled('title/third-never', 'the third title is never drawn', TITLE, (labels) => labels.filter(({ text }) => !/^TITLE 3/.test(text))),
  ofTitles('next-one', 'the switch of a title shows another one', () => ({ text: 'xxx', x: 556, y: 546 })),
  {
    id: 'echo/envelope-refused',
    does: 'refuses a set with the envelope of its own get beside its parameters',
    noticedBy: ['echo/taken'],
    plant: () => ({ tamper: { refuses: (action, json) => (action === 'setOsdConf' && json !== null && 'device_mac' in json ? 205 : null) } }),
  },
  {
    id: 'echo/taken-for-nothing',
    does: 'answers a set with the envelope of its own get with code 0 and stores nothing',
    noticedBy: ['echo/taken'],
    plant: () => ({
      tamper: {
        performs: (action, json, _, perform) => (action === 'setOsdConf' && json !== null && 'device_mac' in json ? { code: 0 } : perform()),
      },
    }),
  },
  partly('members-cleared', 'clears what a title list does not name of a title', (titles) =>
    titles.map((each) => ({ title: '', show_title: 0, title_pos_x: 0, title_pos_y: 0, ...each })),
  ),
  partly('titles-cleared', 'clears the titles that a title list does not name', (titles, before) =>
    before.map((_, index) => titles[index] ?? { title: '', show_title: 0 }),
  ),
  {
    id: 'title/stays',
    does: 'a title stays when it is switched off',
    noticedBy: TITLE,
    plant: () => keeping((label) => !isDate(label)),
  },
  { id: 'date/stays', does: 'the date stays when it is switched off', noticedBy: DATE, plant: () => keeping(isDate) },
  {
    id: 'title/after-restart-alone',
    does: 'draws the titles that it started with',
    noticedBy: TITLE,
    plant: () => {
      const first = frozen<readonly Label[]>();
      return seeing((scene) => ({ ...scene, labels: first(scene.labels) }));
    },
  },
  {
    id: 'title/over-all',
    does: 'darkens the whole picture while a text is drawn',
    noticedBy: TITLE,
    plant: () => seeing((scene) => (scene.labels.length > 0 ? { ...scene, brightness: scene.brightness - 60 } : scene)),
  },
  {
    id: 'title/everywhere',
    does: 'repeats a title over the whole picture',
    noticedBy: TITLE,
    plant: () =>
      seeing((scene) => ({
        ...scene,
        labels: scene.labels.flatMap((label) =>
          Array.from({ length: 30 }, (_, at) => ({ ...label, x: label.x + 220 * (at % 3), y: label.y + 40 * Math.floor(at / 3) })),
        ),
      })),
  },
  {
    id: 'title/in-streams-alone',
    does: 'draws texts into streams, and not into snapshots',
    noticedBy: TITLE,
    plant: () => photographing((scene) => ({ ...scene, labels: [] })),
  },
  {
    id: 'date/in-streams-alone',
    does: 'draws the date into streams, and not into snapshots',
    noticedBy: DATE,
    plant: () => photographing((scene) => ({ ...scene, labels: scene.labels.filter((label) => !isDate(label)) })),
  },
  blanks('blanks-trimmed', 'takes the blanks at the ends of a title away', (title) => title.trim()),
  blanks('leading-blank-lost', 'takes the blank before a title away', (title) => title.replace(/^ (?=\S)/, '')),
  blanks('lone-blank-lost', 'stores a title of one blank as none', (title) => (title === ' ' ? '' : title)),
  blanks('blanks-as-plus', 'stores blanks as +', (title) => title.replaceAll(' ', '+')),
  blanks('blanks-encoded', 'stores blanks as %20', (title) => title.replaceAll(' ', '%20')),
  {
    id: 'title/blanks-refused',
    does: 'refuses titles that begin with a blank',
    noticedBy: BLANKS,
    plant: () => ({
      tamper: {
        refuses: (action, json) =>
          action === 'setOsdConf' &&
          Array.isArray(json?.title_list) &&
          json.title_list.some((each) => isMembers(each) && String(each.title).startsWith(' '))
            ? 205
            : null,
      },
    }),
  },
]);

/** Labels that were drawn once are drawn for ever. */
function keeping(isKept: (label: Label) => boolean) {
  let kept: readonly Label[] = [];
  return seeing((scene) => {
    const now = scene.labels.filter(isKept);
    if (now.length > 0) kept = now;
    return { ...scene, labels: [...scene.labels.filter((label) => !isKept(label)), ...kept] };
  });
}
