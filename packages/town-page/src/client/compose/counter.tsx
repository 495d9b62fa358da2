/** How many characters are left, said when it matters. */
import { lengthOf, messageLength, messageNearlyFull } from './limits.ts';

export function Counter({ text }: { text: string }) {
  const length = lengthOf(text);
  const left = messageLength - length;
  if (length < messageNearlyFull) return null;
  return (
    <span class={left < 0 ? 'counter over' : 'counter'}>
      {left.toLocaleString('en')}
      <span class="sr-only"> characters left</span>
    </span>
  );
}
