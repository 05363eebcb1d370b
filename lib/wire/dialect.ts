/**
 * What an HTTP client has to know of the interface that it talks to. HTTP is the same for all; how an action and its JSON become a
 * request, which replies mean "later" and which requests change something is not. `lib/cgi` has the document's own, and that of the
 * camera's page.
 */
import type { Claim } from './credentials.ts';
import type { Answer, Body } from './exchange.ts';

/** A request as the path and query of its URL, behind the prefix of the base URL. One UTF-16 unit is one byte. */
export interface Phrase {
  readonly sent: string;
  /** the same with the characters of JSON unescaped; null where there is nothing to unescape */
  readonly raw: string | null;
  /** as recorded: nothing in it is secret */
  readonly shown: string;
  /** what is posted, as JSON; absent: nothing, the request is a GET */
  readonly body?: Masked<string>;
}

/** What an interface is entered by that does not say with every request who asks. */
export interface LogIn {
  readonly phrase: Phrase;
  /** whether it lets nobody in; what does not know it needs none */
  isRefused(answer: Answer): boolean;
}

/** An interface has no words for this: a request that claims to be somebody else, where who asks is known by a log-in before. */
export class NoWordsFor extends Error {
  override readonly name = 'NoWordsFor';
}

/** The same as it goes out, and with secrets masked. */
export interface Masked<Part> {
  readonly sent: Part;
  readonly shown: Part;
}

export type Query = Readonly<Record<string, string>>;

/** The interface as one user speaks it. */
export interface Speaker {
  /** whatever must never be recorded */
  readonly secrets: readonly string[];
  /** sent before the first action, and again where a reply says that nobody is logged in; absent: each request says who asks */
  readonly logIn?: LogIn;
  /** `json` is the text that goes out, null where there is none. Throws `NoWordsFor` what cannot be claimed. */
  action(action: string, json: Masked<string | null>, claim: Claim): Phrase;
  /** Another path of the camera, with a query in the given order; `claim` undefined: as nobody. */
  path(path: string, query: Masked<Query>, claim: Claim | undefined): Phrase;
}

export interface Dialect {
  /** @param password plain */
  speaker(user: string, password: string): Speaker;
  /** whether a reply says that the camera is busy, so that the request is sent again later */
  isBusy(body: Body): boolean;
  /** whether a reply says that nobody is logged in, so that nothing was carried out */
  isLoggedOut(answer: Answer): boolean;
  /** whether an action changes something that the camera stores: such requests are spaced */
  isSet(action: string): boolean;
  /** whether a parameter of a query logs in: its value is masked */
  isSecretParameter(name: string): boolean;
}
