/** From the bytes of a connection to RTSP requests and interleaved frames, however they arrive. */

export interface RtspRequest {
  readonly method: string;
  readonly uri: string;
  readonly version: string;
  /** by lower-case name; the last of each */
  readonly headers: ReadonlyMap<string, string>;
  /** request line and headers as they came */
  readonly head: string;
}

export interface ReaderEvents {
  request(request: RtspRequest): void;
  /** a packet of RTP or RTCP from the client */
  frame(channel: number, packet: Uint8Array): void;
  /** not RTSP, or too much of it: nothing more is read. The sequence number where there is one. */
  fault(cseq: string | undefined): void;
}

const MAX_HEAD = 16_384;
const MAX_BODY = 65_536;
const DOLLAR = 0x24;
const RESPONSE_LINE = /^RTSP\/1\.\d \d{3}\b/;
const REQUEST_LINE = /^([A-Za-z_]+) +(\S+) +(\S+)$/;

export function createRequestReader(events: ReaderEvents): (chunk: Uint8Array) => void {
  let held = Buffer.alloc(0);
  let isBroken = false;
  const fault = (cseq?: string): 0 => {
    isBroken = true;
    events.fault(cseq);
    return 0;
  };

  /** Bytes taken, 0 where more have to come. */
  const takeFrame = (): number => {
    if (held.length < 4) return 0;
    const end = 4 + held.readUInt16BE(2);
    if (held.length < end) return 0;
    events.frame(held[1] as number, held.subarray(4, end));
    return end;
  };
  const takeRequest = (): number => {
    const blank = /\r?\n\r?\n/.exec(held.toString('latin1', 0, MAX_HEAD));
    if (!blank) return held.length >= MAX_HEAD ? fault() : 0;
    const headEnd = blank.index + blank[0].length;
    const [first = '', ...lines] = held.toString('latin1', 0, blank.index).split(/\r?\n/);
    const headers = new Map<string, string>();
    for (const line of lines) {
      const colon = line.indexOf(':');
      if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
    }
    const isResponse = RESPONSE_LINE.test(first);
    const parts = REQUEST_LINE.exec(first);
    const length = Number(headers.get('content-length') ?? 0);
    if (!(parts || isResponse) || !Number.isInteger(length) || length < 0 || length > MAX_BODY) return fault(headers.get('cseq'));
    if (held.length < headEnd + length) return 0;
    // What a client answers to a request of the camera says that it is there, and no more.
    if (parts) {
      const [, method, uri, version] = parts as unknown as [string, string, string, string];
      events.request({ method, uri, version, headers, head: held.toString('latin1', 0, headEnd) });
    }
    return headEnd + length;
  };

  return (chunk) => {
    if (isBroken) return;
    held = held.length === 0 ? Buffer.from(chunk) : Buffer.concat([held, chunk]);
    while (held.length > 0 && !isBroken) {
      // Empty lines between requests are passed over, as in HTTP.
      const isBlank = held[0] === 0x0d || held[0] === 0x0a;
      const taken = isBlank ? 1 : held[0] === DOLLAR ? takeFrame() : takeRequest();
      if (taken === 0) return;
      held = held.subarray(taken);
    }
  };
}
