/** The Transport header of a SETUP request (RFC 2326, 12.39). */

export type Transport =
  | { readonly kind: 'udp' /** ports of the client */; readonly ports: readonly [rtp: number, rtcp: number] }
  /** null: the server chooses */
  | { readonly kind: 'tcp'; readonly channels: readonly [rtp: number, rtcp: number] | null };

/** The first of the transports offered that can be had, null for none. */
export function chooseTransport(header: string): Transport | null {
  for (const offer of header.split(',')) {
    const [protocol = '', ...parameters] = offer.split(';').map((part) => part.trim());
    const value = (name: string): string | undefined => parameters.find((each) => each.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1);
    const isForUs = !parameters.some((each) => each.toLowerCase() === 'multicast') && /^"?play"?$/i.test(value('mode') ?? 'play');
    if (!isForUs) continue;
    if (/^RTP\/AVP\/TCP$/i.test(protocol)) {
      const channels = pair(value('interleaved'), 255);
      if (channels || value('interleaved') === undefined) return { kind: 'tcp', channels };
    }
    if (/^RTP\/AVP(\/UDP)?$/i.test(protocol)) {
      const ports = pair(value('client_port'), 65_535);
      if (ports && ports[0] > 0) return { kind: 'udp', ports };
    }
  }
  return null;
}

/** `4-5`, or `4` alone for both. */
function pair(text: string | undefined, most: number): readonly [number, number] | null {
  const found = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text ?? '');
  if (!found) return null;
  const first = Number(found[1]);
  const second = found[2] === undefined ? first + 1 : Number(found[2]);
  return Math.max(first, second) <= most && first !== second ? [first, second] : null;
}
