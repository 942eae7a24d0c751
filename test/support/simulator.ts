import { type Clock, systemClock } from '../../src/domain/clock.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../src/simulator/simulator.ts';

/** Goes as fast as the real one. What a simulated house does hangs on season and hour, what a test expects must not. */
function winterNoon(): Clock {
  const aheadMs = Date.UTC(2026, 0, 15, 12) - systemClock.now();
  return { ...systemClock, now: () => systemClock.now() + aheadMs };
}

/** A simulated Navigator 2.0 on a free port, quick to answer and to take effect; it is noon in January there. */
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
    clock: winterNoon(),
    ...overrides,
  });
}
