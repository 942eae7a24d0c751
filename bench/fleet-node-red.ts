import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { FLEET_INTERVAL_MS, FLEET_REGISTERS } from './fleet-model.ts';
import { measureFleet } from './fleet-window.ts';
import { benchFolder } from './history-parts.ts';
import { RIVALS } from './processes.ts';

/** The part of Node-RED's runtime that is used here. */
interface NodeRed {
  init(settings: object): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** The rival: Node-RED without its editor; for each unit a client, a node that reads it each second, and one that takes the answer. */
const ports = process.argv.slice(2).map(Number);
const readAt = ports.map(() => Date.now());
let reads = 0;
const RED: NodeRed = createRequire(`${RIVALS}package.json`)('node-red');

const nodesFor = (port: number, index: number): object[] => [
  {
    ...{ id: `client-${index}`, type: 'modbus-client', name: `client ${index}`, clienttype: 'tcp' },
    ...{ bufferCommands: true, stateLogEnabled: false, queueLogEnabled: false, failureLogEnabled: false },
    ...{ tcpHost: '127.0.0.1', tcpPort: String(port), tcpType: 'DEFAULT', unit_id: '1', commandDelay: '1' },
    ...{ clientTimeout: '3000', reconnectOnTimeout: true, reconnectTimeout: '2000', parallelUnitIdsAllowed: true },
  },
  {
    ...{ id: `read-${index}`, type: 'modbus-read', z: 'flow', name: '', topic: '', showStatusActivities: false },
    ...{ logIOActivities: false, showErrors: false, unitid: '1', dataType: 'HoldingRegister', adr: '0' },
    ...{ quantity: String(FLEET_REGISTERS), rate: String(FLEET_INTERVAL_MS), rateUnit: 'ms', delayOnStart: false },
    ...{ startDelayTime: '', server: `client-${index}`, useIOFile: false, emptyMsgOnFail: false },
    wires: [[`take-${index}`], []],
  },
  {
    ...{ id: `take-${index}`, type: 'function', z: 'flow', name: '', outputs: 0, wires: [] },
    func: `global.get('take')(${index});`,
  },
];

const userDir = benchFolder();
writeFileSync(
  join(userDir, 'flows.json'),
  JSON.stringify([{ id: 'flow', type: 'tab', label: 'fleet' }, ...ports.flatMap(nodesFor)]),
);
RED.init({
  ...{ httpAdminRoot: false, httpNodeRoot: false, userDir, flowFile: 'flows.json' },
  nodesDir: `${RIVALS}node_modules/node-red-contrib-modbus`,
  ...{ logging: { console: { level: 'fatal', metrics: false, audit: false } }, telemetry: { enabled: false } },
  functionGlobalContext: {
    take: (index: number) => {
      readAt[index] = Date.now();
      reads++;
    },
  },
});
await RED.start();
await measureFleet({ reads: () => reads, readAt: () => readAt, stop: () => RED.stop() });
