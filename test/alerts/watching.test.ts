import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AlertRuleInput } from '../../src/alerts/alert-input.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { AlertHouse } from '../support/alert-house.ts';
import { type HttpReceiver, startHttpReceiver } from '../support/receivers.ts';
import { startTestSimulator } from '../support/simulator.ts';

const HOT: AlertRuleInput = {
  type: 'THRESHOLD',
  key: 'temp_outside',
  comparison: 'ABOVE',
  threshold: 30,
  hysteresis: 1,
};

let house: AlertHouse;
let simulator: Simulator;
let receiver: HttpReceiver;
let id: string;

beforeEach(async () => {
  simulator = await startTestSimulator();
  receiver = await startHttpReceiver();
  house = await new AlertHouse().open();
  // What the simulated house has by itself depends on the time of the day.
  for (const key of ['temp_outside', 'temp_heat_storage']) simulator.device.force(key, 20);
  id = await house.add(simulator);
});

afterEach(async () => {
  await house.close();
  await simulator.close();
  await receiver.close();
});

/** Adds a channel to the receiver, and gives its id. */
async function addWebhook(): Promise<string> {
  const settings = { url: receiver.url };
  const channel = { name: 'Hook', type: 'WEBHOOK', settings, secret: 'a secret of 16 letters' } as const;
  return (await house.channels.create(channel)).id;
}

/** Sets the outdoor temperature, polls, and lets ten seconds pass. */
async function outdoor(...values: readonly number[]): Promise<void> {
  for (const value of values) {
    simulator.device.force('temp_outside', value);
    await house.poll(id);
    await house.pass(10_000);
  }
}

/** Sets the temperature of the heat storage, or takes its sensor away, and polls. */
async function storage(value: number | null): Promise<void> {
  simulator.device.force('temp_heat_storage', value);
  await house.poll(id);
}

const kinds = () => receiver.posts.map(({ body }) => (JSON.parse(body) as { kind: string }).kind);

describe('a threshold', () => {
  it('fires once for a value that trembles around it, and recovers once', async () => {
    const channelId = await addWebhook();
    const alert = await house.alert({ name: 'Hot', heatpumpId: id, rule: HOT, channelIds: [channelId] });
    await outdoor(29.9, 30, 30.1, 29.9, 30.2, 29.5, 30.3, 29.1, 30.4);
    expect(house.changes).toStrictEqual(['OK>FIRING']);
    expect(house.events[0]).toMatchObject({ alertId: alert.id, heatpumpId: id, value: 30.1 });
    await outdoor(29, 28.9, 29.9, 30);
    expect(house.changes).toStrictEqual(['OK>FIRING', 'FIRING>OK']);
    await house.delivered(channelId, 2);
    expect(kinds()).toStrictEqual(['FIRING', 'RECOVERED']);
  });

  it('must hold for its duration, which time alone completes', async () => {
    await house.alert({ name: 'Hot', heatpumpId: id, rule: { ...HOT, durationMs: 60_000 } });
    await outdoor(31);
    await house.pass(49_999);
    expect(house.changes).toStrictEqual(['OK>PENDING']);
    await house.pass(1);
    expect(house.changes).toStrictEqual(['OK>PENDING', 'PENDING>FIRING']);
  });

  it('is not judged by a value that is missing or could not be read', async () => {
    const alert = await house.alert({ name: 'Hot', heatpumpId: id, rule: { ...HOT, key: 'temp_heat_storage' } });
    await storage(31);
    await storage(null);
    expect(house.changes).toStrictEqual(['OK>FIRING']);
    expect(house.alerts.states(alert)).toMatchObject([{ state: 'FIRING', isKnown: false, value: 31 }]);
    await storage(20);
    expect(house.changes).toStrictEqual(['OK>FIRING', 'FIRING>OK']);
  });

  it('works below as it does above, by quantity, and for every heat pump with a state of its own', async () => {
    const other = await startTestSimulator();
    other.device.force('temp_outside', 5);
    const otherId = await house.add(other, 'Annex');
    const rule = { type: 'THRESHOLD', quantity: 'OUTDOOR_TEMPERATURE', comparison: 'BELOW', threshold: 0 } as const;
    const alert = await house.alert({ name: 'Frost', rule });
    expect(house.states(alert)).toStrictEqual(['OK', 'OK']);
    other.device.force('temp_outside', -0.1);
    await house.poll(otherId);
    expect(house.states(alert)).toStrictEqual(['OK', 'FIRING']);
    expect(house.events).toMatchObject([{ heatpumpId: otherId, value: -0.1 }]);
    await other.close();
  });
});

