/** A look at a stream as text: the dialogue, the session description with what it means, and what was measured. */

import { parseSdp, type Sdp } from '../media/sdp.ts';
import type { StreamFacts } from '../media/stream-facts.ts';
import { printable, shorten } from '../wire/printable.ts';
import { formatRtspExchange } from './exchange-text.ts';
import type { Viewing } from './viewing.ts';

export interface StreamTexts {
  readonly dialogue: string;
  /** null when the camera gave none */
  readonly description: string | null;
  /** null when nothing was received */
  readonly facts: string | null;
}

const LONGEST = 20_000;

/** Texts keep their line breaks; every other control character is made visible. */
const printableLines = (text: string): string =>
  shorten(text, LONGEST)
    .split(/\r?\n/)
    .map((line) => printable(line).trimEnd())
    .join('\n');

type Line = readonly [name: string, value: string | number | null | undefined];
const lines = (pairs: readonly Line[]): string =>
  pairs.map(([name, value]) => `  ${name.padEnd(20)}${value === null || value === undefined || value === '' ? '-' : value}`).join('\n');

/** @param mask removes what is secret: a session description can hold anything */
export function formatStream({ exchanges, description, facts }: Viewing, mask: (text: string) => string): StreamTexts {
  const shown = (text: string): string => printableLines(mask(text));
  return {
    dialogue: shown(exchanges.map(formatRtspExchange).join('\n\n')),
    description: description === null ? null : shown(`${formatSdp(parseSdp(description))}\n\nAs received\n\n${description.trimEnd()}`),
    facts: facts.length === 0 ? null : shown(facts.map(formatFacts).join('\n\n')),
  };
}

function formatSdp({ name, control, media, deviations }: Sdp): string {
  const blocks = media.map((each) =>
    [
      `Track: ${each.kind}`,
      lines([
        ['transport', `${each.protocol}, port ${each.port}`],
        ...each.formats.map(
          ({ payloadType, codec, clockRate, parameters }): Line => [
            `payload type ${payloadType}`,
            [
              codec ?? 'codec not said',
              clockRate === null ? '' : `${clockRate} Hz`,
              ...[...parameters].map(([key, value]) => (value === '' ? key : `${key}=${value}`)),
            ]
              .filter((part) => part !== '')
              .join(', '),
          ],
        ),
        ['frame rate', each.frameRate === null ? null : `${each.frameRate} per second`],
        ['bandwidth', each.bandwidth === null ? null : `${each.bandwidth} kbit/s`],
        ['control', each.control],
      ]),
    ].join('\n'),
  );
  const session = `Session\n${lines([
    ['name', name],
    ['control', control],
  ])}`;
  return [session, ...blocks, ...deviationBlock(deviations)].join('\n\n');
}

const rounded = (value: number | null, unit: string): string | null => (value === null ? null : `${Math.round(value * 100) / 100} ${unit}`);

const inSeconds = (seconds: number | null): string => `${Math.round((seconds ?? 0) * 100) / 100} s`;
const kbits = (bitRate: number | null, over: string): string | null => (bitRate === null ? null : `${rounded(bitRate / 1000, 'kbit/s')} (${over})`);

function formatFacts({ codec, format, rtp, source, content, deviations }: StreamFacts): string {
  const shared: Line[] = [
    ['payload type', format.payloadType],
    ['packets', rtp.packets],
    ['lost', source === null ? null : `${Math.round(source.lossRate * 1000) / 10} %`],
    ['largest packet', source === null ? null : `${source.largestPacket} bytes`],
    ['clock', rounded(source?.ticksPerSecond ?? null, 'ticks per second')],
  ];
  return [
    `${content?.kind ?? 'Track'}: ${codec ?? 'codec not known'}`,
    lines([...shared, ...contentLines(content)]),
    ...deviationBlock(deviations),
  ].join('\n');
}

function contentLines(content: StreamFacts['content']): readonly Line[] {
  if (content === null) return [];
  if (content.kind === 'audio') {
    return [
      ['sample rate', rounded(content.sampleRate, 'Hz')],
      ['channels', content.channels],
      ['units', content.units],
      ['bit rate', rounded(content.bitRate, 'bit/s')],
    ];
  }
  const { sequence } = content;
  return [
    ['size', content.width === null ? null : `${content.width} x ${content.height}`],
    ['profile', sequence === null ? content.profile : `${sequence.profile}, level ${sequence.level}`],
    ['pictures', `${content.pictures}, ${content.brokenPictures} of them with packets missing`],
    ['key frames', content.keyFrames],
    ['key frame distance', content.keyFrameDistance === null ? null : `${content.keyFrameDistance} pictures`],
    ['frame rate', rounded(content.frameRate, 'per second')],
    // Groups of pictures that count in part would distort what is judged.
    ['bit rate, judged', kbits(content.groupBitRate, `from the first key frame to the last, ${inSeconds(content.groupSeconds)}`)],
    ['bit rate, whole', kbits(content.bitRate, `all pictures, ${inSeconds(content.seconds)}`)],
    ['seconds', Math.round(content.seconds * 100) / 100],
    ['parameter sets', `in band ${content.inBand.length}, announced ${content.announced.length}, missing ${content.missing.length}`],
  ];
}

const deviationBlock = (deviations: readonly { readonly id: string; readonly detail: string }[]): readonly string[] =>
  deviations.length === 0 ? [] : [`Deviations\n${deviations.map(({ id, detail }) => `  ${id}: ${detail}`).join('\n')}`];
