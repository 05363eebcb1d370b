/** Why a clause has no check, where several sections have the same reason. */
export const NEEDS_PICTURE_AND_STREAM = 'needs the picture and stream checks, which are not part of the suite yet';