describe('a restart', () => {
  it('changes nothing and sends nothing twice', async () => {
    const rule = { ...HOT, durationMs: 120_000 };
    const channelId = await addWebhook();
    const alert = await house.alert({ name: 'Hot', heatpumpId: id, rule, channelIds: [channelId] });
    await outdoor(31);
    const [pending] = house.alerts.states(alert);

    await house.restart();
    expect(house.alerts.states(alert)).toMatchObject([{ state: 'PENDING', since: pending?.since, isKnown: false }]);
    await house.pass(20_000);
    await house.poll(id);
    expect(house.states(alert)).toStrictEqual(['PENDING']);
    // 10 s, a minute of restart and 20 s have gone; the other 30 are counted on.
    await house.pass(30_000);
    expect(house.states(alert)).toStrictEqual(['FIRING']);
    await house.delivered(channelId, 1);

    await house.restart();
    expect(house.states(alert)).toStrictEqual(['FIRING']);
    await outdoor(31, 31);
    await house.restart();
    await outdoor(20, 20);
    expect(house.states(alert)).toStrictEqual(['OK']);
    await house.delivered(channelId, 2);
    await house.restart();
    await outdoor(20);
    expect(kinds()).toStrictEqual(['FIRING', 'RECOVERED']);
    expect(house.changes).toStrictEqual(['OK>PENDING', 'PENDING>FIRING', 'FIRING>OK']);
    expect((await house.alerts.history(id, 10)).map(({ state }) => state)).toStrictEqual(['OK', 'FIRING']);
  });

  it('keeps what somebody took notice of', async () => {
    const alert = await house.alert({ name: 'Hot', heatpumpId: id, rule: HOT, repeatEveryMs: 60_000 });
    await outdoor(31);
    await house.alerts.acknowledge({ id: alert.id });
    const [before] = house.alerts.states(alert);
    expect(before?.acknowledgedAt).toBe(house.clock.now());
    await house.restart();
    expect(house.alerts.states(alert)).toMatchObject([{ state: 'FIRING', acknowledgedAt: before?.acknowledgedAt }]);
  });
});

describe('a database that fails', () => {
  it('keeps state and message together: none is taken over, and both come with the next poll', async () => {
    const channelId = await addWebhook();
    const alert = await house.alert({ name: 'Hot', heatpumpId: id, rule: HOT, channelIds: [channelId] });
    house.sql('ALTER TABLE "Delivery" RENAME TO "Elsewhere"');
    simulator.device.force('temp_outside', 31);
    for (let polls = 0; polls < 2; polls++) await house.poll(id);
    expect(house.states(alert)).toStrictEqual(['OK']);
    expect(house.changes).toStrictEqual([]);
    expect(house.rows('AlertState', 'AlertEvent')).toStrictEqual([0, 0]);
    expect(house.house.log.lines.filter((line) => line === 'error alerts cannot be evaluated')).toHaveLength(1);
    house.sql('ALTER TABLE "Elsewhere" RENAME TO "Delivery"');
    await house.poll(id);
    await house.delivered(channelId, 1);
    expect(house.changes).toStrictEqual(['OK>FIRING']);
    expect(kinds()).toStrictEqual(['FIRING']);
  });
});

