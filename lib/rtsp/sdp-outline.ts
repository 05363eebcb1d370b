/** Of a session description (RFC 4566) only what SETUP needs: its media and their control URLs. The description proper is read in `media/`. */

export interface MediaOutline {
  /** position among the media, from 0 */
  readonly index: number;
  /** `video`, `audio`, `application`, … */
  readonly kind: string;
  /** payload types as spelt */
  readonly formats: readonly string[];
  /** null when absent */
  readonly control: string | null;
  /** Hz; by the kind where no rtpmap gives it */
  readonly clockRate: number;
}

export interface SdpOutline {
  /** control attribute of the session; null when absent */
  readonly control: string | null;
  readonly media: readonly MediaOutline[];
}

/** No more media than any camera has, so that a hostile description opens no thousand sockets. */
const MAX_MEDIA = 16;

/** Any order of lines, any line end, blanks at their ends: only `m=` lines are needed. */
export const parseSdpOutline = (text: string): SdpOutline => {
  const [session = [], ...sections] = text.split(/\r\n|\n|\r/).reduce<string[][]>(
    (all, line) => {
      if (/^m=/.test(line)) all.push([]);
      all.at(-1)?.push(line.trim());
      return all;
    },
    [[]],
  );
  const controlOf = (lines: readonly string[]): string | null => {
    const line = lines.find((each) => /^a=control:/i.test(each));
    return line === undefined ? null : line.slice('a=control:'.length).trim();
  };
  return {
    control: controlOf(session),
    media: sections.slice(0, MAX_MEDIA).map((lines, index) => {
      const [kind = '', , , ...formats] = (lines[0] ?? '').slice(2).split(/\s+/);
      const rate = lines.map((line) => /^a=rtpmap:\d+\s+[^/]+\/(\d{1,9})/i.exec(line)?.[1]).find((each) => each !== undefined);
      const clockRate = Number(rate ?? 0) || (kind === 'audio' ? 8000 : 90_000);
      return { index, kind, formats, control: controlOf(lines), clockRate };
    }),
  };
};
