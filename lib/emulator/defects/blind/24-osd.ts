/** Section 24: texts that are not drawn, or elsewhere, or in another way. */

import type { Scene } from '../../scene.ts';
import { type BlindDefect, SHOULD, tampering, writerFor } from './blind-defect.ts';
import { inSnapshots, inStreams, scene } from './scenes.ts';
import { eachElement, shows, stores, storesOther } from './sets-and-gets.ts';

const osd = writerFor('osd');

const labels = (change: (labels: Scene['labels']) => Scene['labels']) => scene((seen) => ({ ...seen, labels: change(seen.labels) }));

const SET_OSD = 'setOsdConf';

const isDate = (text: string): boolean => /\d\d-\d\d-\d\d|\d\d:\d\d|Sun|kbps/.test(text);

/** What a set stores in the list of titles. */
const titles = (change: Parameters<typeof eachElement>[1]) => () =>
  tampering(storesOther(SET_OSD, 'title_list', (list) => eachElement(list, change)));

export const OSD: readonly BlindDefect[] = [
  osd(
    'titles-in-picture',
    'no-titles',
    'draws no title',
    labels((all) => all.filter(({ text }) => isDate(text))),
    SHOULD,
  ),
  osd(
    'titles-in-picture',
    'first-title-alone',
    'draws the first title alone',
    labels((all) => [...all.filter(({ text }) => isDate(text)), ...all.filter(({ text }) => !isDate(text)).slice(0, 1)]),
    SHOULD,
  ),
  osd(
    'titles-in-picture',
    'titles-in-the-corner',
    'draws each title in the corner, wherever it was put',
    labels((all) => all.map((each) => (isDate(each.text) ? each : { ...each, x: 8, y: 8 }))),
    SHOULD,
  ),
  osd(
    'titles-in-picture',
    'title-x-and-y-swapped',
    'draws titles with x for y, and y for x',
    labels((all) => all.map((each) => (isDate(each.text) ? each : { ...each, x: each.y, y: each.x }))),
    SHOULD,
  ),
  osd(
    'titles-in-picture',
    'titles-lower',
    'draws titles 100 lines lower',
    labels((all) => all.map((each) => (isDate(each.text) ? each : { ...each, y: each.y + 100 }))),
    SHOULD,
  ),
  osd(
    'titles-in-picture',
    'title-text-stays',
    'draws "xxx" whatever the title is',
    labels((all) => all.map((each) => (isDate(each.text) ? each : { ...each, text: 'xxx' }))),
    SHOULD,
  ),
  osd(
    'titles-in-picture',
    'titles-not-in-streams',
    'draws titles in snapshots alone',
    inStreams((seen) => ({ ...seen, labels: seen.labels.filter(({ text }) => isDate(text)) })),
    SHOULD,
  ),
  osd(
    'titles-in-picture',
    'titles-not-in-snapshots',
    'draws titles in the streams alone',
    inSnapshots((seen) => ({ ...seen, labels: seen.labels.filter(({ text }) => isDate(text)) })),
    SHOULD,
  ),
  osd(
    'titles-in-picture',
    'title-first-letter',
    'draws the first letter of each title',
    labels((all) => all.map((each) => (isDate(each.text) ? each : { ...each, text: each.text.slice(0, 1) }))),
    SHOULD,
  ),
  osd(
    'titles-in-picture',
    'titles-mirrored-across',
    'draws titles at the right where they were put to the left',
    labels((all) => all.map((each) => (isDate(each.text) ? each : { ...each, x: Math.max(0, 640 - each.x) }))),
    SHOULD,
  ),
  osd(
    'titles-in-picture',
    'hidden-titles-drawn',
    'draws titles while show_title is 0',
    () => {
      let list: readonly Readonly<Record<string, unknown>>[] = [];
      return {
        tamper: shows('getOsdConf', (reply) => {
          list = Array.isArray(reply.title_list) ? (reply.title_list as typeof list) : [];
          return reply;
        }),
        streamTamper: {
          scene: (seen) => ({
            ...seen,
            labels: [
              ...seen.labels,
              ...list
                .filter((each) => each.show_title === 0 && String(each.title).trim() !== '')
                .map((each) => ({ text: String(each.title), x: Number(each.title_pos_x), y: Number(each.title_pos_y) })),
            ],
          }),
        },
      };
    },
    SHOULD,
  ),
  osd(
    'date-in-picture',
    'no-date',
    'draws neither date nor time',
    labels((all) => all.filter(({ text }) => !isDate(text))),
    SHOULD,
  ),
  osd(
    'date-in-picture',
    'date-at-the-foot',
    'draws the date at the foot, wherever it was put',
    labels((all) => all.map((each) => (isDate(each.text) ? { ...each, x: 0, y: 540 } : each))),
    SHOULD,
  ),
  osd(
    'date-in-picture',
    'date-without-time',
    'draws the date without the time',
    labels((all) => all.map((each) => (isDate(each.text) ? { ...each, text: each.text.replace('02:39:43', '') } : each))),
    SHOULD,
  ),
  osd(
    'date-in-picture',
    'no-weekday',
    'does not draw the weekday',
    labels((all) => all.map((each) => (isDate(each.text) ? { ...each, text: each.text.replace('Sun', '') } : each))),
    SHOULD,
  ),
  osd(
    'date-in-picture',
    'date-always',
    'draws the date while show_date is 0',
    labels((all) => (all.some(({ text }) => /\d\d-\d\d-\d\d/.test(text)) ? all : [...all, { text: '01-12-02', x: 0, y: 0 }])),
    SHOULD,
  ),
  osd(
    'date-in-picture',
    'date-y-ignored',
    'draws the date at the top, whatever date_pos_y is',
    labels((all) => all.map((each) => (isDate(each.text) ? { ...each, y: 0 } : each))),
    SHOULD,
  ),
  osd(
    'date-in-picture',
    'date-x-ignored',
    'draws the date at the left, whatever date_pos_x is',
    labels((all) => all.map((each) => (isDate(each.text) ? { ...each, x: 0 } : each))),
    SHOULD,
  ),
  osd(
    'date-in-picture',
    'date-format-ignored',
    'draws the date in the first format whatever was set',
    labels((all) => all.map((each) => ({ ...each, text: each.text.replace(/\d\d-\d\d-\d\d/, '01-12-02') }))),
    SHOULD,
  ),
  osd(
    'bitrate-in-picture',
    'no-bitrate',
    'does not draw the bit rate',
    labels((all) => all.map((each) => ({ ...each, text: each.text.replace(/\d+kbps/, '') }))),
    SHOULD,
  ),
  osd(
    'bitrate-in-picture',
    'bitrate-always',
    'draws the bit rate while show_bitrate is 0',
    labels((all) => (all.some(({ text }) => text.includes('kbps')) ? all : [...all, { text: '6144kbps', x: 300, y: 0 }])),
    SHOULD,
  ),
  osd(
    'colour-in-picture',
    'always-white',
    'draws in white whatever osd_color is',
    scene((seen) => ({ ...seen, labelColour: 0xff_ff_ff_ff })),
    SHOULD,
  ),
  osd(
    'colour-in-picture',
    'red-and-blue',
    'draws in blue for red, and in red for blue',
    scene((seen) => ({
      ...seen,
      labelColour: ((seen.labelColour & 0xff00ff00) | ((seen.labelColour & 0xff) << 16) | ((seen.labelColour >> 16) & 0xff)) >>> 0,
    })),
    SHOULD,
  ),
  osd(
    'font-size-in-picture',
    'size-ignored',
    'draws in the middle size whatever font_size is',
    scene((seen) => ({ ...seen, letter: 18 })),
    SHOULD,
  ),
  osd(
    'font-size-in-picture',
    'size-reversed',
    'draws small letters for large ones',
    scene((seen) => ({ ...seen, letter: 36 - seen.letter })),
    SHOULD,
  ),
  osd(
    'title_list/settable',
    'title-into-the-next',
    'stores the first title in the second as well',
    titles((each, index, all) => (index === 1 ? { ...each, title: all[0]?.title } : each)),
  ),
  osd(
    'title_list/settable',
    'title-position-into-the-next',
    'stores the position of the second title in the third as well',
    titles((each, index, all) => (index === 2 ? { ...each, title_pos_x: all[1]?.title_pos_x } : each)),
  ),
  osd('title_list/settable', 'last-title-lost', 'keeps the old fourth title', () =>
    tampering(
      stores(SET_OSD, (changes, before) =>
        'title_list' in changes ? { ...changes, title_list: replaced(changes.title_list, before.title_list, 3) } : changes,
      ),
    ),
  ),
  osd(
    'title_list/settable',
    'switches-of-titles-joined',
    'shows all titles where one is shown',
    titles((each, _, all) => ({ ...each, show_title: all.some(({ show_title }) => show_title === 1) ? 1 : 0 })),
  ),
  osd('title_list/settable', 'titles-reversed', 'stores the titles in reverse order', () =>
    tampering(storesOther(SET_OSD, 'title_list', (list) => (Array.isArray(list) ? [...list].reverse() : list))),
  ),
  osd(
    'title_list/settable',
    'hidden-title-lost',
    'empties titles that are not shown',
    titles((each) => (each.show_title === 0 ? { ...each, title: '' } : each)),
  ),
  osd('setOsdConf/isolation', 'date-moves-title', 'moves the first title with the date', () =>
    tampering(
      stores(SET_OSD, (changes, before) =>
        'date_pos_x' in changes && !('title_list' in changes)
          ? {
              ...changes,
              title_list: eachElement(before.title_list, (each, index) => (index === 0 ? { ...each, title_pos_x: changes.date_pos_x } : each)),
            }
          : changes,
      ),
    ),
  ),
  osd('setOsdConf/isolation', 'partial-list-wipes', 'empties titles that a shorter list does not name', () => {
    let named = 4;
    return tampering({
      request: (action, json) => {
        if (action === SET_OSD) named = (json ?? '').split('"show_title"').length - 1 || (json ?? '').split('"title"').length - 1;
        return json;
      },
      ...storesOther(SET_OSD, 'title_list', (list) =>
        eachElement(list, (each, index) => (index < named ? each : { ...each, title: '', show_title: 0 })),
      ),
    });
  }),
  ...ofTitle(),
];

