import { describe, expect, it } from 'vitest';
import { navigator20 } from '../../src/drivers/idm/navigator-2-0.ts';
import { ReadingDecoder } from '../../src/heatpumps/reading-decoder.ts';

const sensors = navigator20.sensors({ circuits: ['A'], zones: [] });
const sensor = (key: string) => {
  const found = sensors.find((candidate) => candidate.key === key);
  if (!found) throw new Error(`no sensor ${key}`);
  return found;
};
const MINUS_ONE = [0x0000, 0xbf80];
const MINUS_ONE_AND_A_HALF = [0x0000, 0xbfc0];
const NAN = [0x0000, 0x7fc0];
const MINUTE_MS = 60_000;

describe('the reading of', () => {
  it.each([
    ['a number', 'temp_heat_pump_flow', [0x6666, 0x41aa], { value: 21.3, text: null, quality: 'GOOD' }],
    ['an option', 'mode_circuit_a', [3], { value: 3, text: 'eco', quality: 'GOOD' }],
    ['an option nobody knows', 'mode_circuit_a', [9], { value: 9, text: null, quality: 'GOOD' }],
    ['a system that is off', 'status_system', [0xffff], { value: 65_535, text: 'off', quality: 'GOOD' }],
    ['a boolean', 'state_compressor_1', [1], { value: 1, text: 'on', quality: 'GOOD' }],
    ['an absent compressor', 'state_compressor_2', [0xffff], { value: null, text: null, quality: 'MISSING' }],
    ['a boolean that is none', 'state_compressor_1', [7], { value: null, text: null, quality: 'FAILED' }],
    ['one bit', 'status_heat_pump', [4], { value: 4, text: 'water', quality: 'GOOD' }],
    ['two bits', 'status_heat_pump', [5], { value: 5, text: 'heating+water', quality: 'GOOD' }],
    ['no bit', 'status_heat_pump', [0], { value: 0, text: 'off', quality: 'GOOD' }],
    ['a bit nobody knows', 'status_heat_pump', [0x11], { value: 17, text: null, quality: 'GOOD' }],
    ['a pump that is off', 'state_charge_pump', [0xffff], { value: -1, text: null, quality: 'GOOD' }],
    ['a real -1 °C outside', 'temp_outside', MINUS_ONE, { value: -1, text: null, quality: 'GOOD' }],
    ['a sensor that is missing', 'temp_heat_pump_flow', MINUS_ONE, { value: null, text: null, quality: 'MISSING' }],
    ['a price', 'price_energy', [0xb333, 0x438f], { value: 0.2874, text: null, quality: 'GOOD' }],
    ['no thermal power to tell', 'power_current', MINUS_ONE, { value: null, text: null, quality: 'MISSING' }],
    ['negative power', 'power_current', [0x0000, 0xc020], { value: -2.5, text: null, quality: 'GOOD' }],
    ['no power drawn to tell', 'power_current_draw', MINUS_ONE, { value: null, text: null, quality: 'MISSING' }],
  ] as const)('%s', (_, key, words, expected) => {
    const reading = new ReadingDecoder().decode(sensor(key), words, 0, 1_000);
    expect(reading).toMatchObject({ sensor: { key }, observedAt: 1_000, ...expected });
  });
});

describe('a sentinel that can also be real', () => {
  const source = sensor('temp_heat_source_input');

  it('is missing if the sensor never had another value', () => {
    const decoder = new ReadingDecoder();
    expect(decoder.decode(source, MINUS_ONE, 0, 0).quality).toBe('MISSING');
    expect(decoder.decode(source, MINUS_ONE, 0, MINUTE_MS).quality).toBe('MISSING');
  });

  it('is real in passing, and missing once it has persisted', () => {
    const decoder = new ReadingDecoder();
    expect(decoder.decode(source, MINUS_ONE_AND_A_HALF, 0, 0)).toMatchObject({ value: -1.5, quality: 'GOOD' });
    expect(decoder.decode(source, MINUS_ONE, 0, MINUTE_MS)).toMatchObject({ value: -1, quality: 'GOOD' });
    expect(decoder.decode(source, MINUS_ONE, 0, 5 * MINUTE_MS)).toMatchObject({ value: -1, quality: 'GOOD' });
    expect(decoder.decode(source, MINUS_ONE, 0, 5 * MINUTE_MS + 1)).toMatchObject({ value: null, quality: 'MISSING' });
    expect(decoder.decode(source, MINUS_ONE_AND_A_HALF, 0, 6 * MINUTE_MS)).toMatchObject({ value: -1.5 });
  });

  it('has nothing to do with NaN', () => {
    const decoder = new ReadingDecoder();
    decoder.decode(source, MINUS_ONE_AND_A_HALF, 0, 0);
    expect(decoder.decode(source, NAN, 0, 1)).toMatchObject({ value: null, quality: 'MISSING' });
  });
});
