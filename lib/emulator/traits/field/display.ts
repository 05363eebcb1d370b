/** Section 23 of the underwater camera: a reply as it was captured, members and a command beside the document, and what its sets do not do. */
import { isMembers, type Members } from '../../../document/row-value.ts';
import { ILLEGAL_CODE } from '../../accept.ts';
import type { Habits } from '../../habits.ts';
import type { Camera } from '../../handler.ts';
import type { Time } from '../../time.ts';
import { parsed, without } from '../members.ts';
import { type FieldFact, SOURCES } from './fact.ts';

/** getImageAdjustmentEx as it was captured, in its order, `led_control_avail` twice; the envelope follows. */
export const CAPTURED: readonly (readonly [name: string, value: number])[] = [
  ['flip', 0],
  ['mirror', 0],
  ['color_black', 1],
  ['noiseReduction', 1],
  ['lens_correction', 0],
  ['byLDC_XOffset', 0],
  ['byLDC_YOffset', 50],
  ['byLDC_Ratio', 200],
  ['auto_iris', 1],
  ['wdr_level', 128],
  ['power_freq', 0],
  ['irisLevel', 2],
  ['ircut_level', 0],
  ['ldr_level', 1],
  ['led_control', 0],
  ['led_control_avail', 1],
  ['led_control_avail', 1],
  ['led_level', 48],
  ['white_control', 0],
  ['ir_level', 48],
  ['night2day_level', 0],
  ['day2night_level', 0],
  ['lamp_type', 0],
  ['led_control_mode', 0],
  ['infr_detect_mode', 2],
  ['infr_day_h', 7],
  ['infr_day_m', 0],
  ['infr_night_h', 18],
  ['infr_night_m', 0],
  ['sens_day_to_night', 255],
  ['sens_night_to_day', 160],
  ['led_open_level', 0],
  ['led_close_level', 0],
  ['hlc_enable', 0],
  ['low_farme_rate', 1],
  ['_2DNR_level', 0],
  ['anti_flicker', 0],
  ['onceAWB', 0],
  ['scene_mode', 0],
];
const CAPTURED_NAMES: ReadonlySet<string> = new Set(CAPTURED.map(([name]) => name));
const ENVELOPE_NAMES = ['code', 'device_mac', 'deviceID', 'device_id', 'log', 'device_ip', 'sign_tby'] as const;
const COMMAND = 'set_default';

/** Sets of one action, before anything reads them. */
const setting = (set: string, change: (members: Members) => Members) => {
  return (action: string, json: string | undefined): string | undefined => {
    const members = action === set ? parsed(json) : undefined;
    return members === undefined ? json : JSON.stringify(change(members));
  };
};

/** The reply with the members that were captured, in their order: as text, for a name may stand twice. */
function asCaptured(reply: Members): Members | string {
  if (!Object.hasOwn(reply, 'scene_mode')) return reply;
  const names = [...CAPTURED.map(([name]) => name), ...ENVELOPE_NAMES.filter((name) => Object.hasOwn(reply, name))];
  return `{${names.map((name) => `${JSON.stringify(name)}:${JSON.stringify(reply[name])}`).join(',')}}`;
}

const MOVES_AFTER_MS = 4000;
const MOVES_UNTIL_MS = 15_000;
const COLOURS = ['awb_red', 'awb_green', 'awb_blue'] as const;

/** `onceAWB` 1: nothing at first, then the white balance goes to where it belongs, and stays there. */
function whiteBalance(random: () => number, time: Time): Habits {
  let begun: { readonly at: number; readonly from: Members; readonly to: Members } | null = null;
  const move = (camera: Camera): void => {
    if (begun === null) return;
    const share = Math.min(1, (time.now() - begun.at - MOVES_AFTER_MS) / (MOVES_UNTIL_MS - MOVES_AFTER_MS));
    if (share <= 0) return;
    const { from, to } = begun;
    const between = (name: string): number => Math.round(Number(from[name]) + share * (Number(to[name]) - Number(from[name])));
    camera.store.write('getImageAdjustment', 0, Object.fromEntries(COLOURS.map((name) => [name, between(name)])));
    if (share === 1) begun = null;
  };
  return {
    tamper: {
      performs: (action, json, camera, perform) => {
        move(camera);
        if (action === 'setImageAdjustmentEx' && json?.onceAWB === 1) {
          const from = camera.store.values('getImageAdjustment');
          begun = { at: time.now(), from, to: Object.fromEntries(COLOURS.map((name) => [name, 64 + Math.floor(random() * 128)])) };
        }
        return perform();
      },
    },
  };
}

