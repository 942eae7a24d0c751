import type { Clock } from '../domain/clock.ts';
import { messageOf } from '../domain/errors.ts';
import type { Logger } from '../domain/logger.ts';

/** One step of stopping. */
export interface StopStep {
  /** What is ended, for the log. */
  readonly name: string;
  /** How long it may take before the next begins all the same. */
  readonly maxMs: number;
  run(): unknown;
}

/** Takes one step after the other. One that fails, or takes too long, is logged and keeps none of the others from being taken. */
export async function stopInSteps(steps: readonly StopStep[], clock: Clock, logger: Logger): Promise<void> {
  for (const step of steps) {
    const problem = await new Promise<string | null>((resolve) => {
      const timer = clock.setTimeout(() => resolve(`not done within ${step.maxMs} ms`), step.maxMs);
      const settle = (outcome: string | null) => {
        clock.clearTimeout(timer);
        resolve(outcome);
      };
      Promise.resolve()
        .then(() => step.run())
        .then(
          () => settle(null),
          (thrown: unknown) => settle(messageOf(thrown)),
        );
    });
    if (problem !== null)
      logger.error({ step: step.name, problem }, 'stopping goes on without having ended everything');
  }
}
