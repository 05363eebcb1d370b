/**
 * Settings that depend on each other by nature: a set of the one may change the other, and the camera may take a value of the one only
 * beside some of the other. Any other change of a neighbour is a failure.
 */

export interface Dependency {
  /** what may change, or be limited: its get, and its parameters */
  readonly get: string;
  readonly parameters: readonly string[];
  /** by what */
  readonly on: { readonly get: string; readonly parameters: readonly string[] };
  readonly because: string;
}

const VIDEO = 'getVencConf';
const AUDIO = 'getAencConf';

export const DEPENDENCIES: readonly Dependency[] = [
  {
    get: VIDEO,
    parameters: ['max_framerate', 'frame_rate'],
    on: { get: 'getImageAdjustmentEx', parameters: ['power_freq'] },
    because: 'the sensor goes by the mains: 25 pictures a second at 50 Hz, 30 at 60 Hz',
  },
  {
    get: VIDEO,
    parameters: ['max_framerate', 'frame_rate'],
    on: { get: 'getImageAdjustmentEx', parameters: ['anti_flicker'] },
    because: 'against flicker the sensor goes by the mains, too',
  },
  {
    get: VIDEO,
    parameters: ['max_framerate', 'frame_rate'],
    on: { get: 'getImageAdjustment', parameters: ['frameTurbo'] },
    because: 'turbo mode reads the sensor faster than it otherwise can',
  },
  {
    get: VIDEO,
    parameters: ['max_framerate', 'frame_rate'],
    on: { get: VIDEO, parameters: ['pic_width', 'pic_height'] },
    because: 'an encoder makes so many pixels a second: larger pictures come slower',
  },
  {
    get: AUDIO,
    parameters: ['sample_rate', 'bitrate'],
    on: { get: AUDIO, parameters: ['encode_type'] },
    because: 'G.711 is 8000 samples of 8 bits a second, and nothing else (ITU-T G.711)',
  },
  {
    get: AUDIO,
    parameters: ['encode_type', 'bitrate'],
    on: { get: AUDIO, parameters: ['sample_rate'] },
    because: 'a sampling rate that G.711 does not know needs another codec',
  },
  {
    get: AUDIO,
    parameters: ['encode_type', 'sample_rate'],
    on: { get: AUDIO, parameters: ['bitrate'] },
    because: 'a bit rate that G.711 does not know needs another codec',
  },
];

/** Whether a set that names `named` of one get may change a parameter of another, or of the same. */
export const mayChange = (parameter: string, get: string, cause: string, named: Iterable<string>): boolean => {
  const names = new Set(named);
  return DEPENDENCIES.some(
    (each) => each.get === get && each.parameters.includes(parameter) && each.on.get === cause && each.on.parameters.some((name) => names.has(name)),
  );
};

/** The parameters of the same get by which a parameter may be limited. */
export const limitedBy = (parameter: string, get: string): readonly string[] =>
  DEPENDENCIES.filter((each) => each.get === get && each.on.get === get && each.parameters.includes(parameter)).flatMap(({ on }) => on.parameters);
