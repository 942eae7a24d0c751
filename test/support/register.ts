import type { Register } from '../../src/domain/register.ts';

/** A register with the ordinary settings but for those given. */
export function register(settings: Partial<Register>): Register {
  return {
    table: 'HOLDING',
    address: 0,
    dataType: 'UINT16',
    wordOrder: 'BIG',
    scale: 1,
    offset: 0,
    notAvailable: [],
    readAlone: false,
    writeWordOrder: settings.wordOrder ?? 'BIG',
    ...settings,
  };
}
