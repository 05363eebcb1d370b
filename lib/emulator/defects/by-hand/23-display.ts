/** Section 23: effects that the picture lacks or has the other way round, and restores that miss something. */
import type { Row, Settings } from '../../../document/notation.ts';
import { isDocumented, isSettable, isShown, type Members } from '../../../document/row-value.ts';
import { display } from '../../../document/sections/23-display.ts';
import type { Habits } from '../../habits.ts';
import type { Camera } from '../../handler.ts';
import type { Scene } from '../../scene.ts';
import { anotherOf } from '../other-value.ts';
import { type Defect, inSection, performing } from './notation.ts';
import { frozen, photographing, seeing } from './picturing.ts';

const drawn = (id: string, does: string, subject: string, plant: () => Habits): Defect => ({ id, does, noticedBy: [`${subject}/in-picture`], plant });
const changed = (id: string, does: string, subject: string, change: (scene: Scene) => Partial<Scene>): Defect =>
  drawn(id, does, subject, () => seeing((scene) => ({ ...scene, ...change(scene) })));

/** Sees as it saw first, in one respect. */
const seenOnce =
  <K extends keyof Scene>(member: K) =>
  (): Habits => {
    const first = frozen<Scene[K]>();
    return seeing((scene) => ({ ...scene, [member]: first(scene[member]) }));
  };
/** Sees what was set before. */
const oneBehind =
  <K extends keyof Scene>(member: K) =>
  (): Habits => {
    let [last, shown]: [Scene[K] | undefined, Scene[K] | undefined] = [undefined, undefined];
    return seeing((scene) => {
      if (scene[member] !== last) [last, shown] = [scene[member], last ?? scene[member]];
      return { ...scene, [member]: shown as Scene[K] };
    });
  };

const ORIENTATION: readonly Defect[] = [
  changed('flip/not-seen', 'does not flip the picture', 'flip', () => ({ flip: false })),
  changed('flip/mirrors', 'mirrors where it should flip', 'flip', ({ flip, mirror }) => ({ flip: false, mirror: mirror !== flip })),
  changed('flip/turns', 'turns the picture by half where it should flip', 'flip', ({ flip, mirror }) => ({ mirror: mirror !== flip })),
  {
    ...changed('flip/inverted', 'flips the picture while flip is 0', 'flip', ({ flip }) => ({ flip: !flip })),
    unseen: 'nobody but who mounted the camera knows which way up its scene is',
  },
  drawn('flip/after-restart-alone', 'flips as it was set when it started', 'flip', seenOnce('flip')),
  drawn('flip/one-behind', 'flips as it was set the time before', 'flip', oneBehind('flip')),
  drawn('flip/in-streams-alone', 'flips streams, and not snapshots', 'flip', () => photographing((scene) => ({ ...scene, flip: false }))),
  changed('mirror/not-seen', 'does not mirror the picture', 'mirror', () => ({ mirror: false })),
  changed('mirror/flips', 'flips where it should mirror', 'mirror', ({ flip, mirror }) => ({ mirror: false, flip: flip !== mirror })),
  changed('mirror/turns', 'turns the picture by half where it should mirror', 'mirror', ({ flip, mirror }) => ({ flip: flip !== mirror })),
  drawn('mirror/after-restart-alone', 'mirrors as it was set when it started', 'mirror', seenOnce('mirror')),
  drawn('mirror/one-behind', 'mirrors as it was set the time before', 'mirror', oneBehind('mirror')),
  drawn('mirror/in-streams-alone', 'mirrors streams, and not snapshots', 'mirror', () => photographing((scene) => ({ ...scene, mirror: false }))),
  changed('rotate/not-seen', 'does not turn the picture', 'rotate', ({ turns, width, height }) => ({
    turns: 0,
    ...(turns % 2 === 1 ? { width: height, height: width } : {}),
  })),
  changed('rotate/other-way', 'turns the picture the other way', 'rotate', ({ turns }) => ({ turns: (4 - turns) % 4 })),
  changed('rotate/half-ignored', 'turns the picture by quarters alone, not by half', 'rotate', ({ turns }) => ({ turns: turns === 2 ? 0 : turns })),
  changed('rotate/quarters-ignored', 'turns the picture by half alone', 'rotate', ({ turns, width, height }) =>
    turns % 2 === 1 ? { turns: 0, width: height, height: width } : {},
  ),
  changed('rotate/270-as-90', 'turns by 90 degrees where 270 are set', 'rotate', ({ turns }) => ({ turns: turns === 3 ? 1 : turns })),
  changed('rotate/shape-alone', 'swaps width and height and does not turn the picture', 'rotate', () => ({ turns: 0 })),
  changed('rotate/mirrors', 'mirrors the picture that it turns', 'rotate', ({ turns, mirror }) => ({ mirror: turns > 0 ? !mirror : mirror })),
];

