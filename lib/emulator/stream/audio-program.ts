/** The sound of a stream: a tone in G.711, silence in AAC. It repeats itself with every unit, so there is one of each. */
import type { Program, Unit } from './program.ts';

export interface AudioSettings {
  readonly codec: 'PCMA' | 'PCMU' | 'AAC';
  /** samples per second */
  readonly sampleRate: number;
}

const G711_UNITS_PER_SECOND = 25;
const TONE_HERTZ = 1000;
const AMPLITUDE = 4000;
/** RFC 3551 fixes these for 8000 samples per second alone. */
const FIXED_TYPES = { PCMU: 0, PCMA: 8 } as const;
const FIXED_RATE = 8000;
const DYNAMIC_TYPE = 97;

export function createAudioProgram({ codec, sampleRate }: AudioSettings): Program {
  return codec === 'AAC' ? aacProgram(sampleRate) : g711Program(codec, sampleRate);
}

function g711Program(codec: 'PCMA' | 'PCMU', sampleRate: number): Program {
  const encode = codec === 'PCMA' ? aLaw : muLaw;
  const samples = Math.round(sampleRate / G711_UNITS_PER_SECOND);
  const payload = Uint8Array.from({ length: samples }, (_, at) =>
    encode(Math.round(AMPLITUDE * Math.sin((2 * Math.PI * TONE_HERTZ * at) / sampleRate))),
  );
  const unit: Unit = { payloads: [payload], marker: false, isStart: true };
  const payloadType = sampleRate === FIXED_RATE ? FIXED_TYPES[codec] : DYNAMIC_TYPE;
  return {
    media: 'audio',
    payloadType,
    clockRate: sampleRate,
    unitsPerSecond: sampleRate / samples,
    kilobits: (sampleRate * 8) / 1000,
    attributes: [`a=rtpmap:${payloadType} ${codec}/${sampleRate}`],
    unit: () => unit,
  };
}

/** One magnitude of 13 bits as exponent and mantissa, even bits inverted (ITU-T G.711). */
export function aLaw(sample: number): number {
  const magnitude = Math.min(4095, sample < 0 ? (-sample - 1) >> 3 : sample >> 3);
  const exponent = Math.max(0, 27 - Math.clz32(magnitude | 1));
  const mantissa = exponent === 0 ? (magnitude >> 1) & 15 : (magnitude >> exponent) & 15;
  return ((sample < 0 ? 0 : 0x80) | (exponent << 4) | mantissa) ^ 0x55;
}

const BIAS = 132;

/** One magnitude of 14 bits as exponent and mantissa, all bits inverted (ITU-T G.711). */
export function muLaw(sample: number): number {
  const magnitude = Math.min(32_635, Math.abs(sample)) + BIAS;
  const exponent = 24 - Math.clz32(magnitude);
  return ~((sample < 0 ? 0x80 : 0) | (exponent << 4) | ((magnitude >> (exponent + 3)) & 15)) & 0xff;
}

const AAC_SAMPLES = 1024;
const AAC_LC = 2;
const MONO = 1;
/** `samplingFrequencyIndex` of ISO/IEC 14496-3 */
const AAC_RATES = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000];
/** A raw data block of one silent channel: a single channel element without any scale factor band, filled up, and the end. */
const SILENCE = [0x00, 0xc8, 0x00, 0x80, 0x23, 0x80];

function aacProgram(sampleRate: number): Program {
  const rateIndex = Math.max(0, AAC_RATES.indexOf(sampleRate));
  const config = ((AAC_LC << 11) | (rateIndex << 7) | (MONO << 3)).toString(16).padStart(4, '0').toUpperCase();
  // RFC 3640: the headers' length in bits, then one header of 13 bits of size and 3 of index
  const payload = Uint8Array.from([0, 16, SILENCE.length >> 5, (SILENCE.length << 3) & 0xff, ...SILENCE]);
  const unit: Unit = { payloads: [payload], marker: true, isStart: true };
  const parameters = 'streamtype=5;profile-level-id=1;mode=AAC-hbr;sizelength=13;indexlength=3;indexdeltalength=3';
  return {
    media: 'audio',
    payloadType: DYNAMIC_TYPE,
    clockRate: sampleRate,
    unitsPerSecond: sampleRate / AAC_SAMPLES,
    kilobits: null,
    attributes: [`a=rtpmap:${DYNAMIC_TYPE} mpeg4-generic/${sampleRate}/1`, `a=fmtp:${DYNAMIC_TYPE} ${parameters};config=${config}`],
    unit: () => unit,
  };
}
