/**
 * Session descriptions (RFC 4566, and RFC 2326 appendix C), read tolerantly: any order, only `m=` is needed, lines may end
 * in LF alone, garbage is skipped. What breaks the rules is noted by a word id and never stops the reading.
 */
import { type Deviation, deviationLog, wireText } from './deviation-log.ts';
import { canonicalCodec, type MediaFormat, staticFormat } from './media-format.ts';

export interface SdpAttribute {
  readonly name: string;
  /** null for a flag such as `a=recvonly` */
  readonly value: string | null;
}

interface SdpBlock {
  /** `a=control`: of the session the aggregate, of a media section its track; null when there is none */
  readonly control: string | null;
  readonly attributes: readonly SdpAttribute[];
}

export interface SdpMedia extends SdpBlock {
  /** `video`, `audio`, `application`, … in small letters */
  readonly kind: string;
  readonly port: number;
  /** `RTP/AVP` as a rule */
  readonly protocol: string;
  readonly payloadTypes: readonly number[];
  /** one per payload type, in the order of the `m=` line */
  readonly formats: readonly MediaFormat[];
  /** pictures per second out of `a=framerate` (or `a=x-framerate`) */
  readonly frameRate: number | null;
  /** kbit/s out of `b=AS` */
  readonly bandwidth: number | null;
}

export interface Sdp extends SdpBlock {
  /** `s=`, null when missing */
  readonly name: string | null;
  /** in order; empty when what came is no session description */
  readonly media: readonly SdpMedia[];
  readonly deviations: readonly Deviation[];
}

/** Far above any camera's; what goes beyond is not read. */
const MAX_BYTES = 65536;
const MAX_MEDIA = 64;

interface Line {
  readonly type: string;
  readonly value: string;
}
type Note = (id: string, detail: string) => void;

/**
 * Never throws. Ids of deviations, all with the offending line as detail: `sdp-too-long`, `sdp-no-final-newline`, `sdp-bare-lf`,
 * `sdp-line-malformed`, `sdp-trailing-space`, `sdp-order`, `sdp-no-version`, `sdp-no-origin`, `sdp-no-name`, `sdp-no-time`,
 * `sdp-no-media`, `sdp-version`, `sdp-origin-malformed`, `sdp-connection-malformed`, `sdp-media-malformed`, `sdp-rtpmap-malformed`,
 * `sdp-rtpmap-missing`, `sdp-rtpmap-unlisted`, `sdp-codec-alias`, `sdp-fmtp-malformed`, `sdp-fmtp-unlisted`, `sdp-framerate-malformed`,
 * `sdp-control-missing` (several media sections), `sdp-control-duplicate`.
 */
export function parseSdp(text: string | Uint8Array): Sdp {
  const log = deviationLog();
  const lines = readLines(typeof text === 'string' ? text : Buffer.from(text).toString('utf8'), log.note);
  const starts = lines.flatMap(({ type }, index) => (type === 'm' ? [index] : [])).slice(0, MAX_MEDIA);
  const session = lines.slice(0, starts[0] ?? lines.length);
  const media = starts.map((start, index) => readMedia(lines.slice(start, starts[index + 1] ?? lines.length), log.note));
  judgeSession(session, log.note);
  if (media.length === 0) log.note('sdp-no-media', `${lines.length} lines, none of which begins with m=`);
  if (media.length > 1) {
    for (const { control, kind } of media) if (control === null) log.note('sdp-control-missing', `the ${kind} section`);
  }
  return { name: firstOf(session, 's'), ...readBlock(session, log.note), media, deviations: log.list() };
}

function readLines(text: string, note: Note): readonly Line[] {
  if (text.length > MAX_BYTES) note('sdp-too-long', `${text.length} characters, of which ${MAX_BYTES} are read`);
  const raw = text.slice(0, MAX_BYTES).split('\n');
  const last = raw.pop();
  if (last) {
    note('sdp-no-final-newline', wireText(last));
    raw.push(`${last}\r`);
  }
  const lines: Line[] = [];
  for (const line of raw) {
    const content = line.replace(/\r+$/, '');
    if (content.trim() === '') continue;
    if (!line.endsWith('\r')) note('sdp-bare-lf', wireText(content));
    if (/[ \t]$/.test(content)) note('sdp-trailing-space', wireText(content));
    const match = /^\s*([A-Za-z])\s*=(.*)$/.exec(content);
    if (!match || !/^[a-z]=/.test(content)) note('sdp-line-malformed', wireText(content));
    if (match) lines.push({ type: (match[1] as string).toLowerCase(), value: (match[2] as string).trim() });
  }
  return lines;
}

const firstOf = (lines: readonly Line[], type: string): string | null => lines.find((line) => line.type === type)?.value ?? null;

const SESSION_ORDER = 'vosiuepcbtrzka';
const MEDIA_ORDER = 'micbka';
const ORIGIN = /^\S+ \d+ \d+ IN IP[46] \S+$/;
const CONNECTION = /^IN IP[46] \S+$/;

function judgeSession(lines: readonly Line[], note: Note): void {
  const needed = { v: 'sdp-no-version', o: 'sdp-no-origin', s: 'sdp-no-name', t: 'sdp-no-time' };
  for (const [type, id] of Object.entries(needed)) if (firstOf(lines, type) === null) note(id, `no line ${type}= before the first m=`);
  const version = firstOf(lines, 'v');
  if (version !== null && version !== '0') note('sdp-version', wireText(`v=${version}`));
  const origin = firstOf(lines, 'o');
  if (origin !== null && !ORIGIN.test(origin)) note('sdp-origin-malformed', wireText(`o=${origin}`));
  judgeOrder(lines, SESSION_ORDER, note);
}

