import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueAt, type Finding, nextState, noticeOf } from '../../src/alerts/alert-state.ts';
import { type AlertState, INITIAL_STATE } from '../../src/domain/alert.ts';

const T0 = 1_000_000;
const TIMING = { durationMs: 60_000, repeatEveryMs: null };
const finding = (isMet: boolean | null, value = 1): Finding => ({ isMet, value, text: null });

/** The states and notices of findings that come at these seconds. */
function run(
  findings: readonly [second: number, isMet: boolean | null][],
  timing = TIMING as Parameters<typeof dueAt>[1],
) {
  let state: AlertState = INITIAL_STATE;
  return findings.map(([second, isMet]) => {
    const before = state;
    state = nextState(before, finding(isMet), timing, T0 + second * 1_000);
    return [state.state, noticeOf(before, state)];
  });
}

describe('the state of an alert', () => {
  it('waits for its duration, is told once, and recovers once', () => {
    expect(
      run([
        [0, false],
        [10, true],
        [69, true],
        [70, true],
        [80, true],
        [90, false],
        [100, false],
      ]),
    ).toStrictEqual([
      ['OK', null],
      ['PENDING', null],
      ['PENDING', null],
      ['FIRING', 'FIRING'],
      ['FIRING', null],
      ['OK', 'RECOVERED'],
      ['OK', null],
    ]);
  });

  it('is forgotten if the condition ends before', () => {
    expect(
      run([
        [0, true],
        [59, false],
        [60, true],
        [119, true],
      ]).map(([state]) => state),
    ).toStrictEqual(['PENDING', 'OK', 'PENDING', 'PENDING']);
  });

  it('fires at once without a duration', () => {
    expect(run([[0, true]], { durationMs: 0, repeatEveryMs: null })).toStrictEqual([['FIRING', 'FIRING']]);
  });

  it('stays as it is while the condition cannot be told', () => {
    expect(
      run([
        [0, null],
        [1, true],
        [100, null],
        [101, true],
        [102, null],
      ]).map(([state]) => state),
    ).toStrictEqual(['OK', 'PENDING', 'PENDING', 'FIRING', 'FIRING']);
  });

  it('reminds as often as it was told to, until somebody has taken notice', () => {
    const timing = { durationMs: 0, repeatEveryMs: 600_000 };
    expect(
      run(
        [
          [0, true],
          [599, true],
          [600, true],
          [601, true],
          [1_150, null],
          [1_250, true],
        ],
        timing,
      ).map(([, notice]) => notice),
    ).toStrictEqual(['FIRING', null, 'REMINDER', null, null, 'REMINDER']);
    const firing: AlertState = { ...INITIAL_STATE, state: 'FIRING', since: T0, notifiedAt: T0, acknowledgedAt: T0 + 1 };
    expect(nextState(firing, finding(true), timing, T0 + 10_000_000)).toBe(firing);
    expect(dueAt(firing, timing)).toBeNull();
  });

  it('tells when it falls due', () => {
    const pending = nextState(INITIAL_STATE, finding(true), TIMING, T0);
    expect(dueAt(pending, TIMING)).toBe(T0 + 60_000);
    expect(dueAt(INITIAL_STATE, TIMING)).toBeNull();
  });

  it('never tells of a recovery without an alert, nor of an alert twice, whatever comes', () => {
    const step = fc.tuple(fc.integer({ min: 0, max: 120 }), fc.constantFrom(true, false, null));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let second = 0;
        const findings = steps.map(([pause, isMet]): [number, boolean | null] => {
          second += pause;
          return [second, isMet];
        });
        const notices = run(findings).flatMap(([, notice]) => notice ?? []);
        expect(notices).toStrictEqual(notices.map((_, index) => (index % 2 === 0 ? 'FIRING' : 'RECOVERED')));
      }),
    );
  });
});