/** The same texts inside the list. */
function ofTitle(): readonly BlindDefect[] {
  const kept = (word: string, does: string, change: (title: string) => string, more = {}) =>
    osd(
      'title_list/settable',
      word,
      does,
      titles((each) => ({ ...each, title: change(String(each.title)) })),
      more,
    );
  return [
    kept('titles-upper', 'stores titles in capital letters', (title) => title.toUpperCase()),
    kept('titles-at-eight', 'keeps eight characters of a title', (title) => title.slice(0, 8), SHOULD),
    kept('titles-without-digits', 'loses the digits of titles', (title) => title.replaceAll(/\d/g, '')),
    kept('titles-escaped', 'stores HTML entities in titles', (title) => title.replaceAll('&', '&amp;').replaceAll('<', '&lt;'), SHOULD),
    kept('titles-ascii', 'stores question marks beyond ASCII in titles', (title) => title.replaceAll(/[^\x20-\x7e]/g, '?'), SHOULD),
    kept('titles-quotes-lost', 'loses the quotes of titles', (title) => title.replaceAll(/["']/g, ''), SHOULD),
    osd('title_list/settable', 'title-empty-ignored', 'answers an empty title with code 0, and keeps the old one', () =>
      tampering(
        stores(SET_OSD, (changes, before) =>
          'title_list' in changes
            ? {
                ...changes,
                title_list: eachElement(changes.title_list, (each, index) =>
                  each.title === '' ? { ...each, title: titleAt(before.title_list, index) } : each,
                ),
              }
            : changes,
        ),
      ),
    ),
    osd('title_list/settable', 'title-empty-refused', 'refuses an empty title', () =>
      tampering({
        refuses: (action, json) =>
          action === SET_OSD && Array.isArray(json?.title_list) && json.title_list.some((each) => each?.title === '') ? 205 : null,
      }),
    ),
  ];
}

const titleAt = (list: unknown, index: number): unknown => (Array.isArray(list) ? list[index]?.title : undefined);

/** A list with one element of another. */
const replaced = (list: unknown, other: unknown, index: number): unknown =>
  Array.isArray(list) && Array.isArray(other) ? list.map((each: unknown, at) => (at === index ? other[at] : each)) : list;
