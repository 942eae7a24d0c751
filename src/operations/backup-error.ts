/**
 * Why a backup was not made, or not taken. `FOREIGN`: no backup of Thermograph. `DAMAGED`: cut off or changed since it was made.
 * `NEWER`: made by a newer version. `PASSPHRASE_NEEDED`: it is sealed. `WRONG_PASSPHRASE`: it was sealed with another one.
 * `NO_SPACE`: the disk is too full. `TOO_LARGE`: more than is accepted. `NOT_FOUND`: there is no such backup, or nothing to go
 * back to. `BUSY`: another one is being made or checked.
 */
export type BackupErrorCode =
  | 'FOREIGN'
  | 'DAMAGED'
  | 'NEWER'
  | 'PASSPHRASE_NEEDED'
  | 'WRONG_PASSPHRASE'
  | 'NO_SPACE'
  | 'TOO_LARGE'
  | 'NOT_FOUND'
  | 'BUSY';

/** A refused backup or restore; nothing was changed. Its message is safe to show. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
  readonly code: BackupErrorCode;

  constructor(code: BackupErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
