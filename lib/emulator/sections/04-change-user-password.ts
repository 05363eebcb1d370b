/** Section 4: the old password as MD5, the new one plain. */
import { ILLEGAL_CODE } from '../accept.ts';
import { DONE, type Handlers } from '../handler.ts';

/** 1.3: `administrator password error`. */
export const PASSWORD_ERROR_CODE = 206;

export const changeUserPassword: Handlers = {
  setPasswd: (camera, json) => {
    const verdict = camera.judgeCommand('setPasswd', json ?? {});
    if (verdict.kind === 'refused') return { code: verdict.code };
    const { oldPassword, newPassword } = verdict.changes;
    if (!camera.account.isPassword(String(oldPassword))) return { code: PASSWORD_ERROR_CODE };
    if (newPassword === '') return { code: ILLEGAL_CODE };
    camera.account.change(String(newPassword));
    return DONE;
  },
};