const COLOUR: readonly Defect[] = [
  changed('color_black/not-seen', 'keeps its colour in black and white', 'color_black', () => ({ colour: true })),
  changed('color_black/half', 'keeps half of its colour in black and white', 'color_black', ({ colour, saturation }) => ({
    colour: true,
    saturation: colour ? saturation : saturation / 2,
  })),
  changed('color_black/darkens', 'gets darker in black and white, and keeps its colour', 'color_black', ({ colour, brightness }) => ({
    colour: true,
    brightness: colour ? brightness : brightness - 60,
  })),
  drawn('color_black/in-streams-alone', 'takes the colour out of streams, and not out of snapshots', 'color_black', () =>
    photographing((scene) => ({ ...scene, colour: true })),
  ),
  drawn('color_black/after-restart-alone', 'keeps the colours that it started with', 'color_black', seenOnce('colour')),
  drawn('color_black/stays-grey', 'does not get its colour back', 'color_black', () => {
    let wasGrey = false;
    return seeing((scene) => {
      wasGrey ||= !scene.colour;
      return { ...scene, colour: !wasGrey };
    });
  }),
  changed('brightness/not-seen', 'ignores brightness', 'brightness', () => ({ brightness: 128 })),
  changed('brightness/inverted', 'gets darker with more brightness', 'brightness', ({ brightness }) => ({ brightness: 256 - brightness })),
  changed('brightness/barely', 'follows brightness by a fiftieth', 'brightness', ({ brightness }) => ({ brightness: 128 + (brightness - 128) / 50 })),
  changed('brightness/as-contrast', 'changes the contrast with brightness', 'brightness', ({ brightness }) => ({
    brightness: 128,
    contrast: brightness,
  })),
  changed('brightness/as-saturation', 'changes the saturation with brightness', 'brightness', ({ brightness }) => ({
    brightness: 128,
    saturation: brightness,
  })),
  drawn('brightness/after-restart-alone', 'has the brightness that it started with', 'brightness', seenOnce('brightness')),
  drawn('brightness/in-streams-alone', 'follows brightness in streams, and not in snapshots', 'brightness', () =>
    photographing((scene) => ({ ...scene, brightness: 128 })),
  ),
  changed('saturation/not-seen', 'ignores saturation', 'saturation', () => ({ saturation: 128 })),
  changed('saturation/inverted', 'gets paler with more saturation', 'saturation', ({ saturation }) => ({ saturation: 256 - saturation })),
  {
    ...changed('saturation/as-brightness', 'changes the brightness with saturation alone', 'saturation', ({ saturation }) => ({
      saturation: 128,
      brightness: saturation,
    })),
    // What is dark has little colour left, so that the picture does get more colourful.
    noticedBy: ['brightness/in-picture'],
  },
  changed('saturation/as-hue', 'changes the hue with saturation', 'saturation', ({ saturation }) => ({ saturation: 128, hue: saturation })),
  drawn('saturation/after-restart-alone', 'has the saturation that it started with', 'saturation', seenOnce('saturation')),
  drawn('saturation/in-streams-alone', 'follows saturation in streams, and not in snapshots', 'saturation', () =>
    photographing((scene) => ({ ...scene, saturation: 128 })),
  ),
  drawn('stale-picture', 'goes on sending the picture that it took first', 'brightness', () => {
    const first = frozen<Scene>();
    return seeing(first);
  }),
  drawn('stale-snapshot', 'goes on sending the snapshot that it took first', 'flip', () => {
    const first = frozen<Scene>();
    return photographing(first);
  }),
];

