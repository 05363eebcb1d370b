/**
 * All that a run has to put back: the parameters of action pairs, and what is none of them. Sees every request before it goes
 * out, so that nothing can change the camera before the journal knows how it was.
 */
import type { Camera } from '../camera/camera.ts';
import type { Section } from '../document/notation.ts';
import { isMembers, type Members } from '../document/row-value.ts';
import { TELNET_PATH } from '../document/sections/02-telnet.ts';
import { PTZ_CALL_PRESET, PTZ_SET_PRESET, PTZ_STOP } from '../document/sections/09-ptz-control.ts';
import { type Difference, formatDifference } from './difference.ts';
import { fileDifference, fileOf, putBackFile, readFile } from './file.ts';
import type { Journal } from './journal.ts';
import { describeItem, type JournalItem, type Keepsake, type KeepsakeOf, keyOf } from './journal-entry.ts';
import { Originals } from './originals.ts';
import { passwordBefore, putBackPassword } from './password.ts';
import { locate, placesOf } from './whereabouts.ts';

const MOVE_LIMIT_MS = 10_000;
const PTZ = 'setPtzControl';
const REGISTER = 'setGb28181Register';
const REGISTRATION: ReadonlySet<string> = new Set(['setGb28181Logout', REGISTER]);

export class Keeper {
  readonly #camera: Camera;
  readonly #journal: Journal | null;
  readonly #originals: Originals;
  readonly #kept = new Map<string, Keepsake>();
  #everKept = false;
  /** set while things are put back: that needs no way back of its own */
  #isRestoring = false;

