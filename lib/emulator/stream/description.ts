/** The session description of a stream (RFC 4566; RFC 2326 appendix C). */
import { isIPv6 } from 'node:net';
import type { Program } from './program.ts';
import { trackPart } from './stream-uri.ts';

/** @param address of the camera */
export function describeStream(name: string, address: string, programs: readonly Program[]): string {
  const family = isIPv6(address) ? 'IP6' : 'IP4';
  const tracks = programs.flatMap(({ media, payloadType, kilobits, attributes }, track) => [
    `m=${media} 0 RTP/AVP ${payloadType}`,
    ...(kilobits === null ? [] : [`b=AS:${kilobits}`]),
    ...attributes,
    `a=control:${trackPart(track)}`,
  ]);
  const lines = [
    'v=0',
    `o=- 1 1 IN ${family} ${address}`,
    `s=${name}`,
    `c=IN ${family} ${family === 'IP6' ? '::' : '0.0.0.0'}`,
    't=0 0',
    'a=control:*',
    'a=range:npt=0-',
    ...tracks,
  ];
  return lines.map((line) => `${line}\r\n`).join('');
}
