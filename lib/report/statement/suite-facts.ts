/** What a statement tells of the suite itself: its version, and how many planted faults it finds. */
import { join } from 'node:path';
import { suiteVersion } from '../suite-version.ts';
import type { Provenance } from './provenance.ts';
import { readQualification } from './qualification.ts';

/** A summary of the last qualification, kept with the source; one that was measured here goes first. */
const KEPT = new URL('../../../docs/qualification.json', import.meta.url);

export const suiteFacts = (reportsDir: string): Omit<Provenance, 'resultsSha256'> => ({
  suiteVersion: suiteVersion(),
  qualification: readQualification([join(reportsDir, 'qualification.json'), KEPT]),
});
