/**
 * The terminal that a command writes to, or what stands in for one. On a terminal one line, the status, is rewritten in place and
 * gives way to whatever else is written; a file, a pipe and a CI log get whole lines alone. What is written must be printable.
 */

type Environment = Readonly<Record<string, string | undefined>>;

/** The part of a stream that is used. */
export interface Output {
  readonly isTTY?: boolean;
  /** 0 where a terminal does not tell */
  readonly columns?: number;
  write(text: string): unknown;
}

const CLEARED = '\r\u001b[2K';
const isOn = (value: string | undefined): boolean => value !== undefined && value !== '' && value !== '0' && value !== 'false';

/** As Node decides: `FORCE_COLOR`, then `NO_COLOR` (no-color.org), then whether it is a terminal that can. */
export function isColourWanted({ FORCE_COLOR, NO_COLOR, TERM }: Environment, isTerminal: boolean): boolean {
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return isOn(FORCE_COLOR);
  return isTerminal && !NO_COLOR && TERM !== 'dumb';
}

export class Screen {
  readonly colour: boolean;
  /** whether a status is shown at all */
  readonly isLive: boolean;
  readonly #output: Output;
  readonly #columns: number | null;
  #status = '';

  constructor(output: Output, environment: Environment) {
    const isTerminal = output.isTTY === true;
    this.#output = output;
    this.colour = isColourWanted(environment, isTerminal);
    // The terminals of CI servers keep every state of a line that is rewritten.
    this.isLive = isTerminal && environment.TERM !== 'dumb' && !isOn(environment.CI);
    this.#columns = /^[1-9]\d{0,3}$/.test(environment.COLUMNS ?? '') ? Number(environment.COLUMNS) : null;
  }

  /** Columns; null where nobody tells. Changes with the window. */
  get width(): number | null {
    return this.#output.columns || this.#columns;
  }

  say(text: string): void {
    this.#output.write(`${this.#cleared()}${text}\n`);
    this.#draw();
  }

  /** Shows the status in place of the one before; nothing where there is no terminal. */
  show(status: string): void {
    if (!this.isLive || status === this.#status) return;
    const cleared = this.#cleared();
    this.#status = status;
    this.#output.write(cleared + status);
  }

  /** Takes the status away: before another stream writes to the same terminal, and at the end. */
  clear(): void {
    const cleared = this.#cleared();
    this.#status = '';
    if (cleared !== '') this.#output.write(cleared);
  }

  #cleared(): string {
    return this.#status === '' ? '' : CLEARED;
  }

  #draw(): void {
    if (this.#status !== '') this.#output.write(this.#status);
  }
}
