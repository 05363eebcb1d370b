import { describe } from '../lib/camera/outcome.ts';
import { DONE_STRICTLY } from '../lib/checks/actions/expectations.ts';
import { clonesTwice } from '../lib/checks/flows/clone.ts';
import { difference, isNearer } from '../lib/checks/pictures/picture-lab.ts';
import { likeness } from '../lib/checks/pictures/picture-likeness.ts';
import type { SettingsLab } from '../lib/checks/sets/settings-lab.ts';
import { quote } from '../lib/checks/values/row-judgement.ts';
import type { Row } from '../lib/document/notation.ts';
import { isSameValue, isSettable, type Members, valueIn } from '../lib/document/row-value.ts';
import { display } from '../lib/document/sections/23-display.ts';
import { section, type Workplace } from '../lib/execution/section.ts';
import { flipVertical, meanChroma, meanLuma, mirrorHorizontal, rotate } from '../lib/media/picture-measures.ts';
import type { Pixels } from '../lib/media/pixels.ts';
import { fail, Skipped, together, verify } from '../lib/results/finding.ts';

/** Settings that differ from what is set now in every plain parameter that can be changed. */
function otherSettings(lab: SettingsLab): Members {
  const values = lab
    .changeable()
    .filter((subject) => subject.kind === 'plain' && lab.applies(subject.top) && !lab.isGovernor(subject.top))
    .flatMap((subject) => {
      const [candidate] = lab.candidates(subject);
      return candidate === undefined ? [] : [[subject, candidate.value] as const];
    });
  return lab.membersForAll(values);
}

/** Another value than its default for each parameter: those on which others depend come last, since they rule what can be changed besides. */
async function changeAll(lab: SettingsLab, defaults: Members): Promise<void> {
  await lab.attempt(otherSettings(lab));
  const isDefault = (row: Row): boolean => isSameValue(valueIn(row, lab.current), valueIn(row, defaults));
  const governors = lab.part.rows
    .filter((row) => lab.isGovernor(row))
    .toSorted((one, other) => Number(one.when === undefined) - Number(other.when === undefined));
  const conditional = lab.part.rows.filter((row) => row.when !== undefined && !lab.isGovernor(row));
  for (const row of [...conditional, ...governors]) {
    const subject = lab.changeable().find(({ kind, top }) => kind === 'plain' && top === row);
    if (subject === undefined || !isDefault(row) || !(await isBrought(lab, row))) continue;
    const candidate = lab.candidates(subject).find(({ value }) => !isSameValue(value, valueIn(row, defaults)));
    if (candidate !== undefined) await lab.attempt({ ...lab.membersFor(subject, candidate.value), ...candidate.companions });
  }
}

/** Whether the camera could be brought to where a parameter applies. */
async function isBrought(lab: SettingsLab, { when }: Row): Promise<boolean> {
  try {
    await lab.holdCondition(when);
    return true;
  } catch (error) {
    if (error instanceof Skipped) return false;
    throw error;
  }
}

/** A rotation of the document's enumeration, in degrees clockwise. */
const TURNS: Readonly<Record<number, 90 | 180 | 270>> = { 1: 90, 2: 180, 3: 270 };
/** Mean distance between the colour channels (0 to 255) below which a picture has no colour; compression leaves about 1. */
const GREY = 4;
/** A scene that shows whether its colour is gone. */
const COLOURFUL = 10;
/** A change of brightness that compression and noise do not make. */
const BRIGHTER = 3;

/** Sets, or throws: what is refused here is judged by the round trip of the parameter, not once more. */
async function apply(settings: SettingsLab, members: Members): Promise<void> {
  const { outcome } = await settings.attempt(members);
  if (outcome.kind !== 'done') throw new Skipped('blocked', `${JSON.stringify(members)} is answered with ${describe(outcome)}`);
}

/** The settings, once it is sure that the camera shows the parameter. */
async function offering({ lab }: Workplace, get: string, name: string): Promise<SettingsLab> {
  const settings = lab(get);
  if (!(name in (await settings.opening()))) throw new Skipped('not-offered', `${get} does not return ${name}`);
  return settings;
}

/** A picture as the lens sees it: what one of these does depends on the others, and the camera may have been found turned. */
async function straighten({ lab }: Workplace): Promise<void> {
  for (const [get, names] of [
    ['getImageAdjustment', ['rotate']],
    ['getImageAdjustmentEx', ['flip', 'mirror']],
  ] as const) {
    const settings = lab(get);
    if ((await settings.answered()).kind !== 'done') continue;
    await settings.opening();
    const turned = names.filter((name) => name in settings.current && settings.current[name] !== 0);
    if (turned.length > 0) await apply(settings, Object.fromEntries(turned.map((name) => [name, 0])));
  }
}

