import SchemaBuilder, {
  BasePlugin,
  type FieldNullability,
  type InputFieldMap,
  type PothosOutputFieldConfig,
  type SchemaTypes,
  type TypeParam,
} from '@pothos/core';
import type { GraphQLFieldResolver } from 'graphql';
import type { Role } from '../domain/access.ts';
import type { AuditKind } from '../domain/audit.ts';
import { audited } from './audited.ts';

/** Who may ask for a field: anybody, or those of a role and above. */
export type FieldAccess = 'PUBLIC' | Role;

/** What the schema keeps of a field's rules, in its `extensions`. */
export interface FieldRules {
  readonly access: FieldAccess;
  /** Set for every mutation. */
  readonly audit?: AuditKind;
}

/** What is asked of a field that does not say: its type has been reached by a field that has. */
const INHERITED: FieldAccess = 'VIEWER';
/** What is asked of a query, mutation or subscription that does not say, as the compiler demands. */
const UNDECLARED: FieldAccess = 'ADMIN';

const IN_WORDS: Record<FieldAccess, string> = {
  PUBLIC: 'Open to everyone.',
  VIEWER: '',
  OPERATOR: 'Needs the role OPERATOR.',
  ADMIN: 'Needs the role ADMIN.',
};

declare global {
  export namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      accessRules: AccessRules<Types>;
    }
    interface ObjectFieldOptions<
      Types extends SchemaTypes,
      ParentShape,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveReturnShape,
    > {
      /** Who may ask for it, if not everyone who may see its object. */
      access?: FieldAccess;
    }
    interface QueryFieldOptions<
      Types extends SchemaTypes,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveReturnShape,
    > {
      /** Who may ask for it. */
      access: FieldAccess;
    }
    interface MutationFieldOptions<
      Types extends SchemaTypes,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveReturnShape,
    > {
      /** Who may do it. */
      access: FieldAccess;
      /** What kind of thing it changes, as it is noted in the audit. */
      audit: AuditKind;
    }
    interface SubscriptionFieldOptions<
      Types extends SchemaTypes,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveShape,
      ResolveReturnShape,
    > {
      /** Who may listen. */
      access: FieldAccess;
    }
  }
}

/** Keeps the rules of each field in the schema, where {@link accessCheck} finds them, tells them in its description, and has every mutation noted. */
class AccessRules<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(field: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const { access, audit } = field.pothosOptions as unknown as Partial<FieldRules>;
    const isRoot = field.kind !== 'Object' && field.kind !== 'Interface';
    const rules: FieldRules = { access: access ?? (isRoot ? UNDECLARED : INHERITED), ...(audit && { audit }) };
    const description = [field.description, IN_WORDS[rules.access]].filter(Boolean).join(' ');
    return { ...field, description, extensions: { ...field.extensions, ...rules } };
  }

  override wrapResolve(
    resolve: GraphQLFieldResolver<unknown, Types['Context'], object>,
    { kind, name, pothosOptions }: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    const { audit } = pothosOptions as unknown as Partial<FieldRules>;
    return kind === 'Mutation' && audit ? (audited(name, audit, resolve as never) as never) : resolve;
  }
}

/** The name of the plugin that keeps the rules of who may ask for what. */
export const ACCESS_RULES = 'accessRules';

SchemaBuilder.registerPlugin(ACCESS_RULES, AccessRules);
