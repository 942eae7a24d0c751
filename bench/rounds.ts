/** CPU time of one round, as a client process reports it. */
export interface Round {
  readonly polls: number;
  /** User and system time of the whole process. */
  readonly cpuMicros: number;
}

/** Polls as often as the parent asks, and reports what each round cost. */
export function answerRounds(poll: () => Promise<void>): void {
  process.on('message', (polls: number) => void run(polls, poll));
}

async function run(polls: number, poll: () => Promise<void>): Promise<void> {
  const before = process.cpuUsage();
  for (let count = 0; count < polls; count++) await poll();
  const { user, system } = process.cpuUsage(before);
  const round: Round = { polls, cpuMicros: user + system };
  process.send?.(round);
}
