import type { Quality, Reading } from '../domain/snapshot.ts';
import { builder, enumType } from './builder.ts';
import { SensorType } from './sensor.ts';

export const QualityType = enumType<Quality>('Quality', 'How far a reading can be trusted.', {
  GOOD: 'As the heat pump last said.',
  STALE: 'Older than three poll intervals: do not act on it.',
  MISSING: 'The heat pump itself says "not available".',
  FAILED: 'It could not be read, or what was read means nothing.',
});

export const ReadingType = builder.objectRef<Reading>('Reading').implement({
  description: 'One value of a heat pump at one time. Only GOOD and STALE readings carry a value or text.',
  extensions: { isImmutable: true },
  fields: (t) => ({
    key: t.string({ description: 'The key of its sensor.', resolve: ({ sensor }) => sensor.key }),
    sensor: t.expose('sensor', { type: SensorType, description: 'What was read.' }),
    value: t.exposeFloat('value', {
      nullable: true,
      description: 'The number in the unit of the sensor; booleans are 0 or 1, options their number.',
    }),
    text: t.exposeString('text', {
      nullable: true,
      description: 'The name of the option, or the text of the register.',
    }),
    quality: t.expose('quality', { type: QualityType, description: 'How far it can be trusted.' }),
    observedAt: t.expose('observedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the heat pump said so; null if it could not be read.',
    }),
  }),
});