/** What the picture shows beside the one before the set. */
function besideBefore(picture: Pixels, before: Pixels, allowed: number): string {
  if (difference(picture, before) <= allowed) return 'it is as before: the setting has no effect';
  const why = likeness(picture, before, allowed);
  return why === null ? `it differs from the one before by ${difference(picture, before).toFixed(1)}` : `beside the one before, ${why}`;
}

section(display, ({ generic, requirement }) => {
  /** Compares the picture after a set with the transformed one before it; a scene that looks the same either way proves nothing. */
  const transforms = (
    get: string,
    name: string,
    values: Readonly<Record<number, readonly [transform: (picture: Pixels) => Pixels, meaning: string]>>,
    clause: string,
    title: string,
    place: string,
  ) =>
    requirement(`display/${name}/in-picture`, 'should', title, { place, action: get.replace('get', 'set'), covers: [clause] }, (workplace) =>
      workplace.pictures.patiently(async () => {
        const settings = await offering(workplace, get, name);
        await straighten(workplace);
        await apply(settings, { [name]: 0 });
        const { view, restlessness } = await workplace.pictures.settled();
        for (const [value, [transform, meaning]] of Object.entries(values)) {
          const expected = transform(view.picture);
          if (difference(expected, view.picture) < 2 * restlessness) throw new Skipped('not-testable', 'the scene looks the same either way');
          await apply(settings, { [name]: Number(value) });
          const after = await workplace.pictures.lookUntil(({ picture }) => isNearer(picture, expected, view.picture, restlessness));
          if (!after.isAsExpected) {
            const allowed = 2 * restlessness;
            const differs = difference(after.view.picture, expected);
            fail(
              `${meaning} while ${name} is ${value}, as the picture before it turned so: a mean difference of at most ${allowed.toFixed(1)} of 255`,
              `a mean difference of ${differs.toFixed(1)} of 255; ${besideBefore(after.view.picture, view.picture, allowed)}`,
              after.view.exchange,
            );
          }
        }
        await apply(settings, { [name]: 0 });
      }),
    );

  transforms(
    'getImageAdjustmentEx',
    'flip',
    { 1: [flipVertical, 'top and bottom swapped'] },
    'flip-in-picture',
    'flip swaps top and bottom of the picture',
    '23.4',
  );
  transforms(
    'getImageAdjustmentEx',
    'mirror',
    { 1: [mirrorHorizontal, 'left and right swapped'] },
    'mirror-in-picture',
    'mirror swaps left and right of the picture',
    '23.4',
  );
  const turns = Object.fromEntries(
    Object.entries(TURNS).map(([value, degrees]) => [
      value,
      [(picture: Pixels) => rotate(picture, degrees), `a picture rotated by ${degrees} degrees clockwise`] as const,
    ]),
  );
  transforms('getImageAdjustment', 'rotate', turns, 'rotation-in-picture', 'rotate turns the picture by the angle that it names', '23.2');

  requirement(
    'display/color_black/in-picture',
    'should',
    'color_black 2 takes the colour out of the picture, 0 keeps it in',
    { place: '23.4', action: 'setImageAdjustmentEx', covers: ['black-and-white-in-picture'] },
    async (workplace) => {
      const settings = await offering(workplace, 'getImageAdjustmentEx', 'color_black');
      await apply(settings, { color_black: 0 });
      const { view } = await workplace.pictures.lookUntil(({ picture }) => meanChroma(picture) > COLOURFUL);
      if (meanChroma(view.picture) <= COLOURFUL) throw new Skipped('not-testable', 'the scene has hardly any colour');
      await apply(settings, { color_black: 2 });
      const grey = await workplace.pictures.lookUntil(({ picture }) => meanChroma(picture) < GREY);
      if (!grey.isAsExpected)
        fail(
          `a picture without colour while color_black is 2: a mean difference below ${GREY} of 255 between red, green and blue`,
          `a mean difference of ${meanChroma(grey.view.picture).toFixed(1)} (before: ${meanChroma(view.picture).toFixed(1)})`,
          grey.view.exchange,
        );
      await apply(settings, { color_black: 0 });
      const coloured = await workplace.pictures.lookUntil(({ picture }) => meanChroma(picture) > COLOURFUL);
      if (!coloured.isAsExpected)
        fail(
          `colour in the picture again while color_black is 0: a mean difference above ${COLOURFUL} of 255 between red, green and blue`,
          `a mean difference of ${meanChroma(coloured.view.picture).toFixed(1)} (before: ${meanChroma(view.picture).toFixed(1)})`,
          coloured.view.exchange,
        );
    },
  );

  requirement(
    'display/brightness/in-picture',
    'should',
    'a higher brightness makes the picture brighter',
    { place: '23.2', action: 'setImageAdjustment', covers: ['brightness-in-picture'] },
    (workplace) =>
      workplace.pictures.patiently(async () => {
        const settings = await offering(workplace, 'getImageAdjustment', 'brightness');
        await apply(settings, { brightness: 64 });
        const { view } = await workplace.pictures.settled();
        const dark = meanLuma(view.picture);
        await apply(settings, { brightness: 192 });
        const bright = await workplace.pictures.lookUntil(({ picture }) => meanLuma(picture) > dark + BRIGHTER);
        if (!bright.isAsExpected)
          fail(
            `a mean brightness of the picture more than ${BRIGHTER} of 255 above ${dark.toFixed(1)}, which brightness 64 gives`,
            `${meanLuma(bright.view.picture).toFixed(1)} with brightness 192`,
            bright.view.exchange,
          );
      }),
  );

  requirement(
    'display/saturation/in-picture',
    'should',
    'a higher saturation makes the picture more colourful',
    { place: '23.2', action: 'setImageAdjustment', covers: ['colour-in-picture'] },
    (workplace) =>
      workplace.pictures.patiently(async () => {
        const settings = await offering(workplace, 'getImageAdjustment', 'saturation');
        await apply(settings, { saturation: 32 });
        const { view } = await workplace.pictures.settled();
        const pale = meanChroma(view.picture);
        await apply(settings, { saturation: 192 });
        const vivid = await workplace.pictures.lookUntil(({ picture }) => meanChroma(picture) > pale + BRIGHTER);
        if (!vivid.isAsExpected && pale < GREY) throw new Skipped('not-testable', 'the scene has hardly any colour');
        if (!vivid.isAsExpected)
          fail(
            `more colour than with saturation 32: a mean difference between red, green and blue more than ${BRIGHTER} of 255 above ${pale.toFixed(1)}`,
            `${meanChroma(vivid.view.picture).toFixed(1)} with saturation 192`,
            vivid.view.exchange,
          );
      }),
  );

  generic();

  requirement(
    'display/clone/twice',
    'should',
    'takes the settings of another camera, only what differs, and the second time nothing does',
    { place: '23.2', action: 'setImageAdjustment', covers: [] },
    ({ lab }) => clonesTwice(lab('getImageAdjustment')),
  );

  for (const [get, other, place, clause] of [
    ['getImageAdjustment', 'getImageAdjustmentEx', '23.5', 'base-restore'],
    ['getImageAdjustmentEx', 'getImageAdjustment', '23.6', 'advanced-restore'],
  ] as const) {
    requirement(
      `display/${get.replace('get', 'set')}/set-default`,
      'must',
      'set_default 1 brings back the same settings, whatever they were',
      { place, action: get.replace('get', 'set'), covers: [clause], strict: DONE_STRICTLY },
      async ({ camera, lab, part, done }) => {
        const settings = lab(get);
        await settings.opening();
        const restore = async () => {
          const outcome = await camera.set(part(get), settings.instance, { set_default: 1 });
          done(outcome);
          return { outcome, reply: await settings.read() };
        };
        const first = await restore();
        await changeAll(settings, first.reply);
        const changed = settings.current;
        const neighbour = lab(other);
        if ((await neighbour.firstOutcome()).kind === 'done') {
          await neighbour.read();
          await neighbour.attempt(otherSettings(neighbour));
        }
        const before = await camera.get(part(other));
        const second = await restore();
        const after = await camera.get(part(other));
        const shown = (row: Row, reply: Members): string => quote(row, valueIn(row, reply));
        const findings = together(
          `after set_default 1 ${get} returns the same settings as after the set_default 1 before, whatever was set between`,
          part(get)
            .rows.filter((row) => isSettable(row) && !row.volatile && !isSameValue(valueIn(row, first.reply), valueIn(row, second.reply)))
            .map((row) => `${row.name} ${shown(row, second.reply)} in place of ${shown(row, first.reply)} (set between: ${shown(row, changed)})`),
        );
        const disturbed =
          before.kind !== 'done' || after.kind !== 'done'
            ? []
            : together(
                `set_default 1 of ${get.replace('get', 'set')} leaves ${other} as it was`,
                part(other)
                  .rows.filter((row) => isSettable(row) && !row.volatile && !isSameValue(valueIn(row, before.reply), valueIn(row, after.reply)))
                  .map((row) => `${row.name} changed from ${shown(row, before.reply)} to ${shown(row, after.reply)}`),
                { action: other },
              );
        verify([...findings, ...disturbed], second.outcome.answer.exchange);
      },
    );
  }
});
