/** A window over the page: the browser keeps the focus in it, and Escape closes it. */
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { Icon } from '../icons.tsx';

type Props = {
  title: string;
  /** Stands beside the title, such as whose form it is. */
  sign?: ComponentChildren;
  submit: string;
  sending: boolean;
  /** Nothing can be sent yet. */
  blocked?: boolean;
  problem: string;
  onSubmit(): void;
  onClose(): void;
  children: ComponentChildren;
};

const first = 'input:not([type=hidden]), textarea, select, [role=combobox]';

export function Dialog({ title, sign, submit, sending, blocked = false, problem, onSubmit, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const element = dialog.current;
    const opener = document.activeElement;
    const message = opener?.closest<HTMLElement>('[data-message]');
    element?.showModal();
    (body.current?.querySelector<HTMLElement>(first) ?? element?.querySelector<HTMLElement>('.submit'))?.focus();
    return () => {
      // The browser gives the focus back to where it was; Chromium leaves a box without its caret, and deaf to keys.
      element?.close();
      // What opened it may be gone with what was sent; the message that it was in is still there.
      if (!opener?.isConnected) message?.focus({ preventScroll: true });
      const box = document.activeElement;
      if (box instanceof HTMLTextAreaElement) requestAnimationFrame(() => box.setSelectionRange(...caretOf(box)));
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class="compose-dialog"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!sending && !blocked) onSubmit();
        }}
      >
        <header class="dialog-head">
          {sign}
          <h2 id={id}>{title}</h2>
          <button type="button" class="icon-button" aria-label="Close" onClick={onClose}>
            <Icon name="close" />
          </button>
        </header>
        <div ref={body} class="dialog-body">
          {children}
        </div>
        <p class="dialog-problem" role="alert">
          {problem}
        </p>
        <footer class="dialog-foot">
          <button type="button" class="button plain" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="button submit" aria-disabled={sending || blocked}>
            {sending ? 'Sending …' : submit}
          </button>
        </footer>
      </form>
    </dialog>
  );
}

const caretOf = ({ selectionStart, selectionEnd }: HTMLTextAreaElement): [number, number] => [
  selectionStart,
  selectionEnd,
];