  constructor(camera: Camera, sections: readonly Section[], journal: Journal | null = null) {
    this.#camera = camera;
    this.#journal = journal;
    this.#originals = new Originals(camera, sections, {
      onRemember: (item) => this.#journal?.append(item),
      onMove: () => this.#findAgain(),
    });
    camera.onCall({
      before: (action, json) => (this.#isRestoring ? undefined : this.#before(action, isMembers(json) ? json : null)),
      after: (action, json, { kind }) => {
        // Called before it was set, a preset would point the camera somewhere else.
        if (action === PTZ && kind === 'done' && isMembers(json) && json.ptz_cmd === PTZ_SET_PRESET && !this.#isRestoring)
          this.keep({ kind: 'movement', preset: Number(json.speed_v) });
      },
    });
  }

  /** Whether anything was ever about to be changed. */
  get isNeeded(): boolean {
    return this.#originals.isNeeded || this.#everKept;
  }

  /** What a get showed before this run changed anything; null when that is not remembered. */
  originalOf(get: string, request: Members): Members | null {
    return this.#originals.replyOf(get, request);
  }

  /** What is not yet put back. */
  pending(): readonly string[] {
    return [...this.#originals.pending(), ...[...this.#kept.values()].map(describeItem)];
  }

  /** Has something journaled that is about to change; returns when it may. */
  keep(item: Keepsake): void {
    const key = keyOf(item);
    if (this.#kept.has(key) && item.kind !== 'movement') return;
    this.#journal?.append(item);
    this.#take(item);
  }

  /** Takes over what a journal holds. */
  takeOver(items: readonly JournalItem[]): void {
    for (const item of items) {
      if (item.kind === 'original') this.#originals.take(item);
      else this.#take(item);
    }
  }

  /** What will be put back, a sentence each. Reads only. */
  async preview(): Promise<readonly string[]> {
    const files = [];
    for (const file of this.#all('file')) files.push(...(await fileDifference(this.#camera, file)));
    const differences = [...(await this.#originals.differences()), ...files];
    const others = [...this.#kept.values()].filter(({ kind }) => kind !== 'file');
    return [...others.map(describeItem), ...differences.map(formatDifference)];
  }

  /** Puts everything back and returns what could not be; the rest is marked in the journal, which is removed when nothing is left. */
  async restore(): Promise<readonly Difference[]> {
    const before = this.#keys();
    this.#isRestoring = true;
    try {
      if (this.#all('address').length > 0) await this.#findAgain();
      // Without the password nothing else works.
      const differences = [...(await this.#settle('password', (kept) => putBackPassword(this.#camera, kept)))];
      await this.#settle('telnet', () => this.#closeTelnet());
      await this.#settle('movement', ([movement]) => this.#stop(movement?.preset ?? null));
      for (const file of this.#all('file')) {
        const left = await putBackFile(this.#camera, file);
        if (left.length === 0) this.#kept.delete(keyOf(file));
        differences.push(...left);
      }
      differences.push(...(await this.#originals.restore()));
      await this.#settle('registration', () => this.#register());
      if (differences.length === 0) await this.#settle('address', async () => []);
      return differences;
    } finally {
      this.#isRestoring = false;
      this.#close(before);
    }
  }

  /**
   * Sets the parameters to what they were, with more to come: nothing is forgotten, and the journal stays as it is. Returns whether they
   * are what they were.
   */
  async putBackForNow(): Promise<boolean> {
    this.#isRestoring = true;
    try {
      return (await this.#originals.putBack()).length === 0;
    } finally {
      this.#isRestoring = false;
    }
  }

  /** Puts the password back before anything else, when the camera lets nobody in. */
  async unlock(): Promise<void> {
    this.#isRestoring = true;
    try {
      await putBackPassword(this.#camera, this.#all('password'));
    } finally {
      this.#isRestoring = false;
    }
  }

  #take(item: Keepsake): void {
    this.#everKept = true;
    this.#kept.set(keyOf(item), item);
  }

  #keys(): readonly string[] {
    return [...this.#originals.keys(), ...this.#kept.keys()];
  }

  #all<Kind extends Keepsake['kind']>(kind: Kind): readonly KeepsakeOf<Kind>[] {
    return [...this.#kept.values()].filter((item): item is KeepsakeOf<Kind> => item.kind === kind);
  }

  /** Puts back all of a kind at once; they are forgotten when nothing is left to do. */
  async #settle<Kind extends Keepsake['kind']>(
    kind: Kind,
    putBack: (kept: readonly KeepsakeOf<Kind>[]) => Promise<readonly Difference[]>,
  ): Promise<readonly Difference[]> {
    const kept = this.#all(kind);
    if (kept.length === 0) return [];
    const left = await putBack(kept);
    if (left.length === 0) for (const item of kept) this.#kept.delete(keyOf(item));
    return left;
  }

  #close(before: readonly string[]): void {
    if (this.#journal === null) return;
    const left = new Set(this.#keys());
    if (left.size === 0) this.#journal.remove();
    else for (const key of before) if (!left.has(key)) this.#journal.append({ kind: 'restored', key });
  }

  /** What must be known before a request goes out. Undefined where it changes nothing beside the parameters of its action pair. */
  #before(action: string, json: Members | null): Promise<void> | undefined {
    if (action === TELNET_PATH) return this.#first({ kind: 'telnet' });
    if (action === PTZ) return this.#kept.has('movement') ? undefined : this.#first({ kind: 'movement', preset: null });
    if (REGISTRATION.has(action)) return this.#first({ kind: 'registration' });
    const password = passwordBefore(action, json, this.#passwordInForce());
    if (password !== null) return this.#first(password);
    const path = fileOf(action, json);
    return path === null || this.#kept.has(`file ${path}`) ? undefined : this.#keepFile(path);
  }

  /** The password that is to hold in the end, whatever was tried since. */
  #passwordInForce(): string {
    return this.#all('password')[0]?.from ?? this.#camera.options.password;
  }

  async #first(item: Keepsake): Promise<void> {
    // The journal names its camera: it has to have said who it is.
    if (this.#camera.identity === null && this.#journal !== null) await this.#camera.call('getSysConfig', null);
    this.keep(item);
  }

  /** A file that cannot be read cannot be put back either. */
  async #keepFile(path: string): Promise<void> {
    const content = await readFile(this.#camera, path);
    if (content !== null) this.keep({ kind: 'file', path, content });
  }

  async #findAgain(): Promise<void> {
    const kept = this.#all('address');
    if (kept.length > 0) await locate(this.#camera, placesOf(this.#camera.options.baseUrl, kept), MOVE_LIMIT_MS);
  }

  async #closeTelnet(): Promise<readonly Difference[]> {
    await this.#camera.path(TELNET_PATH, { action: 'close' });
    return [];
  }

  async #stop(preset: number | null): Promise<readonly Difference[]> {
    await this.#camera.call(PTZ, { channel: 0, speed_h: 1, speed_v: 1, ptz_cmd: PTZ_STOP });
    if (preset !== null) await this.#camera.call(PTZ, { speed_v: preset, channel: 0, ptz_cmd: PTZ_CALL_PRESET });
    return [];
  }

  /** With `register_type` 0 the camera registers by itself. Whether it was registered before, no reply tells. */
  async #register(): Promise<readonly Difference[]> {
    const outcome = await this.#camera.call('getGb28181', null);
    if (outcome.kind === 'done' && outcome.reply.register_type === 1) await this.#camera.call(REGISTER, null);
    return [];
  }
}
