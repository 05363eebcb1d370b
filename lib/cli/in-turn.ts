/** Lets several speak at once and be read one after the other: who is first is heard as he speaks, what the others say waits. */

export interface Turn {
  write(text: string): void;
  /** What the next one has said so far is shown, and what he says from now on. */
  end(): void;
}

interface Speaker {
  /** what was said before it could be shown */
  waiting: string;
  hasEnded: boolean;
}

export class InTurn {
  readonly #show: (text: string) => void;
  /** those that have not been heard to their end, in their order */
  readonly #speakers: Speaker[] = [];

  constructor(show: (text: string) => void) {
    this.#show = show;
  }

  next(): Turn {
    const speaker: Speaker = { waiting: '', hasEnded: false };
    this.#speakers.push(speaker);
    return {
      write: (text) => {
        if (this.#speakers[0] === speaker) this.#show(text);
        else speaker.waiting += text;
      },
      end: () => {
        speaker.hasEnded = true;
        this.#goOn();
      },
    };
  }

  #goOn(): void {
    while (this.#speakers[0]?.hasEnded) {
      this.#speakers.shift();
      const [heard] = this.#speakers;
      if (heard === undefined) return;
      if (heard.waiting !== '') this.#show(heard.waiting);
      heard.waiting = '';
    }
  }
}
