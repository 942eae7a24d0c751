import type { Clock } from '../domain/clock.ts';
import { DRIVERS } from '../drivers/index.ts';
import { SimulatedDevice } from './device.ts';
import { navigator20 } from './idm-navigator-2-0.ts';
import { listenModbus, type ModbusServer, type ServerOptions } from './modbus-server.ts';
import type { DeviceProfile } from './profile.ts';

const PROFILES: readonly DeviceProfile[] = [navigator20];

/** The models that can be simulated, as `manufacturer/model`. */
export const SIMULATED_MODELS = PROFILES.map(({ manufacturer, model }) => `${manufacturer}/${model}`);

/** Which heat pump to simulate, and where. */
export interface SimulatorOptions extends ServerOptions {
  /** One of {@link SIMULATED_MODELS}. */
  readonly model: string;
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly unitId: number;
  /** Different seeds give different buildings. */
  readonly seed: number;
  readonly circuits: readonly string[];
  readonly zones: readonly number[];
  readonly speed: number;
  readonly effectDelayMs: number;
  readonly clock: Clock;
}

/** A running simulated heat pump. */
export interface Simulator extends ModbusServer {
  readonly device: SimulatedDevice;
}

/** Starts a heat pump on real Modbus TCP. Throws RangeError for an unknown model. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const device = simulatedDevice(options);
  const server = await listenModbus(new Map([[options.unitId, device]]), options.host, options.port, options);
  return { ...server, device };
}

/** A simulated heat pump without a line. Throws RangeError for an unknown model. */
export function simulatedDevice(options: Omit<SimulatorOptions, 'host' | 'port' | 'unitId'>): SimulatedDevice {
  const profile = PROFILES.find(({ manufacturer, model }) => `${manufacturer}/${model}` === options.model);
  const driver = DRIVERS.find(
    ({ manufacturer, id }) => manufacturer.id === profile?.manufacturer && id === profile.model,
  );
  if (!profile || !driver)
    throw new RangeError(`unknown model ${options.model}; known: ${SIMULATED_MODELS.join(', ')}`);
  const { circuits, zones } = options;
  return new SimulatedDevice({ ...options, profile, sensors: driver.sensors({ circuits, zones }) });
}
