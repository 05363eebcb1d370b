/** Parameter sets that the session description gives: `sprop-parameter-sets` (RFC 6184 8.1), `sprop-vps`, `-sps`, `-pps` (RFC 7798 7.1). */
import type { DeviationLog } from './deviation-log.ts';
import { wireText } from './deviation-log.ts';
import { H264_NAL, h264NalType } from './h264.ts';
import { H265_NAL, h265NalType } from './h265.ts';
import type { MediaFormat } from './media-format.ts';
import { hasStartCode, splitAnnexB } from './nal-unit.ts';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;

/**
 * The units that are parameter sets of the format's codec, in order. Others are left out with a note.
 * Ids of deviations: `sprop-empty`, `sprop-not-base64`, `sprop-start-code`, `sprop-not-parameter-set`.
 */
export function announcedParameterSets({ codec, parameters }: MediaFormat, log: DeviationLog): readonly Uint8Array[] {
  const names = codec === 'H264' ? ['sprop-parameter-sets'] : codec === 'H265' ? ['sprop-vps', 'sprop-sps', 'sprop-pps'] : [];
  const typeOf = codec === 'H264' ? h264NalType : h265NalType;
  const wanted: readonly number[] = codec === 'H264' ? [H264_NAL.sps, H264_NAL.pps] : [H265_NAL.vps, H265_NAL.sps, H265_NAL.pps];
  return names.flatMap((name) => {
    const value = parameters.get(name);
    if (value === '') log.note('sprop-empty', name);
    if (!value) return [];
    return value.split(',').flatMap((text) => {
      const nals = decode(name, text.trim(), log);
      return nals.filter((nal) => {
        const isWanted = wanted.includes(typeOf(nal)) && nal.length > 2;
        if (!isWanted) log.note('sprop-not-parameter-set', `${name} has a unit of type ${typeOf(nal)} and ${nal.length} bytes`);
        return isWanted;
      });
    });
  });
}

function decode(name: string, text: string, log: DeviationLog): readonly Uint8Array[] {
  if (text === '' || !BASE64.test(text)) {
    log.note('sprop-not-base64', wireText(`${name}=${text}`));
    return [];
  }
  const bytes = new Uint8Array(Buffer.from(text, 'base64'));
  if (!hasStartCode(bytes.subarray(0, 4))) return [bytes];
  log.note('sprop-start-code', wireText(`${name}=${text}`));
  return splitAnnexB(bytes);
}