describe('the other rules', () => {
  it('tell of a heat pump that is not reached, and of its return', async () => {
    const alert = await house.alert({ name: 'Away', heatpumpId: id, rule: { type: 'OFFLINE', durationMs: 60_000 } });
    const port = simulator.port;
    await simulator.close();
    await house.poll(id);
    expect(house.house.manager.status(id).state).toBe('DEGRADED');
    expect(house.states(alert)).toStrictEqual(['OK']);
    await house.restart();
    await house.poll(id);
    expect(house.states(alert)).toStrictEqual(['PENDING']);
    await house.pass(60_000);
    expect(house.states(alert)).toStrictEqual(['FIRING']);
    simulator = await startTestSimulator({ port });
    await house.poll(id);
    expect(house.states(alert)).toStrictEqual(['OK']);
  });

  it('tell of a value that is missing', async () => {
    const rule = { type: 'NO_DATA', key: 'temp_heat_storage', durationMs: 30_000 } as const;
    const alert = await house.alert({ name: 'Blind', heatpumpId: id, rule });
    await storage(null);
    await house.pass(29_999);
    expect(house.states(alert)).toStrictEqual(['PENDING']);
    await house.pass(1);
    expect(house.states(alert)).toStrictEqual(['FIRING']);
    await storage(3);
    expect(house.states(alert)).toStrictEqual(['OK']);
  });

  it('tell of a fault, and only of its end if the heat pump says so', async () => {
    simulator.device.force('failure_id', 0);
    simulator.device.force('failure_heat_pump', 0);
    await house.poll(id);
    const alert = await house.alert({ name: 'Fault', rule: { type: 'FAULT' } });
    expect(house.states(alert)).toStrictEqual(['OK']);
    simulator.device.force('failure_id', 20);
    await house.poll(id);
    expect(house.events).toMatchObject([{ state: 'FIRING', value: 20 }]);
    simulator.device.force('failure_id', 0);
    await house.poll(id);
    expect(house.states(alert)).toStrictEqual(['OK']);
  });

  it('tell of a state that is not expected, and of one that is not known', async () => {
    const rule = { type: 'UNEXPECTED_OPTION', key: 'status_heat_pump', options: ['heating', 'off'] } as const;
    const known = { type: 'UNEXPECTED_OPTION', key: 'status_heat_pump' } as const;
    simulator.device.force('status_heat_pump', 1);
    await house.poll(id);
    const expected = await house.alert({ name: 'Odd', heatpumpId: id, rule });
    const any = await house.alert({ name: 'Unknown', heatpumpId: id, rule: known });
    expect([house.states(expected), house.states(any)]).toStrictEqual([['OK'], ['OK']]);
    simulator.device.force('status_heat_pump', 8);
    await house.poll(id);
    expect([house.states(expected), house.states(any)]).toStrictEqual([['FIRING'], ['OK']]);
    simulator.device.force('status_heat_pump', 77);
    await house.poll(id);
    expect([house.states(expected), house.states(any)]).toStrictEqual([['FIRING'], ['FIRING']]);
  });
});

describe('an alert', () => {
  it('reminds until somebody takes notice', async () => {
    const channelId = await addWebhook();
    const channelIds = [channelId];
    const alert = await house.alert({ name: 'Hot', heatpumpId: id, rule: HOT, channelIds, repeatEveryMs: 60_000 });
    await outdoor(31);
    await house.delivered(channelId, 1);
    await house.pass(50_000);
    await house.delivered(channelId, 2);
    await house.alerts.acknowledge({ id: alert.id });
    await house.pass(600_000);
    await outdoor(20);
    await house.delivered(channelId, 3);
    expect(kinds()).toStrictEqual(['FIRING', 'REMINDER', 'RECOVERED']);
  });

  it('is forgotten when it is disabled, and fires again when it is enabled', async () => {
    const alert = await house.alert({ name: 'Hot', heatpumpId: id, rule: HOT });
    await outdoor(31);
    await house.alerts.update({ id: alert.id, enabled: false });
    await outdoor(31);
    expect(house.changes).toStrictEqual(['OK>FIRING', 'FIRING>OK']);
    await house.alerts.update({ id: alert.id, enabled: true });
    await house.settled();
    expect(house.changes).toStrictEqual(['OK>FIRING', 'FIRING>OK', 'OK>FIRING']);
  });

  it('goes on in its state when its rule is changed', async () => {
    const alert = await house.alert({ name: 'Hot', heatpumpId: id, rule: HOT });
    await outdoor(31);
    await house.alerts.update({ id: alert.id, rule: { ...HOT, threshold: 25 } });
    await house.settled();
    expect(house.changes).toStrictEqual(['OK>FIRING']);
    await house.alerts.update({ id: alert.id, rule: { ...HOT, threshold: 40 } });
    await house.settled();
    expect(house.changes).toStrictEqual(['OK>FIRING', 'FIRING>OK']);
  });

  it('is gone with its heat pump, and leaves nothing behind', async () => {
    const channelIds = [await addWebhook()];
    const own = await house.alert({ name: 'Hot', heatpumpId: id, rule: HOT, channelIds });
    const all = await house.alert({ name: 'Hot everywhere', rule: HOT });
    await outdoor(31);
    expect(house.states(all)).toStrictEqual(['FIRING']);
    await house.house.manager.remove(id);
    expect(house.alerts.find(own.id)).toBeNull();
    expect(house.alerts.states(all)).toStrictEqual([]);
    expect(house.rows('Alert', 'AlertState', 'AlertEvent', 'AlertChannel')).toStrictEqual([1, 0, 0, 0]);
  });
});
