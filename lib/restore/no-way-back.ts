/** A request would change something that could not be put back: it is not sent. */
export class NoWayBack extends Error {
  override readonly name = 'NoWayBack';
}
