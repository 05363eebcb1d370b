/** What may be fuzzed: the action pairs of the document, as far as the hazards that are allowed reach. */
import { instancesOf } from '../camera/camera.ts';
import type { Hazard, Instance, Row, Section, Settings } from '../document/notation.ts';
import { isSettable, isShown } from '../document/row-value.ts';

export interface Target {
  /** `getVencConf`, `getVencConf auxiliary` */
  readonly name: string;
  readonly section: Section;
  readonly part: Settings;
  readonly instance: Instance;
  /** what a set may change here */
  readonly rows: readonly Row[];
}

export function targetsOf(sections: readonly Section[], allowed: ReadonlySet<Hazard>): readonly Target[] {
  const may = (hazards: readonly (Hazard | undefined)[]): boolean => hazards.every((hazard) => hazard === undefined || allowed.has(hazard));
  return sections.flatMap((section) =>
    section.parts.flatMap((part) => {
      if (part.kind !== 'settings' || part.set === undefined || !may(part.hazards ?? [])) return [];
      return instancesOf(part).flatMap((instance): Target[] => {
        const rows = part.rows.filter(
          (row) => isSettable(row) && isShown(row, part) && !row.volatile && !row.held && !(row.name in instance.select) && may([row.hazard]),
        );
        const name = [part.get, part.getPlace, instance.label].filter((word) => word !== '').join(' ');
        return rows.length === 0 ? [] : [{ name, section, part, instance, rows }];
      });
    }),
  );
}
