import { readFileSync } from 'node:fs';
import {
  type GraphQLOutputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { schema } from '../../src/graphql/schema.ts';

const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
const BUILT_IN = ['ID', 'String', 'Int', 'Float', 'Boolean'];

describe('the schema', () => {
  it('describes every type, field, argument, input and enum value', () => {
    const bare: string[] = [];
    let visited = 0;
    const check = (place: string, { description }: { description?: string | null | undefined }) => {
      visited++;
      if (!description?.trim()) bare.push(place);
    };
    for (const type of types) {
      if (BUILT_IN.includes(type.name)) continue;
      check(type.name, type);
      if (isEnumType(type)) for (const value of type.getValues()) check(`${type.name}.${value.name}`, value);
      if (isInputObjectType(type))
        for (const field of Object.values(type.getFields())) check(`${type.name}.${field.name}`, field);
      if (!isObjectType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        check(`${type.name}.${field.name}`, field);
        for (const arg of field.args) check(`${type.name}.${field.name}(${arg.name})`, arg);
      }
    }
    expect(bare).toStrictEqual([]);
    expect(visited).toBeGreaterThan(300);
  });

  it('has lists that are never null and hold no null', () => {
    const isStrict = (type: GraphQLOutputType) =>
      !isListType(type) && (!isNonNullType(type) || !isListType(type.ofType) || isNonNullType(type.ofType.ofType));
    const fields = types
      .filter(isObjectType)
      .flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })));
    const loose = fields
      .filter(({ field }) => !isStrict(field.type))
      .map(({ type, field }) => `${type.name}.${field.name}`);
    expect(loose).toStrictEqual([]);
    expect(fields.length).toBeGreaterThan(120);
  });

  it('has one input and one payload of its own for every mutation', () => {
    const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
    for (const { name, args, type } of mutations) {
      const stem = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
      expect(args.map((arg) => [arg.name, String(arg.type)])).toStrictEqual([['input', `${stem}Input!`]]);
      expect(getNamedType(type).name).toBe(`${stem}Payload`);
    }
    const contract = [
      'addHeatpump updateHeatpump removeHeatpump setHeatpumpEnabled testConnection writeSensor',
      'createDashboard updateDashboard deleteDashboard reorderDashboards createJob updateJob deleteJob runJob',
      'createAlert updateAlert deleteAlert acknowledgeAlert',
    ].flatMap((names) => names.split(' '));
    expect(mutations.map(({ name }) => name)).toStrictEqual(expect.arrayContaining(contract));
  });

  it('has every name of the contract', () => {
    const fieldsOf = (name: string) => {
      const type = schema.getType(name);
      return isObjectType(type) || isInputObjectType(type)
        ? Object.values(type.getFields()).map((f) => `${f.name}: ${String(f.type)}`)
        : [];
    };
    const contract: Record<string, string> = {
      Heatpump:
        'id: ID!,name: String!,enabled: Boolean!,isDefault: Boolean!,readOnly: Boolean!,manufacturer: Manufacturer!,model: HeatpumpModel!,connection: ConnectionSettings!,config: JSON!,capabilities: Capabilities!,status: HeatpumpStatus!,sensors: [Sensor!]!,readings: [Reading!]!,dashboards: [Dashboard!]!,jobs: [Job!]!,alerts: [Alert!]!,createdAt: DateTime!,updatedAt: DateTime!',
      HeatpumpStatus:
        'state: ConnectionState!,since: DateTime!,lastReadAt: DateTime,lastError: DeviceError,consecutiveFailures: Int!,nextAttemptAt: DateTime,lastPoll: PollStats',
      DeviceError: 'code: String!,message: String!,at: DateTime!',
      PollStats: 'durationMs: Int!,requests: Int!,registers: Int!',
      Sensor:
        'key: String!,name: String!,category: SensorCategory!,quantity: Quantity,unit: String,dataType: DataType!,access: AccessMode!,min: Float,max: Float,step: Float,options: [SensorOption!]!,writeHazard: WriteHazard,register: RegisterInfo!,source: String!,confidence: Confidence!',
      SensorOption: 'value: Int!,name: String!,label: String!',
      Reading: 'key: String!,sensor: Sensor!,value: Float,text: String,quality: Quality!,observedAt: DateTime',
      ReadingsEvent:
        'heatpump: Heatpump!,complete: Boolean!,revision: Int!,observedAt: DateTime!,readings: [Reading!]!',
      Manufacturer: 'id: ID!,name: String!,models: [HeatpumpModel!]!',
      HeatpumpModel:
        'id: ID!,name: String!,manufacturer: Manufacturer!,protocol: String!,defaultPort: Int!,configFields: [ConfigField!]!,capabilities: Capabilities!,sensors: [Sensor!]!,setupInstructions: [String!]!,defaultDashboard: DashboardTemplate!',
      Write:
        'id: ID!,heatpump: Heatpump!,key: String!,requested: Float!,previous: Float,confirmed: Float,state: WriteState!,reason: String,requestedAt: DateTime!,settledAt: DateTime',
      ConnectionTest:
        'ok: Boolean!,code: ConnectionTestCode!,message: String!,latencyMs: Float,firmware: String,readings: [Reading!]!',
      ConnectionSettings: 'host: String!,port: Int!,unitId: Int!,timeoutMs: Int!',
      AddHeatpumpInput:
        'name: String!,manufacturer: ID!,model: ID!,connection: ConnectionInput!,config: JSON,enabled: Boolean,pollIntervalMs: Int,readOnly: Boolean',
      WriteSensorInput: 'heatpumpId: ID,key: String!,value: SensorValue!',
      AddHeatpumpPayload: 'heatpump: Heatpump!',
      RemoveHeatpumpPayload: 'removedId: ID!',
      TestConnectionPayload: 'result: ConnectionTest!',
      WriteSensorPayload: 'write: Write!',
      AlertEvent: 'alert: Alert!,heatpump: Heatpump!,state: AlertStateName!,previous: AlertStateName!,at: DateTime!',
    };
    for (const [name, fields] of Object.entries(contract)) {
      expect(fieldsOf(name), name).toStrictEqual(expect.arrayContaining(fields.split(',')));
    }
    const rootFields = [schema.getQueryType(), schema.getSubscriptionType()].flatMap((type) =>
      Object.keys(type?.getFields() ?? {}),
    );
    const contractFields = [
      'heatpumps heatpump manufacturers model dashboards dashboard jobs alerts history',
      'readings heatpumpStatus writes alertEvents',
    ].flatMap((names) => names.split(' '));
    expect(rootFields).toStrictEqual(expect.arrayContaining(contractFields));
  });

  it('is written down as it is', async () => {
    const { lexicographicSortSchema, printSchema } = await import('graphql');
    const written = readFileSync(new URL('../../src/graphql/schema.graphql', import.meta.url), 'utf8');
    expect(written).toBe(`${printSchema(lexicographicSortSchema(schema))}\n`);
  });
});
