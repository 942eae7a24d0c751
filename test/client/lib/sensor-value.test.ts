import { describe, expect, it } from 'vitest';
import type { SensorFormatFragment } from '../../../client/src/graphql/generated/types.ts';
import { createFormat } from '../../../client/src/lib/format.ts';
import { readingText, sensorKind, writtenText } from '../../../client/src/lib/sensor-value.ts';

const en = createFormat('EN');
const de = createFormat('DE');

function sensor(changes: Partial<SensorFormatFragment>): SensorFormatFragment {
  return { key: 'k', unit: '°C', dataType: 'FLOAT32', options: [], register: { scale: 1 }, ...changes };
}

const option = (value: number, name: string, label: string) => ({ value, name, label });

describe('the text of a value', () => {
  it.each([
    [sensor({}), 21.26, '21.3'],
    [sensor({}), -0.04, '0.0'],
    [sensor({}), -12.3, '\u221212.3'],
    [sensor({ unit: 'kW' }), 1.2, '1.20'],
    [sensor({ unit: 'kWh' }), 12_345.678, '12,345.7'],
    [sensor({ unit: null }), 0.5, '0.5'],
    [sensor({ dataType: 'UINT16' }), 48, '48'],
    [sensor({ dataType: 'INT16', register: { scale: 0.1 } }), 21, '21.0'],
    [sensor({ dataType: 'INT16', register: { scale: 0.01 } }), 1.5, '1.50'],
    [sensor({ dataType: 'INT32', unit: 'kWh', register: { scale: 10 } }), 120, '120'],
  ])('has the digits the sensor really has: %#', (of, value, expected) => {
    expect(readingText(sensorKind(of), { value, text: null }, en)).toBe(expected);
  });

  it('is written as the language does', () => {
    expect(readingText(sensorKind(sensor({ unit: 'kWh' })), { value: 12_345.678, text: null }, de)).toBe('12.345,7');
  });

  it('is the label of an option, of several bits, or the text of the register', () => {
    const options = [option(0, 'off', 'Off'), option(1, 'heating', 'Heating'), option(4, 'water', 'Hot water')];
    const kind = sensorKind(sensor({ unit: null, dataType: 'BITFIELD16', options }));
    expect(readingText(kind, { value: 4, text: 'water' }, en)).toBe('Hot water');
    expect(readingText(kind, { value: 5, text: 'heating+water' }, en)).toBe('Heating + Hot water');
    expect(readingText(kind, { value: 64, text: null }, en)).toBe('64');
    const text = sensorKind(sensor({ unit: null, dataType: 'TEXT16' }));
    expect(readingText(text, { value: null, text: 'A+' }, en)).toBe('A+');
  });

  it('is null where there is none', () => {
    expect(readingText(sensorKind(sensor({})), { value: null, text: null }, en)).toBeNull();
  });

  it('hides no digit of a value that is written', () => {
    expect(writtenText(sensorKind(sensor({})), 21.25, en)).toBe('21.25\u00a0°C');
    expect(writtenText(sensorKind(sensor({ unit: null, options: [option(1, 'on', 'On')] })), 1, en)).toBe('On');
  });
});
