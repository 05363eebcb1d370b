import type { Camera } from '../lib/camera/camera.ts';
import { describe } from '../lib/camera/outcome.ts';
import { seconds } from '../lib/checks/quantities.ts';
import { basicNetworkInformation } from '../lib/document/sections/11-basic-network-information.ts';
import { section, type Workplace } from '../lib/execution/section.ts';
import { withPort as at, locate } from '../lib/restore/whereabouts.ts';
import { fail, Skipped } from '../lib/results/finding.ts';

/** Ports to move to: above those that services use, below those that systems hand out. */
const CANDIDATES = [18_089, 18_090, 18_189, 18_289];
/** A change of the network may take so long until the camera answers again. */
const MOVE_LIMIT_MS = 30_000;

/** Looks for the camera at both addresses; the client then talks to the one where it is. */
const findAgain = (camera: Camera, places: readonly URL[]): Promise<URL | null> => locate(camera, places, MOVE_LIMIT_MS);

/** Sets a port; the reply can be lost with the connection that it should come over. */
async function setPort({ lab }: Workplace, port: number): Promise<string> {
  try {
    return describe(await lab().write({ webPort: port }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

section(basicNetworkInformation, ({ generic, requirement }) => {
  generic();

  requirement(
    'basic-network-information/webPort/moved-and-back',
    'must',
    'stores another webPort, answers at one of the two ports, and comes back',
    { place: '11.2', action: 'setWiredNetwork', hazards: ['network'], covers: ['webPort/settable'] },
    async (workplace) => {
      const { camera, lab, part, session } = workplace;
      const before = await lab().opening();
      const original = before.webPort;
      if (typeof original !== 'number') throw new Skipped('not-offered', 'getWiredNetwork does not return webPort');
      const home = camera.options.baseUrl;
      for (const port of CANDIDATES.filter((candidate) => candidate !== original)) {
        // The way back first: where the camera goes is journaled before it goes.
        await camera.aboutToChange(part());
        session.keeper.keep({ kind: 'address', from: home.href, to: at(home, port).href });
        const answer = await setPort(workplace, port);
        const away = await findAgain(camera, [at(home, port), home]);
        if (away === null)
          fail(`an answer at ${home.host} or at port ${port} after webPort was set to ${port}`, `none at either within ${seconds(MOVE_LIMIT_MS)}`);
        const stored = (await lab().read()).webPort;
        const reading = lab().readExchange;
        if (stored === original && answer !== 'code 0') continue;
        await setPort(workplace, original);
        const back = await findAgain(camera, [home, at(home, original), away]);
        if (back === null) fail(`an answer at ${home.host} after webPort was set back to ${original}`, `none within ${seconds(MOVE_LIMIT_MS)}`);
        const restored = (await lab().read()).webPort;
        if (stored !== port)
          fail(`code 0, and getWiredNetwork then returns webPort ${port}`, `${answer}; webPort then reads ${stored} (before: ${original})`, reading);
        if (restored !== original)
          fail(`webPort ${original} is taken back: getWiredNetwork returns it again`, `webPort then reads ${restored}`, lab().readExchange);
        return;
      }
      throw new Skipped('not-testable', `the camera refused the ports ${CANDIDATES.join(', ')}; they may be in use`);
    },
  );
});