const isRestore = (json: Members | null): boolean => json?.set_default === 1;

const restoring = (part: Settings, id: string, does: string, make: () => (camera: Camera, restore: () => void) => number | undefined): Defect => {
  const { get, set = '' } = part;
  return {
    id: `${set}/${id}`,
    does: `${does} (${set})`,
    noticedBy: [`${set}/set-default`],
    plant: () => {
      const restore = make();
      return {
        tamper: performing(set, (camera, json, perform) => {
          if (!isRestore(json)) return perform();
          const code = restore(camera, () => camera.store.reset((action) => action !== get));
          return { code: code ?? 0 };
        }),
      };
    },
  };
};

const ofRow = (part: Settings, row: Row): readonly Defect[] => {
  const { get, set = '' } = part;
  return [
    restoring(part, `forgets-${row.name}`, `leaves ${row.name} as it is when defaults are restored`, () => (camera, restore) => {
      const { [row.name]: value } = camera.store.values(get);
      restore();
      camera.keep(set, { [row.name]: value });
      return undefined;
    }),
  ];
};

const RESTORES: readonly Defect[] = display.parts.flatMap((part) => {
  if (part.kind !== 'settings' || part.set === undefined) return [];
  const { get, set } = part;
  const other = display.parts.find((each): each is Settings => each.kind === 'settings' && each.get !== get) as Settings;
  const settable = part.rows.filter((row) => isDocumented(row) && isSettable(row) && isShown(row, part) && !row.volatile);
  const [first] = settable;
  return [
    ...settable.flatMap((row) => ofRow(part, row)),
    restoring(part, 'restores-nothing', 'answers set_default with code 0 and restores nothing', () => () => undefined),
    restoring(part, 'refuses-set_default', 'refuses set_default', () => () => 205),
    restoring(part, 'restores-and-refuses', 'restores the defaults and answers with code 1', () => (_, restore) => {
      restore();
      return 1;
    }),
    restoring(part, 'restores-the-other', `restores ${other.get} as well`, () => (camera, restore) => {
      restore();
      camera.store.reset((action) => action !== other.get);
      return undefined;
    }),
    restoring(part, 'other-defaults-each-time', 'restores other defaults each time', () => {
      let times = 0;
      return (camera, restore) => {
        restore();
        times += 1;
        const { [first?.name ?? '']: value } = camera.store.values(get);
        if (first !== undefined && times % 2 === 0) camera.keep(set, { [first.name]: anotherOf(first.type, value) });
        return undefined;
      };
    }),
  ];
});

const CLONES: readonly Defect[] = [
  {
    id: 'clone/several-refused',
    does: 'refuses a set of several parameters that are not all',
    noticedBy: ['clone/twice'],
    plant: () => ({
      tamper: {
        refuses: (action, json) => {
          const names = Object.keys(json ?? {}).length;
          return action === 'setImageAdjustment' && names > 3 && names < 10 ? 205 : null;
        },
      },
    }),
  },
  {
    id: 'clone/not-taken-back',
    does: 'answers a set that takes several changes of the one before it back with code 0, and stores nothing',
    noticedBy: ['clone/twice'],
    plant: () => {
      let before: Members = {};
      return {
        tamper: performing('setImageAdjustment', (camera, json, perform) => {
          const isBack = Object.keys(json ?? {}).length > 3 && Object.entries(json ?? {}).every(([name, value]) => before[name] === value);
          before = camera.store.values('getImageAdjustment');
          return isBack ? { code: 0 } : perform();
        }),
      };
    },
  },
];

export const displayDefects: readonly Defect[] = inSection('display', [...ORIENTATION, ...COLOUR, ...RESTORES, ...CLONES]);
