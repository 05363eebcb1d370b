import { expectDone } from '../lib/checks/expectations.ts';
import { Skipped, verify } from '../lib/checks/finding.ts';
import { allFindings } from '../lib/checks/row-judgement.ts';
import { wifi } from '../lib/document/sections/14-wifi.ts';
import { section } from '../lib/runner/section.ts';

section(wifi, ({ generic, requirement }) => {
  generic();

  requirement(
    'wifi/setWifiScan/ap-list',
    'must',
    'the scan returns a list of access points with name, encryption, address and signal',
    { place: '14.4', action: 'setWifiScan', covers: ['setWifiScan/reply', 'setWifiScan/envelope', 'ap_list/type'] },
    async ({ camera, bench, command }) => {
      const outcome = await camera.command(command('setWifiScan'), null);
      const reply = expectDone(outcome, camera);
      for (const row of command('setWifiScan').replies ?? []) {
        if (!(row.name in reply)) throw new Skipped('not-offered', `setWifiScan does not return ${row.name}`);
        verify(allFindings(row, reply[row.name], bench.profile), outcome.answer.exchange);
      }
    },
  );
});
