/** Time that jobs may take within one frame. */
const BUDGET_MS = 8;

const waiting = new Map<object, () => void>();

/**
 * Runs a job in one of the next frames. Of several jobs of one owner only the newest is run, and a frame takes no more jobs
 * than fit into it: a page of many live charts stays smooth.
 */
export function runInFrame(owner: object, job: () => void): void {
  if (waiting.size === 0) requestAnimationFrame(runWaiting);
  waiting.set(owner, job);
}

/** Drops the job of an owner that is gone. */
export function forgetJob(owner: object): void {
  waiting.delete(owner);
}

function runWaiting(): void {
  const startedAt = performance.now();
  for (const [owner, job] of waiting) {
    waiting.delete(owner);
    job();
    if (performance.now() - startedAt > BUDGET_MS) break;
  }
  if (waiting.size > 0) requestAnimationFrame(runWaiting);
}
