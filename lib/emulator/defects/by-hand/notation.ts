/** How defects are written by hand: ids and checks without the section's slug, which stands once at the top. */
import type { Members } from '../../../document/row-value.ts';
import type { Camera, Reply } from '../../handler.ts';
import type { Tamper } from '../../tamper.ts';
import type { Defect } from '../defect.ts';

export type { Defect };

/** `refuses` becomes `open-door/refuses`. */
export const inSection = (slug: string, defects: readonly Defect[]): readonly Defect[] =>
  defects.map((defect) => ({ ...defect, id: `${slug}/${defect.id}`, noticedBy: defect.noticedBy.map((id) => `${slug}/${id}`) }));

/** What an action does in place of what it should; `perform` is what a good camera does. */
export const performing = (
  action: string,
  does: (camera: Camera, json: Members | null, perform: () => Reply | Promise<Reply>) => Reply | Promise<Reply>,
): Tamper => ({
  performs: (asked, json, camera, perform) => (asked === action ? does(camera, json, perform) : perform()),
});
