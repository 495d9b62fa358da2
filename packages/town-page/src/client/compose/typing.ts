/** Says that somebody types, at most every eight seconds, as Discord's client does. */
import { useRef } from 'preact/hooks';

const every = 8_000;

export function useTyping(tell: () => Promise<void>): () => void {
  const last = useRef(0);
  return () => {
    const now = Date.now();
    if (now - last.current < every) return;
    last.current = now;
    void tell().catch(() => undefined);
  };
}
