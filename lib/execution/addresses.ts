import type { Api } from '../cgi/dialects.ts';
import type { EmulatorOptions } from '../emulator/emulator.ts';

/** Where an embedded camera answers. */
export interface Addresses {
  readonly url: string;
  readonly rtspUrl: string;
}

/** An embedded camera is started with the interface that it is asked by, and with no other. */
export const webOf = ({ api }: { readonly api: Api }): Pick<EmulatorOptions, 'web'> => (api === 'web' ? { web: 'only' } : {});
