/** A freedom: something that the contract or the document leaves to the camera, with the ways in which a camera may use it. */
export interface Freedom {
  /** words */
  readonly id: string;
  /** the words that leave the choice; `contract` or the place in the document */
  readonly says: string;
  readonly place: string;
  /** ids of traits, of which a camera has one, or none: then it is as the embedded camera is by itself */
  readonly choices: readonly string[];
}

/** Two choices that one camera cannot have made both: each of the first with each of the second. */
export interface Exclusion {
  readonly these: readonly string[];
  readonly those: readonly string[];
  readonly because: string;
}
