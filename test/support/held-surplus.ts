/** The mutation that holds a surplus of 4.5 kW for an hour. */
export const HOLD =
  'mutation { holdValue(input: { key: "power_solar_surplus", value: 4.5, ttlMs: 3600000, holder: "pv" }) { hold { state } } }';
/** What a recording unit notes of it: 4.5 is 0x40900000 as float32, low word first. */
export const SURPLUS = 'write 74=0,16528';
/** What it notes when the value is given back: 0 is what the maker's document calls safe. */
export const NO_SURPLUS = 'write 74=0,0';
