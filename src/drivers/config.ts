import { badInput, type Issue } from '../domain/errors.ts';
import type { ConfigField, ConfigValue, ModelConfig } from '../domain/model.ts';

type Path = Issue['path'];

/**
 * Checks a model's own settings against its fields and fills in defaults. Chosen values come back in the order of
 * their options, each once. Throws `BAD_USER_INPUT` with the path of every offending value below `path`.
 */
export function checkConfig(fields: readonly ConfigField[], input: unknown, path: Path): ModelConfig {
  const given = toObject(input, path);
  const unknown = Object.keys(given).filter((key) => !fields.some((field) => field.key === key));
  const issues = [
    ...unknown.map((key) => ({
      path: [...path, key],
      message: `unknown; known are ${fields.map((f) => f.key).join(', ')}`,
    })),
    ...fields.flatMap((field) => issuesOf(field, given[field.key], [...path, field.key])),
  ];
  const [first, ...rest] = issues;
  if (first) throw badInput(first, ...rest);
  return Object.fromEntries(fields.map((field) => [field.key, normalized(field, given[field.key])]));
}

function toObject(input: unknown, path: Path): Readonly<Record<string, unknown>> {
  if (input === undefined || input === null) return {};
  if (typeof input === 'object' && !Array.isArray(input)) return input as Readonly<Record<string, unknown>>;
  throw badInput({ path, message: 'must be an object' });
}

function issuesOf(field: ConfigField, value: unknown, path: Path): Issue[] {
  if (value === undefined || isAuto(field, value)) return [];
  if (field.type === 'CHOICE') return isOption(field, value) ? [] : [{ path, message: allowed(field) }];
  if (!Array.isArray(value)) return [{ path, message: 'must be a list' }];
  return value.flatMap((item, index) =>
    isOption(field, item) ? [] : [{ path: [...path, index], message: allowed(field) }],
  );
}

function normalized(field: ConfigField, value: unknown): ConfigValue | readonly ConfigValue[] {
  if (value === undefined) return field.default;
  if (!Array.isArray(value)) return value as ConfigValue;
  return field.options.map((option) => option.value).filter((option) => value.includes(option));
}

function isAuto({ allowsAuto }: ConfigField, value: unknown): boolean {
  return allowsAuto && value === 'auto';
}

function isOption(field: ConfigField, value: unknown): boolean {
  return field.options.some((option) => option.value === value);
}

function allowed(field: ConfigField): string {
  const auto = field.allowsAuto ? '"auto" or ' : '';
  return `must be ${auto}one of ${field.options.map((option) => JSON.stringify(option.value)).join(', ')}`;
}
