import { DONE_STRICTLY } from '../lib/checks/actions/expectations.ts';
import { notOffered } from '../lib/checks/actions/strictly.ts';
import { allFindings } from '../lib/checks/values/row-judgement.ts';
import { wifi } from '../lib/document/sections/14-wifi.ts';
import { section } from '../lib/execution/section.ts';
import { verify } from '../lib/results/finding.ts';

section(wifi, ({ generic, requirement }) => {
  generic();

  requirement(
    'wifi/setWifiScan/ap-list',
    'must',
    'the scan returns a list of access points with name, encryption, address and signal',
    {
      place: '14.4',
      action: 'setWifiScan',
      covers: ['setWifiScan/reply', 'setWifiScan/envelope', 'ap_list/type'],
      strict: [...DONE_STRICTLY, 'shown'],
    },
    async ({ camera, bench, command, done }) => {
      const outcome = await camera.command(command('setWifiScan'), null);
      const reply = done(outcome);
      for (const row of command('setWifiScan').replies ?? []) {
        if (!(row.name in reply)) {
          const [documented, received] = [`setWifiScan returns ${row.name}`, `setWifiScan does not return ${row.name}`];
          notOffered(bench.profile, 'shown', { place: '14.4', action: 'setWifiScan', parameter: row.name, documented, received });
        }
        verify(allFindings(row, reply[row.name], bench.profile), outcome.answer.exchange);
      }
    },
  );
});
