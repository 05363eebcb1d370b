/** Looks at the envelope of every JSON reply of a run, whatever it was asked for: one that is wrong now and then is seen where it comes. */
import type { Camera } from '../../camera/camera.ts';
import type { Outcome } from '../../camera/outcome.ts';
import type { Finding } from '../../results/finding.ts';
import type { Profile } from '../values/row-judgement.ts';
import { envelopeFindings } from './reply-findings.ts';

export interface Strayed {
  readonly outcome: Outcome;
  readonly findings: readonly Finding[];
}

export class EnvelopeWatch {
  readonly #strayed = new Map<string, Strayed>();

  constructor(camera: Camera, profile: Profile) {
    camera.onCall({
      after: (action, _, outcome) => {
        if ((outcome.kind !== 'done' && outcome.kind !== 'code') || this.#strayed.has(action)) return;
        const findings = envelopeFindings(outcome, camera.identity, profile, { place: '1.1', action });
        if (findings.length > 0) this.#strayed.set(action, { outcome, findings });
      },
    });
  }

  /** What came was another camera's. */
  forget(): void {
    this.#strayed.clear();
  }

  /** The first reply to an action that had another envelope than it must; null where there was none. */
  of(action: string): Strayed | null {
    return this.#strayed.get(action) ?? null;
  }
}
