import { systemConfiguration } from '../lib/document/sections/05-system-configuration.ts';
import { section } from '../lib/execution/section.ts';
import { fail, Skipped } from '../lib/results/finding.ts';

section(systemConfiguration, ({ generic, requirement }) => {
  generic();

  requirement(
    'system-configuration/webPort/one-setting',
    'should',
    'webPort is the one of the network information (11.1)',
    { place: '5.1', action: 'getSysConfig', covers: ['webPort/type'] },
    async ({ camera, lab }) => {
      const own = await lab().opening();
      const network = await camera.call('getWiredNetwork', null);
      if (network.kind !== 'done' || !('webPort' in own) || !('webPort' in network.reply)) {
        throw new Skipped('not-offered', 'webPort is not in both replies');
      }
      if (own.webPort !== network.reply.webPort) {
        fail(
          `webPort ${JSON.stringify(network.reply.webPort)} in getSysConfig, as in getWiredNetwork`,
          `webPort ${JSON.stringify(own.webPort)}`,
          (await lab().answered()).answer.exchange,
        );
      }
    },
  );
});
