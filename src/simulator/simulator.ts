import type { Clock } from '../domain/clock.ts';
import type { DeviceIdentity } from '../domain/model.ts';
import { checkConfig } from '../drivers/config.ts';
import type { Driver } from '../drivers/driver.ts';
import { DRIVERS } from '../drivers/index.ts';
import { altherma } from './daikin-altherma.ts';
import { SimulatedDevice } from './device.ts';
import { navigator20 } from './idm-navigator-2-0.ts';
import { luxtronik21 } from './luxtronik-2-1.ts';
import { listenModbus, type ModbusServer, type ServerOptions } from './modbus-server.ts';
import { sSeries } from './nibe-s-series.ts';
import type { DeviceProfile } from './profile.ts';

const PROFILES: readonly DeviceProfile[] = [navigator20, altherma, luxtronik21, sSeries];

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
  /** The model's own settings; what is left out is as the driver assumes. Throws `BAD_USER_INPUT` if wrong. */
  readonly config: Readonly<Record<string, unknown>>;
  /** What the unit is, instead of what its profile says. */
  readonly identity?: DeviceIdentity;
  /** Keys of sensors that this unit does not have. */
  readonly absent?: readonly string[];
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
  const { maxWordsPerSecond, restartMs } = find(options.model).profile.behaviour;
  const overload = maxWordsPerSecond === null ? null : { maxWordsPerSecond, restartMs };
  const devices = new Map([[options.unitId, device]]);
  const server = await listenModbus(devices, options.host, options.port, { ...options, overload });
  return Object.assign(server, { device });
}

/** A simulated heat pump without a line. Throws RangeError for an unknown model. */
export function simulatedDevice(options: Omit<SimulatorOptions, 'host' | 'port' | 'unitId'>): SimulatedDevice {
  const { profile, driver } = find(options.model);
  const config = checkConfig(driver.configFields, options.config, ['config']);
  const sensors = driver
    .sensors(profile.registers ?? config, options.identity ?? profile.identity)
    .filter(({ key }) => !options.absent?.includes(key));
  return new SimulatedDevice({ ...options, config, profile, sensors });
}

function find(name: string): { readonly profile: DeviceProfile; readonly driver: Driver } {
  const isNamed = (manufacturer: string, model: string) => `${manufacturer}/${model}` === name;
  const profile = PROFILES.find(({ manufacturer, model }) => isNamed(manufacturer, model));
  const driver = DRIVERS.find(({ manufacturer, id }) => isNamed(manufacturer.id, id));
  if (profile && driver) return { profile, driver };
  throw new RangeError(`unknown model ${name}; known: ${SIMULATED_MODELS.join(', ')}`);
}
