/** What checks run on: the camera, and one lab per action pair and instance, made when first asked for. */
import { type Camera, instancesOf, WHOLE } from '../camera/camera.ts';
import type { Instance, Section, Settings } from '../document/notation.ts';
import { isSettable, type Members } from '../document/row-value.ts';
import type { Keeper } from '../restore/keeper.ts';
import { partsSharing } from '../restore/original.ts';
import { EnvelopeWatch } from './actions/envelope-watch.ts';
import type { CheckIdentity } from './check.ts';
import { PictureLab } from './pictures/picture-lab.ts';
import { SettingsLab } from './sets/settings-lab.ts';
import { StreamLab } from './streams/stream-lab.ts';
import type { Profile } from './values/row-judgement.ts';

/** An action pair whose values held when its checks were done: what is set there is looked at once more at the end of the run. */
export interface Held {
  readonly identity: CheckIdentity;
  readonly lab: SettingsLab;
}

export class Bench {
  readonly held = new Map<string, Held>();
  /** whether requests go over the document's interface: what its log-ins and its envelope must be is nothing to any other */
  isCgi = true;
  /** whether it is to be seen at the end of the run what a restart leaves of the settings */
  awaitsRestart = false;
  readonly camera: Camera;
  readonly profile: Profile;
  readonly sections: readonly Section[];
  readonly streams: StreamLab;
  readonly pictures: PictureLab;
  readonly envelopes: EnvelopeWatch;
  readonly #labs = new Map<string, SettingsLab>();
  readonly #keeper: Keeper;
  readonly #known = new Map<string, Members | null>();
  /** what was shown at first is what is to be shown now */
  #isAsAtFirst = true;
  #isRepeating = false;

  constructor(camera: Camera, profile: Profile, sections: readonly Section[], keeper: Keeper) {
    this.#keeper = keeper;
    this.camera = camera;
    this.streams = new StreamLab(camera);
    this.pictures = new PictureLab(camera);
    this.envelopes = new EnvelopeWatch(camera, profile);
    this.profile = profile;
    this.sections = sections;
  }

  lab(part: Settings, instance: Instance): SettingsLab {
    const key = `${part.get} ${part.getPlace} ${instance.label}`;
    const known = this.#labs.get(key);
    if (known !== undefined) return known;
    const peers = partsSharing(this.sections, part.get).flatMap((sharing) => sharing.rows);
    const lab = new SettingsLab({ camera: this.camera, part, instance, peers, profile: this.profile, keeper: this.#keeper });
    if (this.#isRepeating) lab.experiments.beginRepetition();
    this.#labs.set(key, lab);
    return lab;
  }

  /**
   * What a part showed before anything was changed: each section puts back what it changed. While a check is repeated, what it shows then.
   * Null when not offered.
   */
  async known(part: Settings): Promise<Members | null> {
    const known = this.#isRepeating ? undefined : this.#known.get(part.get);
    if (known !== undefined) return known;
    const first = this.#isAsAtFirst && !this.#isRepeating ? await this.#keeper.firstOf(part, instancesOf(part)[0] ?? WHOLE) : null;
    const reply = first ?? (await this.lookAt(part));
    this.#known.set(part.get, reply);
    return reply;
  }

  /** Runs a check once more, its experiments made anew. What was read before may no longer hold then, nor afterwards. */
  async repeat<T>(run: () => Promise<T>): Promise<T> {
    this.#isRepeating = true;
    for (const { experiments } of this.#labs.values()) experiments.beginRepetition();
    this.forgetReadings();
    try {
      return await run();
    } finally {
      this.#isRepeating = false;
      for (const { experiments } of this.#labs.values()) experiments.endRepetition();
      this.forgetReadings();
    }
  }

  /** The next repetition makes its experiments anew. */
  forgetRepeated(): void {
    for (const { experiments } of this.#labs.values()) experiments.forgetRepeated();
  }

  /** What the repeated check found is what holds. */
  adoptRepeated(): void {
    for (const { experiments } of this.#labs.values()) experiments.adoptRepeated();
  }

  /** Forgets every experiment: what was found was found on a camera in another state. */
  startOver(): void {
    this.#labs.clear();
    this.streams.forget();
  }

  forgetReadings(): void {
    for (const lab of this.#labs.values()) lab.forgetReading();
  }

  /** Forgets what parts showed: after something could not be put back, they are looked at anew. */
  forget(): void {
    this.#isAsAtFirst = false;
    this.#known.clear();
  }

  /** What a part shows now; of several instances the first, unless one is named. Null when this camera does not offer it. */
  async lookAt(part: Settings, instance: Instance = instancesOf(part)[0] ?? WHOLE): Promise<Members | null> {
    const outcome = await this.camera.get(part, instance);
    return outcome.kind === 'done' ? outcome.reply : null;
  }
}

/** One part for each get of the document, save those whose replies are measurements alone. */
export function settableParts(sections: readonly Section[]): readonly Settings[] {
  const parts = sections.flatMap((section) => section.parts).filter((part) => part.kind === 'settings');
  return [...new Map(parts.filter((part) => part.rows.some(isSettable)).map((part) => [part.get, part])).values()];
}
