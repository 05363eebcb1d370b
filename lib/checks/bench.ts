/** What checks run on: the camera, and one lab per action pair and instance, made when first asked for. */
import type { Camera } from '../camera/camera.ts';
import type { Instance, Section, Settings } from '../document/notation.ts';
import { partsSharing } from '../restore/originals.ts';
import type { Profile } from './row-judgement.ts';
import { SettingsLab } from './settings-lab.ts';

export class Bench {
  readonly camera: Camera;
  readonly profile: Profile;
  readonly sections: readonly Section[];
  readonly #labs = new Map<string, SettingsLab>();

  constructor(camera: Camera, profile: Profile, sections: readonly Section[]) {
    this.camera = camera;
    this.profile = profile;
    this.sections = sections;
  }

  lab(part: Settings, instance: Instance): SettingsLab {
    const key = `${part.get} ${part.getPlace} ${instance.label}`;
    const known = this.#labs.get(key);
    if (known !== undefined) return known;
    const peers = partsSharing(this.sections, part.get).flatMap((sharing) => sharing.rows);
    const lab = new SettingsLab(this.camera, part, instance, peers, this.profile);
    this.#labs.set(key, lab);
    return lab;
  }
}