function judgeOrder(lines: readonly Line[], order: string, note: Note): void {
  let reached = 0;
  for (const { type, value } of lines) {
    const place = order.indexOf(type);
    if (type === 'c' && !CONNECTION.test(value)) note('sdp-connection-malformed', wireText(`c=${value}`));
    // RFC 4566 5: a type that is not known is ignored
    if (place === -1) continue;
    // 5.10: t= may come again after its r=
    if (place < reached && !(type === 't' && order[reached] === 'r')) note('sdp-order', wireText(`${type}=${value}`));
    else reached = place;
  }
}

function readBlock(lines: readonly Line[], note: Note): SdpBlock {
  const attributes = lines
    .filter(({ type }) => type === 'a')
    .map(({ value }): SdpAttribute => {
      const colon = value.indexOf(':');
      return colon === -1
        ? { name: value.toLowerCase(), value: null }
        : { name: value.slice(0, colon).trim().toLowerCase(), value: value.slice(colon + 1).trim() };
    });
  const controls = valuesOf(attributes, 'control').filter((value) => value !== '');
  if (controls.length > 1) note('sdp-control-duplicate', wireText(controls.join(' | ')));
  return { control: controls.at(-1) ?? null, attributes };
}

const valuesOf = (attributes: readonly SdpAttribute[], name: string): readonly string[] =>
  attributes.flatMap((attribute) => (attribute.name === name ? [attribute.value ?? ''] : []));

function readMedia(lines: readonly Line[], note: Note): SdpMedia {
  const line = lines[0]?.value ?? '';
  const [kind = '', port = '', protocol = '', ...types] = line.split(/\s+/);
  const payloadTypes = types.filter((type) => /^\d{1,3}$/.test(type) && Number(type) < 128).map(Number);
  const isRtp = protocol.toUpperCase().startsWith('RTP/');
  if (!/^\d{1,5}(\/\d{1,3})?$/.test(port) || Number.parseInt(port, 10) > 65535 || types.length === 0 || (isRtp && types.length > payloadTypes.length))
    note('sdp-media-malformed', wireText(`m=${line}`));
  judgeOrder(lines, MEDIA_ORDER, note);
  const block = readBlock(lines, note);
  const bandwidth = lines.find(({ type, value }) => type === 'b' && /^AS:\d+$/i.test(value))?.value.slice(3);
  return {
    kind: kind.toLowerCase(),
    port: Number.parseInt(port, 10) || 0,
    protocol,
    payloadTypes,
    formats: readFormats(payloadTypes, block.attributes, note),
    frameRate: readFrameRate(block.attributes, note),
    bandwidth: bandwidth === undefined ? null : Number(bandwidth),
    ...block,
  };
}

function readFrameRate(attributes: readonly SdpAttribute[], note: Note): number | null {
  const [value] = [...valuesOf(attributes, 'framerate'), ...valuesOf(attributes, 'x-framerate')];
  if (value === undefined) return null;
  const isNumber = /^\d+(\.\d+)?$/.test(value) && Number(value) > 0;
  if (!isNumber) note('sdp-framerate-malformed', wireText(`a=framerate:${value}`));
  return isNumber ? Number(value) : null;
}

function readFormats(payloadTypes: readonly number[], attributes: readonly SdpAttribute[], note: Note): readonly MediaFormat[] {
  const formats = new Map(payloadTypes.map((payloadType) => [payloadType, staticFormat(payloadType)]));
  for (const value of valuesOf(attributes, 'rtpmap')) {
    const match = /^(\d{1,3})(\s+)([^\s/]+)(?:\/(\d{1,9}))?(?:\/(\d{1,2}))?/.exec(value);
    if (!match?.[4] || match[0] !== value || match[2] !== ' ') note('sdp-rtpmap-malformed', wireText(`a=rtpmap:${value}`));
    if (!match) continue;
    const format = formats.get(Number(match[1]));
    if (!format) {
      note('sdp-rtpmap-unlisted', wireText(`a=rtpmap:${value}`));
      continue;
    }
    const name = match[3] as string;
    const codec = canonicalCodec(name);
    if (codec !== name.toUpperCase()) note('sdp-codec-alias', `${wireText(name)} for ${codec}`);
    const clockRate = Number(match[4] ?? 0) || format.clockRate;
    formats.set(format.payloadType, { ...format, codec, clockRate, channels: Number(match[5] ?? 0) || 1 });
  }
  for (const { payloadType, codec } of formats.values()) if (codec === null) note('sdp-rtpmap-missing', `payload type ${payloadType}`);
  for (const value of valuesOf(attributes, 'fmtp')) {
    const match = /^(\d{1,3})(?:\s+(.*))?$/.exec(value);
    if (!match?.[2]) note('sdp-fmtp-malformed', wireText(`a=fmtp:${value}`));
    if (!match) continue;
    const format = formats.get(Number(match[1]));
    if (!format) note('sdp-fmtp-unlisted', wireText(`a=fmtp:${value}`));
    else formats.set(format.payloadType, { ...format, parameters: new Map([...format.parameters, ...parseParameters(match[2] ?? '')]) });
  }
  return [...formats.values()];
}

/** `name=value; flag; name=value`; names in small letters, the value of a flag is empty. */
function parseParameters(text: string): readonly (readonly [string, string])[] {
  return text.split(';').flatMap((part): readonly (readonly [string, string])[] => {
    const equals = part.indexOf('=');
    const name = (equals === -1 ? part : part.slice(0, equals)).trim().toLowerCase();
    return name === '' ? [] : [[name, equals === -1 ? '' : part.slice(equals + 1).trim()]];
  });
}
