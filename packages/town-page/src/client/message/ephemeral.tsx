import { useScene } from './scene.ts';

/** Below an answer that nobody else sees. */
export function Ephemeral() {
  const { acts, message } = useScene();
  return (
    <p class="ephemeral">
      <svg viewBox="0 0 24 24" width="16" height="16" aria-hidden="true">
        <path
          d="M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12z"
          fill="none"
          stroke="currentColor"
          stroke-width="2"
          stroke-linejoin="round"
        />
        <circle cx="12" cy="12" r="3" fill="currentColor" />
      </svg>
      Only you can see this •{' '}
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
    </p>
  );
}

function neighbourOf(element: Element): HTMLElement | undefined {
  const all = [...document.querySelectorAll<HTMLElement>('[data-message]')];
  const at = all.findIndex((one) => one.contains(element));
  return all[at - 1] ?? all[at + 1];
}
