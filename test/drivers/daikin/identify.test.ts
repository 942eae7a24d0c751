import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/domain/clock.ts';
import { altherma } from '../../../src/drivers/daikin/altherma.ts';
import { allowCidrs } from '../../../src/modbus/address.ts';
import type { UnitLine } from '../../../src/modbus/line.ts';
import { createLines } from '../../../src/modbus/lines.ts';
import {
  type Answer,
  exceptionAnswer,
  type ScriptedServer,
  startScriptedServer,
} from '../../support/scripted-server.ts';

let server: ScriptedServer;
let line: UnitLine;
afterEach(async () => {
  line.close();
  await server.close();
});

const DISCRETE_25 = '2 25 1';
const INPUT_137 = '4 137 1';

/** Identifies a device that answers the two probes so; anything else is met with silence. */
async function identify(variant: string, discrete25: Answer | number, input137: Answer | number) {
  const answers: Record<string, Answer | number> = { [DISCRETE_25]: discrete25, [INPUT_137]: input137 };
  server = await startScriptedServer(({ functionCode, pdu }) => {
    const answer = answers[`${functionCode} ${pdu.readUInt16BE(1)} ${pdu.readUInt16BE(3)}`] ?? 'SILENCE';
    return typeof answer === 'number' ? exceptionAnswer(functionCode, answer) : answer;
  });
  const lines = createLines(systemClock, allowCidrs(['127.0.0.0/8']));
  line = lines.open({ ...altherma.lineRules, host: '127.0.0.1', port: server.port, unitId: 1, timeoutMs: 100 });
  return altherma.identify?.(line, { variant });
}

const ON: Answer = { pdu: Buffer.from([2, 1, 1]) };
const ZERO: Answer = { pdu: Buffer.from([4, 2, 0, 0]) };
const ILLEGAL_ADDRESS = 2;
const BUSY = 6;

describe('an Altherma 4', () => {
  it.each([
    ['up to version 3', ON, ILLEGAL_ADDRESS, ['mmi<4'], true],
    ['from version 4', ILLEGAL_ADDRESS, ZERO, ['mmi>=4'], true],
    ['of a map that has neither register', ILLEGAL_ADDRESS, ILLEGAL_ADDRESS, [], false],
    ['of a map that has both', ON, ZERO, ['mmi<4', 'mmi>=4'], false],
  ])('%s is told by exception 2', async (_, discrete25, input137, features, isExpectedVersion) => {
    expect(await identify('altherma4', discrete25, input137)).toStrictEqual({
      ok: true,
      value: { firmware: null, features, isExpectedVersion },
    });
    const asked = server.requests.map(
      ({ functionCode, pdu }) => `${functionCode} ${pdu.readUInt16BE(1)} ${pdu.readUInt16BE(3)}`,
    );
    expect(asked).toStrictEqual([DISCRETE_25, INPUT_137]);
  });

  it.each([
    ['busy', BUSY, ZERO, { code: 'EXCEPTION', exceptionCode: 6 }],
    ['busy later', ILLEGAL_ADDRESS, BUSY, { code: 'EXCEPTION', exceptionCode: 6 }],
    ['of an unknown function', 1, ZERO, { code: 'EXCEPTION', exceptionCode: 1 }],
    ['silent', 'SILENCE', ZERO, { code: 'NO_ANSWER' }],
    ['silent later', ON, 'SILENCE', { code: 'NO_ANSWER' }],
  ] as const)('that is %s is not identified', async (_, discrete25, input137, error) => {
    expect(await identify('altherma4', discrete25, input137)).toMatchObject({ ok: false, error });
  });
});

describe('the other variants', () => {
  it.each(['homehub', 'homehub-a2a', 'dcom'])('have one map, and %s is not asked', async (variant) => {
    expect(await identify(variant, 'SILENCE', 'SILENCE')).toStrictEqual({
      ok: true,
      value: { firmware: null, features: [], isExpectedVersion: true },
    });
    expect(server.requests).toStrictEqual([]);
  });
});
