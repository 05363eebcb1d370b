/** Bytes put together as they come. A thousand pieces of one byte cost no more than one piece: there is one buffer, which doubles. */

const FIRST_BYTES = 4096;
const NO_BYTES = Buffer.alloc(0);

export class ByteStore {
  /** the only piece as it came, which is the rule; else a buffer of our own with room behind `#length` */
  #bytes: Buffer = NO_BYTES;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(piece: Buffer): void {
    if (piece.length === 0) return;
    const length = this.#length + piece.length;
    if (this.#length === 0) this.#bytes = piece;
    else {
      if (length > this.#bytes.length) this.#grow(length);
      piece.copy(this.#bytes, this.#length);
    }
    this.#length = length;
  }

  /** All of them so far; what is pushed later stands behind them. */
  bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  /** A piece that came is full, so that nothing is ever written into it. */
  #grow(length: number): void {
    const larger = Buffer.allocUnsafe(Math.max(FIRST_BYTES, length, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}
