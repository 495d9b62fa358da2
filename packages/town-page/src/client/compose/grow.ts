/** Text boxes that grow with what is in them. */
import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

export function useGrowing(box: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight + element.offsetHeight - element.clientHeight}px`;
  }, [text]);
}
