import { onCleanup } from 'solid-js';
import { type Finger, spanUnder } from './finger-span.ts';
import type { Span } from './time-range.ts';

/** What moves with the fingers. */
export interface FingerTarget {
  /** The span as it is shown. */
  span(): Span;
  /** Where the lines are drawn, in pixels of the window. */
  area(): { readonly left: number; readonly width: number };
  /** The fingers are still on. */
  onMove(span: Span): void;
  /** They were taken off, and this was chosen; undefined: nothing was. */
  onEnd(span: Span | undefined): void;
}

/** A finger that moves less is a tap. */
const TAP_PX = 8;

/**
 * One finger that goes sideways moves the span, two zoom it; going up or down scrolls the page, as ever. `isOn`: while any
 * finger is.
 */
export function followFingers(element: HTMLElement, target: FingerTarget): { isOn(): boolean } {
  const fingers = new Map<number, Finger>();
  let begunAtX = 0;
  let chosen: Span | undefined;
  const xOf = ({ clientX }: PointerEvent) => clientX - target.area().left;
  /** All fingers now hold the times that they are on. */
  const hold = () => {
    const { from, to } = target.span();
    const msPerPx = (to - from) / target.area().width;
    for (const [id, { x }] of fingers) fingers.set(id, { at: from + x * msPerPx, x });
  };
  const down = (event: PointerEvent) => {
    if (event.pointerType !== 'touch') return;
    if (fingers.size === 0) begunAtX = event.clientX;
    fingers.set(event.pointerId, { at: 0, x: xOf(event) });
    hold();
  };
  const move = (event: PointerEvent) => {
    const finger = fingers.get(event.pointerId);
    if (!finger) return;
    fingers.set(event.pointerId, { ...finger, x: xOf(event) });
    const isTap = chosen === undefined && fingers.size === 1 && Math.abs(event.clientX - begunAtX) < TAP_PX;
    const span = isTap ? undefined : spanUnder([...fingers.values()], target.area().width, target.span(), Date.now());
    if (!span) return;
    chosen = span;
    target.onMove(span);
  };
  const lift = (event: PointerEvent) => {
    if (!fingers.delete(event.pointerId)) return;
    if (fingers.size > 0) {
      hold();
      return;
    }
    target.onEnd(event.type === 'pointercancel' ? undefined : chosen);
    chosen = undefined;
  };
  const listeners = [
    ['pointerdown', down],
    ['pointermove', move],
    ['pointerup', lift],
    ['pointercancel', lift],
  ] as const;
  for (const [name, listener] of listeners) element.addEventListener(name, listener);
  onCleanup(() => {
    for (const [name, listener] of listeners) element.removeEventListener(name, listener);
  });
  return { isOn: () => fingers.size > 0 };
}
