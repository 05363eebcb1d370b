/** G.711 in RTP (RFC 3551 4.5.14): one byte per sample and channel, nothing else to parse. */

/** Samples per second that the static payload types stand for; other rates need a dynamic type with an rtpmap. */
export const G711_STATIC_RATE = 8000;

/** Static payload types. */
export const G711_PAYLOAD_TYPES: Readonly<Record<'PCMU' | 'PCMA', number>> = { PCMU: 0, PCMA: 8 };

/** What each law is called outside of RTP. */
export const G711_NAMES: Readonly<Record<'PCMU' | 'PCMA', string>> = { PCMU: 'G.711 µ-law', PCMA: 'G.711 A-law' };

export const isG711 = (codec: string | null): codec is 'PCMU' | 'PCMA' => codec === 'PCMU' || codec === 'PCMA';

/** How long that payload sounds, in seconds. */
export const g711Seconds = (bytes: number, sampleRate: number, channels = 1): number => bytes / (sampleRate * channels);
