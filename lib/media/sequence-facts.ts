/** What the sequence parameter sets of H.264 and H.265 have in common. */
import type { Deviation } from './deviation-log.ts';

export type ChromaFormat = '4:0:0' | '4:2:0' | '4:2:2' | '4:4:4';
export const CHROMA_FORMATS: readonly ChromaFormat[] = ['4:0:0', '4:2:0', '4:2:2', '4:4:4'];

/** What a sequence parameter set says about the pictures. */
export interface SequenceFacts {
  readonly profileIdc: number;
  /** `Baseline`, `Main`, `High`, …; the number as text for others */
  readonly profile: string;
  /** `4.1` */
  readonly level: string;
  readonly chromaFormat: ChromaFormat;
  /** of luma: 8 as a rule */
  readonly bitDepth: number;
  /** as shown, cropping taken into account */
  readonly width: number;
  readonly height: number;
  /** pictures per second by the timing information; null when there is none */
  readonly frameRate: number | null;
  /** `sps-trailing-bytes`, `sps-vui-unreadable` */
  readonly deviations: readonly Deviation[];
}
