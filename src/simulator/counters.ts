/** What a machine has counted in its life: energies in kWh, run times in hours. Defrosting counts as heating but for its heat. */
export interface Counters {
  heatHeatingKwh: number;
  heatHotWaterKwh: number;
  heatDefrostKwh: number;
  electricHeatingKwh: number;
  electricHotWaterKwh: number;
  runHeatingHours: number;
  runHotWaterHours: number;
  starts: number;
}

/** What the machine does for a while; heat is negative while it takes some back to defrost. */
export interface Load {
  readonly isHotWater: boolean;
  readonly isRunning: boolean;
  readonly thermalKw: number;
  readonly electricalKw: number;
}

/** A machine that has been running for some years. */
export function initialCounters(random: () => number): Counters {
  const heatHeatingKwh = 8_000 + 20_000 * random();
  const heatHotWaterKwh = 1_500 + 5_000 * random();
  return {
    heatHeatingKwh,
    heatHotWaterKwh,
    heatDefrostKwh: 150 + 400 * random(),
    electricHeatingKwh: heatHeatingKwh / 3.9,
    electricHotWaterKwh: heatHotWaterKwh / 2.9,
    runHeatingHours: heatHeatingKwh / 4.5,
    runHotWaterHours: heatHotWaterKwh / 6,
    starts: Math.round(heatHeatingKwh / 6 + heatHotWaterKwh / 4),
  };
}

/** Adds what a load of so many hours brings. */
export function count(
  counters: Counters,
  { isHotWater, isRunning, thermalKw, electricalKw }: Load,
  hours: number,
): void {
  const heatKwh = Math.abs(thermalKw) * hours;
  if (thermalKw < 0) counters.heatDefrostKwh += heatKwh;
  else if (isHotWater) counters.heatHotWaterKwh += heatKwh;
  else counters.heatHeatingKwh += heatKwh;
  if (isHotWater) counters.electricHotWaterKwh += electricalKw * hours;
  else counters.electricHeatingKwh += electricalKw * hours;
  if (isRunning && isHotWater) counters.runHotWaterHours += hours;
  else if (isRunning) counters.runHeatingHours += hours;
}
