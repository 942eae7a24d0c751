import SchemaBuilder from '@pothos/core';
import { ACCESS_RULES } from './access-rules.ts';
import type { Context } from './context.ts';

/** The types behind the schema. Times are milliseconds UTC inside and `DateTime` outside. */
interface SchemaTypes {
  Context: Context;
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: number; Output: number };
    JSON: { Input: unknown; Output: unknown };
    SensorValue: { Input: number | boolean | string; Output: number | boolean | string };
  };
}

/** The one schema builder; every file beside it adds its domain type, and says of each field of a root who may ask for it. */
export const builder = new SchemaBuilder<SchemaTypes>({ defaultFieldNullability: false, plugins: [ACCESS_RULES] });

builder.queryType({ description: 'Everything that can be asked.' });
builder.mutationType({ description: 'Everything that can be changed. A refused change changes nothing.' });
builder.subscriptionType({
  description: 'Everything that can be listened to. A slow listener gets the newest state, never a backlog.',
});

/** What the fields of an object type over a `T` are made with. */
export type FieldsOf<T> = PothosSchemaTypes.ObjectFieldBuilder<PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>, T>;

/** An enum type whose every value is described. */
export function enumType<const T extends string>(name: string, description: string, values: Record<T, string>) {
  const described = Object.fromEntries(
    Object.entries<string>(values).map(([value, valueDescription]) => [value, { description: valueDescription }]),
  ) as Record<T, { description: string }>;
  return builder.enumType(name, { description, values: described });
}
