/** What a statement tells of the suite itself: its version, and how many planted faults it finds. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Provenance } from './provenance.ts';
import { readQualification } from './qualification.ts';

const PACKAGE = new URL('../../../package.json', import.meta.url);
/** A summary of the last qualification, kept with the source; one that was measured here goes first. */
const KEPT = new URL('../../../docs/qualification.json', import.meta.url);

const packageSchema = z.object({ version: z.string() });

export const suiteFacts = (reportsDir: string): Omit<Provenance, 'resultsSha256'> => ({
  suiteVersion: packageSchema.parse(JSON.parse(readFileSync(PACKAGE, 'utf8'))).version,
  qualification: readQualification([join(reportsDir, 'qualification.json'), KEPT]),
});
