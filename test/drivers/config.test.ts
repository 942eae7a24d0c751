import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/domain/errors.ts';
import { checkConfig } from '../../src/drivers/config.ts';
import { navigator20 } from '../../src/drivers/idm/navigator-2-0.ts';

const check = (input: unknown) => checkConfig(navigator20.configFields, input, ['input', 'config']);

function issuesOf(input: unknown): unknown[] {
  try {
    check(input);
  } catch (thrown) {
    if (thrown instanceof AppError) return [thrown.code, ...thrown.issues.map(({ path }) => path)];
  }
  return [];
}

describe('checkConfig', () => {
  it('fills in what is left out', () => {
    expect(check(undefined)).toStrictEqual({ circuits: ['A'], zones: [] });
    expect(check({ zones: [3] })).toStrictEqual({ circuits: ['A'], zones: [3] });
  });

  it('brings choices into order, each once', () => {
    expect(check({ circuits: ['C', 'A', 'C'], zones: [9, 0] })).toStrictEqual({ circuits: ['A', 'C'], zones: [0, 9] });
    expect(check({ circuits: [] })).toStrictEqual({ circuits: [], zones: [] });
  });

  it('names every offending value', () => {
    expect(issuesOf({ circuits: ['A', 'H'], zones: [10, '1'] })).toStrictEqual([
      'BAD_USER_INPUT',
      ['input', 'config', 'circuits', 1],
      ['input', 'config', 'zones', 0],
      ['input', 'config', 'zones', 1],
    ]);
    expect(issuesOf({ circuits: 'A' })).toStrictEqual(['BAD_USER_INPUT', ['input', 'config', 'circuits']]);
    expect(issuesOf({ rooms: 1 })).toStrictEqual(['BAD_USER_INPUT', ['input', 'config', 'rooms']]);
    expect(issuesOf('A')).toStrictEqual(['BAD_USER_INPUT', ['input', 'config']]);
    expect(issuesOf([])).toStrictEqual(['BAD_USER_INPUT', ['input', 'config']]);
  });
});
