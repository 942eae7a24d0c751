/**
 * A takeover that did not happen; both databases are as they were. `NOT_FOUND`: there is no such file. `UNREADABLE`: it
 * cannot be read. `FOREIGN`: it is no database of idm_logger. `DAMAGED`: it is not intact. `OPEN`: it is being changed.
 */
export class ImportError extends Error {
  override readonly name = 'ImportError';
  readonly code: 'NOT_FOUND' | 'UNREADABLE' | 'FOREIGN' | 'DAMAGED' | 'OPEN';

  constructor(code: ImportError['code'], message: string) {
    super(message);
    this.code = code;
  }
}
