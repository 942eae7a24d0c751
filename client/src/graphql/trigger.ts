import { createSignal } from 'solid-js';

/** Wakes who looked. Its signal is made when somebody first looks: most of what is known is never looked at. */
export class Trigger {
  #signal: ReturnType<typeof createSignal<undefined>> | undefined;

  track(): void {
    this.#signal ??= createSignal(undefined, { equals: false });
    this.#signal[0]();
  }

  wake(): void {
    this.#signal?.[1](undefined);
  }
}
