/** A small camera that is moved and looked through. */
import { md5 } from './account.ts';
import { startEmulator } from './emulator.ts';

export interface TestCamera extends AsyncDisposable {
  readonly url: string;
  picture(): Promise<Buffer>;
}

export async function startTestCamera(): Promise<TestCamera> {
  const emulator = await startEmulator({ starts: { getVencConf: [{ pic_width: 704, pic_height: 576, pixel_list: [{ width: 704, height: 576 }] }] } });
  return {
    url: emulator.url,
    picture: async () => Buffer.from(await (await fetch(`${emulator.url}/action/cgi_images`)).arrayBuffer()),
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}

export async function ask({ url }: TestCamera, request: Readonly<Record<string, number>>): Promise<void> {
  const json = encodeURIComponent(JSON.stringify({ channel: 0, ...request }));
  const reply = await fetch(`${url}/action/cgi_action?user=admin&pwd=${md5('123456')}&action=setPtzControl&json=${json}`);
  if (!(await reply.text()).includes('"code":0')) throw new Error(`Could not move the camera with ${JSON.stringify(request)}.`);
}
