/** Section 42: bytes for the RS485 line; the table calls `data` not necessary, but there is nothing to send without it. */
import { ILLEGAL_CODE, MISSING_CODE } from '../accept.ts';
import { DONE, type Handlers } from '../handler.ts';

export const sendIoData: Handlers = {
  ioSendData: (_camera, json) => {
    if (json?.data === undefined) return { code: MISSING_CODE };
    return typeof json.data === 'string' ? DONE : { code: ILLEGAL_CODE };
  },
};
