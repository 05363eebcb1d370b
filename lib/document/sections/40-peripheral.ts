/** Section 40, Peripheral: the serial line that a pan and tilt head hangs on. */
import { anyOf, documentSection, number, oneOf, row, settings, toggle } from '../notation.ts';

const serial = { hazard: 'serial' } as const;

export const peripheral = documentSection(40, 'peripheral', 'Peripheral', [
  settings('getPeripheralConf 40.1', 'setPeripheralConf 40.2', {
    rows: [
      row('PTZ_Lock', 'YN', toggle, serial),
      row('baudrate', 'YN', anyOf(2400, 4800, 9600, 115200), serial),
      row('dataBits', 'YN', anyOf(5, 6, 7, 8), serial),
      row('stopBits', 'YN', anyOf(1, 2), serial),
      row('parity', 'YN', oneOf({ 0: 'none', 1: 'odd', 2: 'even', 3: 'Constant 1', 4: 'Constant 0' }), serial),
      row('flowControl', '--', number(0), serial),
    ],
    example: {
      reply: { PTZ_Lock: 0, baudrate: 9600, dataBits: 8, stopBits: 1, parity: 0, flowControl: 0 },
      requests: [{ PTZ_Lock: 0, baudrate: 9600, dataBits: 8, stopBits: 1, parity: 0 }],
    },
  }),
]);
