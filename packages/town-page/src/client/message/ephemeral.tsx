import { Icon } from '../icons.tsx';
import { useScene } from './scene.ts';

/** Below an answer that nobody else sees. */
export function Ephemeral() {
  const { acts, message } = useScene();
  return (
    <p class="ephemeral">
      <Icon name="eye" size={16} />
      Only you can see this
      <span class="ephemeral-then">
        <button
          type="button"
          class="ephemeral-press"
          onClick={(event) => {
            // The message goes away, and the focus to the one above it.
            neighbourOf(event.currentTarget)?.focus({ preventScroll: true });
            acts.dismisses(message);
          }}
        >
          Dismiss message
        </button>
      </span>
    </p>
  );
}

function neighbourOf(element: Element): HTMLElement | undefined {
  const all = [...document.querySelectorAll<HTMLElement>('[data-message]')];
  const at = all.findIndex((one) => one.contains(element));
  return all[at - 1] ?? all[at + 1];
}
