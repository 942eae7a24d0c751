import { QUANTITIES, type Quantity, quantityInfo } from '../domain/quantity.ts';
import { type DataType, type Register, type RegisterTable, type WordOrder, wordCount } from '../domain/register.ts';
import type {
  AccessMode,
  Confidence,
  PollGroup,
  Sensor,
  SensorCategory,
  SensorOption,
  WriteHazard,
} from '../domain/sensor.ts';
import { builder, enumType } from './builder.ts';
import { LANGUAGE_ARGS, localize } from './language.ts';

export const SensorCategoryType = enumType<SensorCategory>('SensorCategory', 'What kind of value a sensor has.', {
  TEMPERATURE: 'A measured temperature.',
  HUMIDITY: 'A measured humidity.',
  POWER: 'A power.',
  ENERGY: 'An energy counter.',
  PRICE: 'A price.',
  STATUS: 'A state, mode or output of the machine.',
  BINARY: 'A state that is on or off.',
  SETPOINT: 'A setting that the heat pump keeps.',
  CONTROL: 'A request or value that the heat pump is fed from outside.',
});

export const QuantityType = enumType<Quantity>(
  'Quantity',
  'The one vocabulary above all manufacturers, each quantity with one unit.',
  Object.fromEntries(Object.keys(QUANTITIES).map((name) => [name, describeQuantity(name as Quantity)])) as Record<
    Quantity,
    string
  >,
);

