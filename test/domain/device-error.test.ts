import { expect, it } from 'vitest';
import { DEVICE_ERROR_CODE_NAMES, type DeviceError, isRetryable, wasRefused } from '../../src/domain/device-error.ts';

it('tells the exceptions that say no from those after which a write may have taken effect', () => {
  const refusing = Array.from({ length: 12 }, (_, exceptionCode) => exceptionCode).filter((exceptionCode) =>
    wasRefused({ code: 'EXCEPTION', message: '', exceptionCode }),
  );
  expect(refusing).toStrictEqual([0, 1, 2, 3, 6, 7, 8, 9, 10]);
  const lost: DeviceError = { code: 'NO_ANSWER', message: '' };
  expect(wasRefused(lost)).toBe(false);
});

it('tells what may go away by itself from what somebody has to change', () => {
  expect(DEVICE_ERROR_CODE_NAMES.filter((code) => !isRetryable(code))).toStrictEqual(['NOT_ALLOWED', 'EXCEPTION']);
});
