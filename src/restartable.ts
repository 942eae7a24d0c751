import { messageOf } from './domain/errors.ts';
import { Sequence } from './domain/sequence.ts';
import { stageUndo } from './operations/restore-swap.ts';
import { type ServerDeps, startServer, type ThermographServer } from './server.ts';

/** A server, whichever is running now. */
export interface RestartableServer {
  /** The one that was started first. */
  readonly first: ThermographServer;
  stop(): Promise<void>;
}

/** Who is told how it goes. */
export interface RestartListener {
  /** Another server has taken the place of the one before, at the same address. */
  restarted(server: ThermographServer): void;
  /** Nothing is running any more, and nothing can be started. */
  lost(): void;
}

/**
 * Starts a server that starts another one in its place after a restore, at the same address. If what was restored cannot be
 * used, what was there before comes back. Throws as {@link startServer} does.
 */
export async function startRestartable(deps: ServerDeps, listener: RestartListener): Promise<RestartableServer> {
  const changes = new Sequence();
  let isStopped = false;
  const restart = () => {
    const restarted = changes.run(async () => {
      if (isStopped) return;
      await server.stop();
      server = await startAgain({ ...deps, config, restart });
      listener.restarted(server);
    });
    restarted.catch((thrown: unknown) => {
      deps.logger.error({ error: messageOf(thrown) }, 'the server cannot be started again');
      listener.lost();
    });
  };
  let server = await startServer({ ...deps, restart });
  const config = { ...deps.config, port: Number(new URL(server.url).port) };
  const first = server;
  const stop = () => {
    isStopped = true;
    return changes.run(() => server.stop());
  };
  return { first, stop };
}

async function startAgain(deps: ServerDeps): Promise<ThermographServer> {
  try {
    return await startServer(deps);
  } catch (thrown) {
    // A port that was taken meanwhile says nothing of the data.
    if (thrown instanceof Error && 'syscall' in thrown) throw thrown;
    deps.logger.error(
      { error: messageOf(thrown) },
      'what was restored cannot be used; what was there before comes back',
    );
    stageUndo(deps.config.dataDir);
    return startServer(deps);
  }
}
