/** Where an embedded camera answers. */
export interface Addresses {
  readonly url: string;
  readonly rtspUrl: string;
}
