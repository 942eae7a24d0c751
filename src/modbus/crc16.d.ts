declare module 'modbus-serial/utils/crc16.js' {
  /** The checksum of Modbus RTU, which modbus-serial wants behind every frame it is handed. */
  export default function crc16(bytes: Uint8Array): number;
}
