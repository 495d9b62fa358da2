import { useEffect, useRef, useState } from 'preact/hooks';
import type { Message } from '../types.ts';

/**
 * Whether somebody points at a message or has the focus in it; and the focus itself, which must not fall out of the page
 * when an answer takes away the button that was pressed.
 */
export function usePresence(message: Message) {
  const article = useRef<HTMLElement>(null);
  const hadFocus = useRef(false);
  const [isPointedAt, setPointedAt] = useState(false);
  const [isFocused, setFocused] = useState(false);

  // Looks after each change of the message.
  useEffect(() => {
    if (!hadFocus.current) return;
    // A button that was disabled loses the focus only with the next frame.
    const frame = requestAnimationFrame(() => {
      setTimeout(() => {
        if (document.activeElement === document.body) article.current?.focus({ preventScroll: true });
        // An answer that is shorter than what it replaces would slide out above.
        article.current?.scrollIntoView({ block: 'nearest' });
      }, 0);
    });
    return () => cancelAnimationFrame(frame);
  }, [message]);

  return {
    article,
    isHere: isPointedAt || isFocused,
    onPointerEnter: (event: PointerEvent) => event.pointerType === 'mouse' && setPointedAt(true),
    onPointerLeave: () => setPointedAt(false),
    onFocusIn: () => {
      hadFocus.current = true;
      setFocused(true);
    },
    onFocusOut: (event: FocusEvent) => {
      const next = event.relatedTarget;
      if (next instanceof Node && article.current?.contains(next)) return;
      if (next !== null) hadFocus.current = false;
      setFocused(false);
    },
  };
}
