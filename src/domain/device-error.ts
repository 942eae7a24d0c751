/** What can go wrong between us and a device, and what that means. */
const DEVICE_ERROR_CODES = {
  DNS_FAILED: { retry: true, sent: false, text: 'the host name could not be resolved' },
  NOT_ALLOWED: { retry: false, sent: false, text: 'the address lies outside the networks that may be connected to' },
  REFUSED: { retry: true, sent: false, text: 'the host refused the connection' },
  TIMEOUT: {
    retry: true,
    sent: false,
    text: 'the connection could not be made in time, or there is no route to the host',
  },
  CANCELLED: { retry: true, sent: false, text: 'the request waited in a queue that was full or closed' },
  NO_ANSWER: { retry: true, sent: true, text: 'connected, but the request was not answered in time' },
  CONNECTION_LOST: { retry: true, sent: true, text: 'the connection was closed before the answer came' },
  EXCEPTION: { retry: false, sent: true, text: 'the device answered with a Modbus exception' },
  PROTOCOL_ERROR: { retry: true, sent: true, text: 'the answer was not what the protocol allows' },
} as const;

/** One kind of device failure. */
export type DeviceErrorCode = keyof typeof DEVICE_ERROR_CODES;

/** A failed exchange with a device, as a value. */
export interface DeviceError {
  readonly code: DeviceErrorCode;
  /** One English sentence for logs and people; wording may change, the code does not. */
  readonly message: string;
  /** The Modbus exception code, with `EXCEPTION` only. */
  readonly exceptionCode?: number;
}

/** True if trying the same again later can help. */
export function isRetryable(code: DeviceErrorCode): boolean {
  return DEVICE_ERROR_CODES[code].retry;
}

/** True if the request may have reached the device, so that a write may have taken effect. */
export function wasSent(error: DeviceError): boolean {
  return DEVICE_ERROR_CODES[error.code].sent;
}

/**
 * Modbus exceptions after which a write may have taken effect all the same: it failed on the way (4), it is still being done
 * (5), or a gateway has sent it on and heard nothing (11).
 */
const UNDECIDED_EXCEPTIONS: readonly (number | undefined)[] = [4, 5, 11];

/** True if the device has said that it does not do what was asked. */
export function wasRefused({ code, exceptionCode }: DeviceError): boolean {
  return code === 'EXCEPTION' && !UNDECIDED_EXCEPTIONS.includes(exceptionCode);
}

/** What a failure is, without where: for those who need not know the address. */
export function plainText(code: DeviceErrorCode): string {
  return DEVICE_ERROR_CODES[code].text;
}

/** The device failures, for documentation and schemas. */
export const DEVICE_ERROR_CODE_NAMES = Object.keys(DEVICE_ERROR_CODES) as readonly DeviceErrorCode[];
