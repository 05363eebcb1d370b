/** How the tests of this folder talk to an emulator: as any program would, over HTTP. */
import { md5 } from './account.ts';

export interface TestClient {
  /** the JSON object of the reply, or its text without the white space around it */
  ask(action: string, json?: unknown): Promise<Record<string, unknown>>;
  text(action: string, rawJson?: string): Promise<string>;
}

export function createTestClient(emulator: { readonly url: string }, password = '123456', user = 'admin'): TestClient {
  const text = async (action: string, rawJson?: string): Promise<string> => {
    const query = new URLSearchParams({ user, pwd: md5(password), action, ...(rawJson === undefined ? {} : { json: rawJson }) });
    const response = await fetch(`${emulator.url}/action/cgi_action?${query}`);
    return response.text();
  };
  return {
    text,
    ask: async (action, json) => JSON.parse(await text(action, json === undefined ? undefined : JSON.stringify(json))) as Record<string, unknown>,
  };
}

/** Asks until the answer is as wanted; gives up after 5 s. */
export async function until<T>(probe: () => Promise<T>, wanted: (value: T) => boolean): Promise<T> {
  const end = Date.now() + 5000;
  for (;;) {
    const value = await probe();
    if (wanted(value)) return value;
    if (Date.now() > end) throw new Error(`Could not see it happen within 5 s; last seen ${JSON.stringify(value)}.`);
    await new Promise(setImmediate);
  }
}
