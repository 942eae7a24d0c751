import { expect, it } from 'vitest';
import { crc16 } from '../../src/modbus/crc16.ts';

it.each([
  // The check value that catalogues of checksums give for Modbus.
  ['the digits 1 to 9', Buffer.from('123456789'), 0x4b37],
  // 2 registers of unit 17; on a serial line its checksum goes low byte first: 76 87.
  ['a request', Buffer.from('1103006b0003', 'hex'), 0x8776],
  ['nothing', Buffer.alloc(0), 0xffff],
])('knows the checksum of %s', (_, bytes, expected) => {
  expect(crc16(bytes)).toBe(expected);
});
