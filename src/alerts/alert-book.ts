import { type Alert, type AlertState, INITIAL_STATE } from '../domain/alert.ts';

/** All alerts and their states, in memory; what is in here is on disk already. */
export class AlertBook {
  readonly #alerts = new Map<string, Alert>();
  /** By alert, then by heat pump. */
  readonly #states = new Map<string, Map<string, AlertState>>();

  /** Every alert, oldest first. */
  list(): Alert[] {
    return [...this.#alerts.values()];
  }

  /** An alert; null if there is none with this id. */
  find(id: string): Alert | null {
    return this.#alerts.get(id) ?? null;
  }

  /** Adds an alert, or replaces the one with the same id. */
  set(alert: Alert): void {
    this.#alerts.set(alert.id, alert);
  }

  /** Removes an alert with its states. */
  delete(id: string): void {
    this.#alerts.delete(id);
    this.#states.delete(id);
  }

  /** The state of an alert for a heat pump. */
  state(alertId: string, heatpumpId: string): AlertState {
    return this.#states.get(alertId)?.get(heatpumpId) ?? INITIAL_STATE;
  }

  /** The states of an alert that something has happened to, by heat pump. */
  states(alertId: string): ReadonlyMap<string, AlertState> {
    return this.#states.get(alertId) ?? new Map();
  }

  /** Takes over a state. */
  setState(alertId: string, heatpumpId: string, state: AlertState): void {
    const states = this.#states.get(alertId) ?? new Map<string, AlertState>();
    this.#states.set(alertId, states.set(heatpumpId, state));
  }

  /** Forgets a heat pump, the alerts that watched it alone, and the states of the others. */
  removeHeatpump(heatpumpId: string): void {
    for (const alert of this.list()) if (alert.heatpumpId === heatpumpId) this.delete(alert.id);
    for (const states of this.#states.values()) states.delete(heatpumpId);
  }
}
