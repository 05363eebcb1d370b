/** Ids of the checks that look at each stream, and at each stream over each transport (section 19). */

const STREAMS = ['stream_0', 'stream_1'] as const;

/** Of both streams; what one transport tells of all. */
export const everyStream = (property: string): readonly string[] => over('tcp', property);

export const over = (transport: 'tcp' | 'udp', property: string): readonly string[] =>
  STREAMS.map((stream) => `rtsp/${stream}.${transport}/${property}`);

export const everywhere = (property: string): readonly string[] => [...over('tcp', property), ...over('udp', property)];