function describeQuantity(quantity: Quantity): string {
  const { unit } = quantityInfo(quantity);
  const words = quantity.toLowerCase().replaceAll('_', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${unit ? ` in ${unit}` : ''}.`;
}

const AccessModeType = enumType<AccessMode>('AccessMode', 'Whether a sensor can be read, written, or both.', {
  READ_ONLY: 'Can be read.',
  READ_WRITE: 'Can be read and written.',
  WRITE_ONLY: 'Can be written; what is there cannot be read.',
});

const PollGroupType = enumType<PollGroup>('PollGroup', 'How often a sensor is read.', {
  LIVE: 'With every poll.',
  SETTING:
    'In turn, after six polls or a minute, whichever is sooner; at once after a write to it and when the heat pump is reached anew.',
});

const WriteHazardType = enumType<WriteHazard>('WriteHazard', 'What a write costs.', {
  EEPROM: 'Every write wears the memory of the heat pump: write on change only, never cyclically.',
  CYCLIC: 'The heat pump expects the value to be refreshed again and again.',
});

const ConfidenceType = enumType<Confidence>('Confidence', 'How well the facts about a sensor are founded.', {
  MANUFACTURER: 'In the document of the manufacturer.',
  FIELD: 'Seen on a real device.',
  COMMUNITY: 'In public code only.',
  ASSUMED: 'Our own guess.',
});

const DataTypeType = enumType<DataType>('DataType', 'How the words of a register make a value.', {
  INT8: 'The low byte of one word, signed.',
  UINT8: 'The low byte of one word, unsigned.',
  INT16: 'One word, signed.',
  UINT16: 'One word, unsigned.',
  INT32: 'Two words, signed.',
  UINT32: 'Two words, unsigned.',
  FLOAT32: 'Two words, IEEE 754.',
  BOOL: 'One word, 0 or 1.',
  BITFIELD16: 'One word; each bit is a state of its own.',
  BITFIELD32: 'Two words; each bit is a state of its own.',
  TEXT16: 'One word with two ASCII characters.',
});

const RegisterTableType = enumType<RegisterTable>('RegisterTable', 'The Modbus table a register lies in.', {
  HOLDING: 'Holding registers, read by function 3.',
  INPUT: 'Input registers, read by function 4.',
  COIL: 'Coils, one bit each, read by function 1.',
  DISCRETE: 'Discrete inputs, one bit each, read by function 2.',
});

export const WordOrderType = enumType<WordOrder>('WordOrder', 'Which word of a 32-bit value comes first.', {
  BIG: 'The high word.',
  LITTLE: 'The low word.',
});

const RegisterInfo = builder.objectRef<Register>('RegisterInfo').implement({
  description: 'Where a value lies on the wire and how it is coded there: value = raw * scale + offset.',
  extensions: { isImmutable: true },
  fields: (t) => ({
    table: t.expose('table', { type: RegisterTableType, description: 'The Modbus table.' }),
    address: t.exposeInt('address', { description: 'The address as it goes on the wire, counted from 0.' }),
    words: t.int({ description: 'How many words it takes.', resolve: ({ dataType }) => wordCount(dataType) }),
    wordOrder: t.expose('wordOrder', { type: WordOrderType, description: 'Of 32-bit values when read.' }),
    writeWordOrder: t.expose('writeWordOrder', { type: WordOrderType, description: 'Of 32-bit values when written.' }),
    scale: t.exposeFloat('scale', { description: 'Factor from the raw number to the value.' }),
    offset: t.exposeFloat('offset', { description: 'Added after scaling.' }),
    notAvailable: t.exposeFloatList('notAvailable', { description: 'Raw numbers that mean "not available".' }),
  }),
});

const SensorOptionType = builder.objectRef<SensorOption>('SensorOption').implement({
  description: 'One of the values an option sensor can take.',
  extensions: { isImmutable: true },
  fields: (t) => ({
    value: t.exposeInt('value', { description: 'The number; the mask of the bit for a bit field.' }),
    name: t.exposeString('name', { description: 'Identifier, as in Reading.text; accepted when writing.' }),
    label: t.string({
      description: 'The option in words.',
      args: LANGUAGE_ARGS,
      resolve: ({ label }, args) => localize(label, args),
    }),
  }),
});

export const SensorType = builder.objectRef<Sensor>('Sensor').implement({
  description: 'One value of a heat pump: what it means, where it lies, what may be written and who says so.',
  extensions: { isImmutable: true },
  fields: (t) => ({
    key: t.exposeString('key', { description: 'Identifier, unique within a heat pump.' }),
    name: t.string({
      description: 'What it is called.',
      args: LANGUAGE_ARGS,
      resolve: ({ name }, args) => localize(name, args),
    }),
    category: t.expose('category', { type: SensorCategoryType, description: 'What kind of value it has.' }),
    circuit: t.exposeString('circuit', {
      nullable: true,
      description: 'The circuit its quantity is of; null: of the heat pump as a whole.',
    }),
    quantity: t.expose('quantity', {
      type: QuantityType,
      nullable: true,
      description: 'The quantity it is the source of.',
    }),
    unit: t.exposeString('unit', { nullable: true, description: 'Unit of its values, e.g. "°C".' }),
    dataType: t.field({
      type: DataTypeType,
      description: 'How it is coded.',
      resolve: ({ register }) => register.dataType,
    }),
    pollGroup: t.expose('pollGroup', { type: PollGroupType, description: 'How often it is read.' }),
    access: t.expose('access', { type: AccessModeType, description: 'Whether it can be read or written.' }),
    min: t.exposeFloat('min', { nullable: true, description: 'Smallest value that may be written, in its unit.' }),
    max: t.exposeFloat('max', { nullable: true, description: 'Largest value that may be written, in its unit.' }),
    step: t.exposeFloat('step', { nullable: true, description: 'Written values must be multiples of it.' }),
    options: t.expose('options', { type: [SensorOptionType], description: 'The values it can take; empty if any.' }),
    writeHazard: t.expose('writeHazard', { type: WriteHazardType, nullable: true, description: 'What a write costs.' }),
    isHoldable: t.boolean({
      description: 'Whether its value can be held by "holdValue".',
      resolve: ({ hold }) => hold !== null,
    }),
    volatileTwin: t.exposeString('volatileTwin', {
      nullable: true,
      description: 'The key of a sensor that does the same without wearing the memory; null: none is known.',
    }),
    settleMs: t.exposeInt('settleMs', { description: 'How long a written value may take to show, in milliseconds.' }),
    register: t.expose('register', { type: RegisterInfo, description: 'Where it lies on the wire.' }),
    source: t.exposeString('source', { description: 'Document and page, or public code, the facts come from.' }),
    confidence: t.expose('confidence', { type: ConfidenceType, description: 'How well that is founded.' }),
  }),
});
