import { systemClock } from '../../src/domain/clock.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../src/simulator/simulator.ts';

/** A simulated Navigator 2.0 on a free port, quick to answer and to take effect. */
export function startTestSimulator(overrides: Partial<SimulatorOptions> = {}): Promise<Simulator> {
  return startSimulator({
    model: 'idm/navigator_2_0',
    host: '127.0.0.1',
    port: 0,
    unitId: 1,
    seed: 1,
    config: {},
    speed: 1,
    latencyMs: 0,
    idleTimeoutMs: 0,
    effectDelayMs: 0,
    clock: systemClock,
    ...overrides,
  });
}
