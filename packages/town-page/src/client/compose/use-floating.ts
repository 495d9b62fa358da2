/** Puts something that opened at a point fully into the window, and closes it by Escape or a press beside it. */
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect } from 'preact/hooks';
import type { Anchor } from '../types.ts';

const margin = 8;

const within = (wanted: number, size: number, room: number) => Math.max(margin, Math.min(wanted, room - size - margin));

/** `size`: changes whenever what it holds grows or shrinks. */
export function useFloating(box: RefObject<HTMLElement | null>, at: Anchor, onClose: () => void, size = ''): void {
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const { width, height } = element.getBoundingClientRect();
    element.style.left = `${within(at.x, width, window.innerWidth)}px`;
    element.style.top = `${within(at.y, height, window.innerHeight)}px`;
  }, [at.x, at.y, size]);

  useEffect(() => {
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) onClose();
    };
    document.addEventListener('pointerdown', outside, true);
    return () => document.removeEventListener('pointerdown', outside, true);
  });
}

/** The focus goes back to what was pressed, as far as it is still there. */
export function focusBack({ from }: Anchor): void {
  if (from instanceof HTMLElement && from.isConnected) from.focus();
}
