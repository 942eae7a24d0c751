import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sensor } from '../src/domain/sensor.ts';
import type { Driver } from '../src/drivers/driver.ts';
import { DRIVERS } from '../src/drivers/index.ts';
import { ROOT } from './steps.ts';

// Writes docs/sensors: one table per model with every sensor of its largest installation, as the driver has it.
const FOLDER = join(ROOT, 'docs/sensors');
mkdirSync(FOLDER, { recursive: true });
for (const driver of DRIVERS) {
  writeFileSync(join(FOLDER, `${driver.manufacturer.id}-${driver.id}.md`), page(driver));
}

function page(driver: Driver): string {
  const sensors = [...sensorsOfAll(driver).values()];
  const writable = sensors.filter(({ access }) => access !== 'READ_ONLY').length;
  return `# ${driver.manufacturer.name} ${driver.name}: every sensor

${sensors.length} sensors, ${writable} of them writable. Made from the driver by \`npm run generate\`; addresses are as they go on the wire.

| key | name | table | address | type | scale | unit | access | range | hazard | quantity | source | confidence |
|---|---|---|---|---|---|---|---|---|---|---|---|---|
${sensors.map(row).join('\n')}
`;
}

/** The sensors of all example installations, each once. */
function sensorsOfAll(driver: Driver): Map<string, Sensor> {
  const all = Object.values(driver.exampleConfigs).flatMap((config) => driver.sensors(config));
  const byPlace = (a: Sensor, b: Sensor) =>
    a.register.table.localeCompare(b.register.table, 'en') || a.register.address - b.register.address;
  return new Map([...all].sort(byPlace).map((sensor) => [sensor.key, sensor]));
}

function row({
  key,
  name,
  register,
  unit,
  access,
  writeHazard,
  quantity,
  circuit,
  source,
  confidence,
  ...limits
}: Sensor) {
  const { table, address, dataType, scale, wordOrder } = register;
  const isTwoWords = dataType.endsWith('32');
  const cells = [
    `\`${key}\``,
    name.EN,
    table.toLowerCase(),
    address,
    `${dataType.toLowerCase()}${isTwoWords ? `, ${wordOrder === 'LITTLE' ? 'low' : 'high'} word first` : ''}`,
    scale,
    unit ?? '',
    access.toLowerCase().replace('_', '-'),
    range(limits),
    writeHazard?.toLowerCase() ?? '',
    quantity ? `${quantity}${circuit ? ` (${circuit})` : ''}` : '',
    source,
    confidence.toLowerCase(),
  ];
  return `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
}

function range({ min, max, step, options }: Pick<Sensor, 'min' | 'max' | 'step' | 'options'>): string {
  if (options.length > 0) return options.map(({ value, name }) => `${value} ${name}`).join(', ');
  if (min === null && max === null) return '';
  return `${min ?? ''} … ${max ?? ''}${step === null ? '' : `, step ${step}`}`;
}
