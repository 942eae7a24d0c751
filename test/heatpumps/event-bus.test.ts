import { expect, it } from 'vitest';
import { EventBus } from '../../src/heatpumps/event-bus.ts';
import { LogBook } from '../support/house.ts';

const event = { heatpumpId: 'hp-1' };

it('survives a listener that throws, and says so', () => {
  const log = new LogBook();
  const bus = new EventBus(log);
  const heard: string[] = [];
  bus.on('heatpump', () => {
    throw new Error('chart');
  });
  bus.on('heatpump', ({ heatpumpId }) => heard.push(heatpumpId));
  bus.emit('heatpump', event);
  expect(heard).toStrictEqual(['hp-1']);
  expect(log.lines).toStrictEqual(['error a listener failed']);
});

it('forgets only the listener whose off is called, also while it is calling', () => {
  const bus = new EventBus(new LogBook());
  const heard: string[] = [];
  const listener = () => void heard.push('both');
  const off = bus.on('removed', listener);
  bus.on('removed', listener);
  const once = bus.on('removed', () => {
    heard.push('once');
    once();
  });
  bus.emit('removed', event);
  off();
  bus.emit('removed', event);
  expect(heard).toStrictEqual(['both', 'both', 'once', 'both']);
});
