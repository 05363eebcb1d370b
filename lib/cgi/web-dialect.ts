/**
 * The calls of the camera's own page, which some cameras offer in place of `cgi_action`: one log-in with the MD5 of the password, after which
 * the address is trusted, and every action posted with its JSON as body. As seen in the field; the document does not know them. Snapshots
 * and the telnet switch are the document's.
 */
import { USER_ERROR_TEXT } from '../document/sections/01-generic.ts';
import { type Dialect, NoWordsFor, type Phrase, type Speaker } from '../wire/dialect.ts';
import type { Answer } from '../wire/exchange.ts';
import { encodeValue } from '../wire/percent-encoding.ts';
import { MASK } from '../wire/redact.ts';
import { CGI, plainTarget } from './cgi-dialect.ts';
import { loginOf } from './login.ts';

export const WEB_LOG_IN = 'hiLogin';

export const WEB: Dialect = { ...CGI, speaker: speakerFor, isLoggedOut: saysLoggedOut };

function speakerFor(user: string, password: string): Speaker {
  const { query: queryOf, secrets, digest } = loginOf(user, password);
  return {
    secrets,
    logIn: {
      phrase: posted(WEB_LOG_IN, { sent: JSON.stringify({ passwd: digest }), shown: JSON.stringify({ passwd: MASK }) }),
      isRefused: (answer) => saysLoggedOut(answer) || (answer.body.kind === 'json' && Number(answer.body.value.code ?? 0) !== 0),
    },
    action(action, json, claim) {
      if (claim !== 'right')
        throw new NoWordsFor("the calls of the camera's page say with no request who asks: the address is trusted after a log-in (CAMERA_API=web)");
      // A set without JSON is one on purpose; what else needs no members is given the empty object, which every page sends.
      const otherwise = CGI.isSet(action) ? '' : '{}';
      return posted(action, { sent: json.sent ?? otherwise, shown: json.shown ?? otherwise });
    },
    path(path, query, claim) {
      const login = claim === undefined ? { sent: '', shown: '' } : queryOf(claim);
      return { sent: plainTarget(path, login.sent, query.sent), raw: null, shown: plainTarget(path, login.shown, query.shown) };
    },
  };
}

function posted(action: string, body: NonNullable<Phrase['body']>): Phrase {
  const target = `/action/${encodeValue(action)}`;
  return { sent: target, raw: null, shown: target, body };
}

/** By the document's text, or in the terms of HTTP. */
function saysLoggedOut({ body, status }: Answer): boolean {
  return status === 401 || status === 403 || (body.kind === 'text' && body.text === USER_ERROR_TEXT);
}
