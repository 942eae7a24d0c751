import { GraphQLError } from 'graphql';
import { builder } from './builder.ts';

const MAX_TEXT_LENGTH = 100;

/** A bad value of a scalar; graphql-js adds where it was found. */
function invalid(message: string): GraphQLError {
  return new GraphQLError(message);
}

builder.scalarType('DateTime', {
  description: 'A time in UTC as ISO 8601 text, e.g. "2026-11-24T12:00:00.000Z".',
  serialize: (timeMs) => new Date(timeMs).toISOString(),
  parseValue: (value) => {
    const timeMs = typeof value === 'string' ? Date.parse(value) : Number.NaN;
    if (Number.isNaN(timeMs)) throw invalid('must be a time as ISO 8601 text');
    return timeMs;
  },
});

builder.scalarType('JSON', {
  description: 'Any JSON value.',
  serialize: (value) => value,
  parseValue: (value) => value,
});

builder.scalarType('SensorValue', {
  description: 'A value to write: a number in the unit of the sensor, a boolean, or the name of an option.',
  serialize: (value) => value,
  parseValue: (value) => {
    if (typeof value === 'boolean') return value;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    if (typeof value === 'string' && value.length <= MAX_TEXT_LENGTH) return value;
    throw invalid('must be a number, a boolean or the name of an option');
  },
});
