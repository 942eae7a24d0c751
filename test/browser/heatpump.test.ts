import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { ADD, addOnline } from '../support/api.ts';
import { DESK, PHONE } from '../support/browser.ts';
import { until, useClientHouse } from '../support/client-house.ts';
import { startTestSimulator } from '../support/simulator.ts';

const CONFIG = { circuits: ['A', 'B'], zones: [] };

let id: string;
const house = useClientHouse({
  simulator: { config: CONFIG },
  setUp: async ({ api, simulator }) => {
    id = await addOnline(api, simulator.port, { name: 'Main house', config: CONFIG });
  },
});

/** What the schematic says, part by part, as a screen reader would. */
async function parts(page: Page): Promise<string[]> {
  const texts = await page.locator('.schematic-node').evaluateAll((nodes) =>
    nodes.map((node) => {
      const name = node.querySelector('h3')?.textContent;
      const values = [...node.querySelectorAll('dl > div')].map(
        (value) => `${value.querySelector('dt')?.textContent} ${value.querySelector('dd')?.textContent}`,
      );
      return `${name}: ${values.join(', ')}`;
    }),
  );
  return texts.map((text) => text.replaceAll('\u00a0', ' '));
}

describe('the sections of a heat pump', () => {
  it('have addresses, that back and forward go through, and the tab that was used keeps the focus', async () => {
    const page = await house.open(`/heatpumps/${id}`, DESK);
    const current = () => page.locator('.tabs [aria-current]').allTextContents();
    await until(current, ['Overview']);
    await page.getByRole('link', { name: 'Sensors' }).press('Enter');
    await page.locator('.sensor-row').first().waitFor();
    expect(new URL(page.url()).pathname).toBe(`/heatpumps/${id}/sensors`);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Sensors');
    await until(current, ['Sensors']);
    await page.goBack();
    await page.locator('.schematic').waitFor();
    await until(current, ['Overview']);
    await page.goForward();
    await page.locator('.sensor-row').first().waitFor();
    await page.getByRole('link', { name: 'Preferences' }).click();
    await until(() => page.evaluate(() => document.activeElement?.tagName), 'H1');
    await page.goBack();
    await page.locator('.sensor-row').first().waitFor();
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('say in words if there is no such heat pump, or no such section', async () => {
    const page = await house.open('/heatpumps/none', PHONE);
    await page.getByRole('heading', { level: 1, name: 'Diese Wärmepumpe gibt es nicht' }).waitFor();
    await page.goto(`${house.api.url}/heatpumps/${id}/nonsense`);
    await page.getByRole('heading', { level: 1, name: 'Diese Seite gibt es nicht' }).waitFor();
    expect(house.opened.problems).toStrictEqual([]);
  });
});

describe('the schematic', () => {
  it('draws the plant as it is, tells its values, and moves only while something flows', async () => {
    const values = {
      temp_heat_source_input: 4.5,
      temp_heat_source_output: 1.5,
      temp_heat_pump_flow: 35,
      temp_heat_pump_return: 30,
      power_current: 6,
      power_current_draw: 1.5,
      temp_water_heater_top: 48.5,
      temp_heat_storage: 33,
      temp_flow_current_circuit_a: 32,
      temp_flow_target_circuit_a: 34,
      temp_room_circuit_a: 21.5,
      temp_flow_current_circuit_b: 28,
      temp_flow_target_circuit_b: 29,
      temp_room_circuit_b: 20.5,
      temp_water_target: 50,
      status_heat_pump: 1,
    };
    for (const [key, value] of Object.entries(values)) house.simulator.device.force(key, value);
    const page = await house.open(`/heatpumps/${id}`, PHONE);
    await until(
      () => parts(page),
      [
        'Wärmequelle: Ein 4,5 °C, Aus 1,5 °C',
        'Wärmepumpe: Vorlauf 35,0 °C, Rücklauf 30,0 °C, Strom 1,50 kW, Wärme 6,00 kW',
        'Warmwasser: Warmwasser 48,5 °C, Soll 50,0 °C',
        'Pufferspeicher: Pufferspeicher 33,0 °C',
        'Heizkreis A: Vorlauf 32,0 °C, Soll 34,0 °C, Raum 21,5 °C',
        'Heizkreis B: Vorlauf 28,0 °C, Soll 29,0 °C, Raum 20,5 °C',
      ],
    );
    // Into the buffer and back, and between source and heat pump.
    await until(() => page.locator('.schematic .pipe-flow').count(), 4);
    expect(await page.locator('.compressor.running').count()).toBe(1);
    const colours = await page
      .locator('.pipe-body.known')
      .evaluateAll((pipes) => new Set(pipes.map((pipe) => getComputedStyle(pipe).stroke)).size);
    expect(colours).toBeGreaterThan(3);
    house.simulator.device.force('temp_heat_storage', null);
    await until(() => page.getByText('Pufferspeicher').count(), 0);
    // Which of the two circuits is supplied is not known: only what leaves the heat pump moves.
    await until(() => page.locator('.schematic .pipe-flow').count(), 4);
    house.simulator.device.force('status_heat_pump', 0);
    await until(() => page.locator('.schematic .pipe-flow').count(), 0);
    expect(await page.locator('.compressor.running').count()).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('stands still where motion is not wanted, and when the values are old', async () => {
    const second = await startTestSimulator();
    second.device.force('status_heat_pump', 1);
    const page = await house.open(`/heatpumps/${await addOnline(house.api, second.port, { name: 'Barn' })}`, DESK);
    await page.locator('.schematic .pipe-flow').first().waitFor({ state: 'attached' });
    const moving = () =>
      page.locator('.schematic').evaluate((schematic) => {
        const names = schematic.getAnimations({ subtree: true }).map((one) => (one as CSSAnimation).animationName);
        return names.filter((name) => /pipe-flow|air|turn/.test(name)).length;
      });
    expect(await moving()).toBeGreaterThan(2);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await moving()).toBe(0);
    await second.close();
    await page.locator('.state-badge', { hasText: 'Offline' }).waitFor({ timeout: 15_000 });
    await until(() => page.locator('.schematic .pipe-flow').count(), 0);
    await until(() => page.locator('.pipe-body.known').count(), 0);
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('draws an air-to-air unit without pipes it does not have', async () => {
    const config = { variant: 'homehub-a2a' };
    const daikin = await startTestSimulator({ model: 'daikin/altherma', config });
    const connection = { host: '127.0.0.1', port: daikin.port };
    const input = { name: 'Office', manufacturer: 'daikin', model: 'altherma', connection, config };
    const { data } = await house.api.query(ADD, { input });
    const page = await house.open(`/heatpumps/${data.addHeatpump.heatpump.id}`, DESK);
    await page.locator('.schematic-node').first().waitFor();
    const names = await page.locator('.schematic-node h3').allTextContents();
    expect(names).not.toContain('Buffer tank');
    expect(names).not.toContain('Hot water');
    await daikin.close();
    expect(house.opened.problems).toStrictEqual([]);
  });
});
