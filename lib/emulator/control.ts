/** What is said between the process of an emulator and the one that started it. */
import type { EmulatorOptions } from './emulator.ts';
import type { LoggedRequest } from './request-log.ts';
import type { WitnessedRequest } from './witness.ts';

/** The options that can be sent to another process. */
export type ProcessOptions = Omit<EmulatorOptions, 'log' | 'tamper' | 'streamTamper' | 'http' | 'time'>;

/** What can be asked of an emulator. */
export type Subject = 'state' | 'requests' | 'witnessed';

export type ToEmulator =
  | { readonly kind: 'start'; readonly options: ProcessOptions }
  | { readonly kind: 'query'; readonly id: number; readonly about: Subject }
  | { readonly kind: 'close' };

export type FromEmulator =
  | { readonly kind: 'ready'; readonly url: string; readonly rtspUrl: string }
  | { readonly kind: 'failed'; readonly message: string }
  | {
      readonly kind: 'answer';
      readonly id: number;
      readonly value: Record<string, unknown> | readonly LoggedRequest[] | readonly WitnessedRequest[];
    };