/** How many of the six scenes of awb_auto_mode there are. */
const SCENES = 2;

export const DISPLAY_FACTS: readonly FieldFact[] = [
  {
    id: 'field-captured-display',
    does: 'answers getImageAdjustmentEx with the members that were captured, in their order, led_control_avail twice; it knows no others',
    sections: [23],
    source: SOURCES.radcam,
    make: () => ({
      starts: { getImageAdjustmentEx: [Object.fromEntries(CAPTURED)] },
      tamper: {
        request: setting('setImageAdjustmentEx', (members) =>
          Object.fromEntries(Object.entries(members).filter(([name]) => CAPTURED_NAMES.has(name) || name === COMMAND)),
        ),
        reply: (action, _, reply) => (action === 'getImageAdjustmentEx' ? asCaptured(reply) : reply),
      },
    }),
  },
  {
    id: 'field-display-members',
    does: 'has antiDIS, exposure_time_max and ai_isp beside the members of 23.1, and sceneMode 0',
    sections: [23],
    source: SOURCES.radcamPython,
    // Their values are ours: the clients tell the names.
    make: () => ({ starts: { getImageAdjustment: [{ antiDIS: 0, exposure_time_max: 25, ai_isp: 0, sceneMode: 0 }] } }),
  },
  {
    id: 'field-scene-mode-ignored',
    does: 'takes sceneMode of 23.2 and does nothing about it; scene_mode of 23.4 works',
    sections: [23],
    source: SOURCES.radcam,
    make: () => ({ tamper: { request: setting('setImageAdjustment', (members) => without(members, new Set(['sceneMode']))) } }),
  },
  {
    id: 'field-frame-turbo-pro',
    does: 'calls frameTurbo frameTurbo_pro, in the get and in the set',
    sections: [23],
    source: SOURCES.radcam,
    make: () => ({
      tamper: {
        request: setting('setImageAdjustment', ({ frameTurbo: _, frameTurbo_pro, ...members }) =>
          frameTurbo_pro === undefined ? members : { ...members, frameTurbo: frameTurbo_pro },
        ),
        reply: (action, _, reply) =>
          action === 'getImageAdjustment'
            ? Object.fromEntries(Object.entries(reply).map(([name, value]) => [name === 'frameTurbo' ? 'frameTurbo_pro' : name, value]))
            : reply,
      },
    }),
  },
  {
    id: 'field-two-awb-scenes',
    does: 'knows two scenes of awb_auto_mode, and answers code 205 to the other four',
    sections: [23],
    source: SOURCES.radcam,
    make: () => ({
      tamper: {
        refuses: (action, json) => (action === 'setImageAdjustment' && isMembers(json) && Number(json.awb_auto_mode) >= SCENES ? ILLEGAL_CODE : null),
      },
    }),
  },
  {
    id: 'field-max-exposure',
    does: 'comes with max_exposure 150, which its own set refuses',
    sections: [23],
    source: SOURCES.radcam,
    make: () => ({ starts: { getImageAdjustment: [{ max_exposure: 150 }] } }),
  },
  {
    id: 'field-reversed-switches',
    does: 'mirrors and flips its picture where mirror and flip are 0, and does not where they are 1',
    sections: [23],
    source: SOURCES.radcam,
    make: () => ({ streamTamper: { scene: (scene) => ({ ...scene, mirror: !scene.mirror, flip: !scene.flip }) } }),
  },
  {
    id: 'field-once-awb',
    does: 'balances the white once when it is told onceAWB 1: awb_red, awb_green and awb_blue move from 4 s to 15 s after it',
    sections: [23],
    source: SOURCES.radcam,
    make: whiteBalance,
  },
];
