import { describe } from '../lib/camera/outcome.ts';
import { echoes } from '../lib/checks/flows/echo.ts';
import { keepsUnnamed } from '../lib/checks/flows/partial-list.ts';
import { changeInWords } from '../lib/checks/pictures/changed-area.ts';
import { difference } from '../lib/checks/pictures/picture-lab.ts';
import { isMembers, type Members } from '../lib/document/row-value.ts';
import { osd } from '../lib/document/sections/24-osd.ts';
import { section, type Workplace } from '../lib/execution/section.ts';
import { regionOf } from '../lib/media/picture-measures.ts';
import type { Pixels } from '../lib/media/pixels.ts';
import { fail, Skipped } from '../lib/results/finding.ts';

/** Where texts are drawn for these checks, on the 704 x 576 raster; what lies below must not change. */
const AT = { x: 48, y: 96 };
const TEXT = { x: 32, y: 80, width: 320, height: 72 };
const ELSEWHERE = { x: 32, y: 320, width: 640, height: 200 };
/** A text covers little of its region; this much change (of 255) compression does not make. */
const DRAWN = 1.5;
const LARGE = 2;

const options = { place: '24.2', action: 'setOsdConf' } as const;

/** Everything switched off, so that one text can be told from none. */
const nothing = (reply: Members): Members => ({
  ...Object.fromEntries(['show_date', 'show_time', 'show_week', 'show_bitrate'].filter((name) => name in reply).map((name) => [name, 0])),
  ...(Array.isArray(reply.title_list) ? { title_list: reply.title_list.filter(isMembers).map((title) => ({ ...title, show_title: 0 })) } : {}),
});

const drawn = (workplace: Workplace, needs: readonly string[], members: (reply: Members) => Members, what: string): Promise<void> =>
  workplace.pictures.patiently(() => drawnNow(workplace, needs, members, what));

async function drawnNow({ lab, pictures }: Workplace, needs: readonly string[], members: (reply: Members) => Members, what: string): Promise<void> {
  const settings = lab();
  const reply = await settings.opening();
  const missing = needs.find((name) => !(name in reply));
  if (missing !== undefined) throw new Skipped('not-offered', `getOsdConf does not return ${missing}`);
  const apply = async (changes: Members): Promise<void> => {
    const { outcome } = await settings.attempt(changes);
    if (outcome.kind !== 'done') throw new Skipped('blocked', `${JSON.stringify(changes)} is answered with ${describe(outcome)}`);
  };
  const size = 'font_size' in reply ? { font_size: LARGE } : {};
  await apply({ ...nothing(reply), ...size });
  const { view, restlessness } = await pictures.settled();
  const change = (picture: Pixels, region: typeof TEXT): number => difference(regionOf(picture, region), regionOf(view.picture, region));
  await apply({ ...nothing(reply), ...size, ...members(reply) });
  const shown = await pictures.lookUntil(({ picture }) => change(picture, TEXT) > DRAWN);
  if (!shown.isAsExpected)
    fail(
      `${what} drawn at x ${AT.x}, y ${AT.y} of 704 x 576: a mean difference of more than ${DRAWN} of 255 there`,
      `nothing new there: a mean difference of ${change(shown.view.picture, TEXT).toFixed(1)}; ${changeInWords(view.picture, shown.view.picture)}`,
      shown.view.exchange,
    );
  const elsewhere = change(shown.view.picture, ELSEWHERE);
  if (elsewhere > restlessness)
    fail(
      `the rest of the picture as it was while ${what} is drawn: a mean difference of at most ${restlessness.toFixed(1)} of 255`,
      `a mean difference of ${elsewhere.toFixed(1)}; ${changeInWords(view.picture, shown.view.picture)}`,
      shown.view.exchange,
    );
  await apply(nothing(reply));
  const gone = await pictures.lookUntil(({ picture }) => change(picture, TEXT) <= DRAWN);
  if (!gone.isAsExpected)
    fail(
      `the picture without ${what} once it is switched off: a mean difference of at most ${DRAWN} of 255 there`,
      `it is still there: a mean difference of ${change(gone.view.picture, TEXT).toFixed(1)}`,
      gone.view.exchange,
    );
}

section(osd, ({ generic, requirement }) => {
  requirement(
    'osd/title_list/in-picture',
    'should',
    'each title is drawn at its position while it is enabled',
    { ...options, covers: ['titles-in-picture'] },
    async (workplace) => {
      const { title_list: titles } = await workplace.lab().opening();
      for (const [shown] of (Array.isArray(titles) ? titles : [null]).entries()) {
        await drawn(
          workplace,
          ['title_list'],
          ({ title_list }) => ({
            title_list: (title_list as readonly Members[]).map((title, index) =>
              index === shown
                ? { ...title, title: `TITLE ${shown + 1} 888`, title_pos_x: AT.x, title_pos_y: AT.y, show_title: 1 }
                : { ...title, show_title: 0 },
            ),
          }),
          `title ${shown + 1}`,
        );
      }
    },
  );

  requirement(
    'osd/show_date/in-picture',
    'should',
    'the date is drawn at its position while it is switched on',
    { ...options, covers: ['date-in-picture'] },
    (workplace) =>
      drawn(workplace, ['show_date', 'date_pos_x', 'date_pos_y'], () => ({ show_date: 1, date_pos_x: AT.x, date_pos_y: AT.y }), 'the date'),
  );

  requirement(
    'osd/title_list[2]/example-blanks',
    'should',
    'stores the titles of the document’s example: a blank, and " test" with a blank before it',
    { ...options, covers: ['title_list/settable'] },
    async ({ lab }) => {
      const settings = lab();
      const reply = await settings.opening();
      const titles = reply.title_list;
      if (!Array.isArray(titles)) throw new Skipped('not-offered', 'getOsdConf does not return title_list');
      for (const text of [' test', ' ']) {
        const { outcome, reply: after } = await settings.attempt({
          title_list: titles.map((title, index) => (index === 2 ? { ...title, title: text } : title)),
        });
        const found = (after.title_list as readonly Members[])[2]?.title;
        if (outcome.kind !== 'done' || found !== text)
          fail(
            `code 0, and getOsdConf then returns the third title as ${JSON.stringify(text)}`,
            `${describe(outcome)}; it then reads ${JSON.stringify(found) ?? 'nothing'}`,
            outcome.answer.exchange,
          );
      }
    },
  );

  generic();

  requirement(
    'osd/title_list/partial',
    'should',
    'keeps what a title list does not name: the rest of a title, and the other titles',
    { ...options, covers: [], after: ['osd/title_list/round-trip'] },
    ({ lab }) => keepsUnnamed(lab(), 'title_list', 'show_title', (value) => 1 - Number(value)),
  );

  requirement(
    'osd/echo/taken',
    'should',
    'takes back what its get answers, envelope included, with one parameter changed',
    { ...options, covers: [] },
    ({ lab }) => echoes(lab()),
  );
});
