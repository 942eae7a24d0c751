import type { DeviceIdentity, ModelConfig } from '../../domain/model.ts';

/** The functions a controller tells of, in the order of its discrete inputs: name, English and German label. */
export const FUNCTIONS = [
  ['heating', 'Heating', 'Heizung'],
  ['hot_water', 'Hot water', 'Warmwasser'],
  ['cooling', 'Cooling', 'Kühlung'],
  ['pool', 'Pool', 'Schwimmbad'],
  ['solar', 'Solar', 'Solar'],
  ['room_control_unit', 'Room control unit (RBE)', 'Raumbedieneinheit (RBE)'],
  ['mc1_heating', 'Mixing circuit 1 heating', 'Mischkreis 1 Heizen'],
  ['mc1_cooling', 'Mixing circuit 1 cooling', 'Mischkreis 1 Kühlen'],
  ['mc2_heating', 'Mixing circuit 2 heating', 'Mischkreis 2 Heizen'],
  ['mc2_cooling', 'Mixing circuit 2 cooling', 'Mischkreis 2 Kühlen'],
  ['mc3_heating', 'Mixing circuit 3 heating', 'Mischkreis 3 Heizen'],
  ['mc3_cooling', 'Mixing circuit 3 cooling', 'Mischkreis 3 Kühlen'],
] as const;

/** One of {@link FUNCTIONS}. */
export type FunctionName = (typeof FUNCTIONS)[number][0];

/** The mixing circuits a controller can have. */
export const MIXING_CIRCUITS = [1, 2, 3] as const;
/** One of {@link MIXING_CIRCUITS}. */
export type MixingCircuit = (typeof MIXING_CIRCUITS)[number];

/** The two functions of a mixing circuit. */
export function functionsOf(circuit: MixingCircuit): readonly FunctionName[] {
  return [`mc${circuit}_heating`, `mc${circuit}_cooling`];
}

/**
 * What a unit either has or has not. The flags of the other functions (heating, hot water, cooling, pool) follow the
 * operating mode, so one that is off now says nothing about the unit.
 */
const EQUIPMENT: readonly (readonly FunctionName[])[] = [
  ['solar'],
  ['room_control_unit'],
  ...MIXING_CIRCUITS.map(functionsOf),
];

/**
 * The functions whose points are offered: those the config names, or with "auto" all but the equipment that the unit
 * does not report. A mixing circuit switched off altogether looks like one that is not there; the config can name it.
 * A unit that reports nothing, as when it refuses the flags, is taken to have everything; its points say for themselves if
 * they are not available.
 */
export function offeredFunctions({ functions }: ModelConfig, identity?: DeviceIdentity): readonly FunctionName[] {
  const names = FUNCTIONS.map(([name]) => name);
  if (Array.isArray(functions)) return names.filter((name) => functions.includes(name));
  const reported = identity?.features ?? [];
  if (reported.length === 0) return names;
  const absent = EQUIPMENT.filter((group) => !group.some((name) => reported.includes(name))).flat();
  return names.filter((name) => !absent.includes(name));
}
