/** A message being edited, in the place of its content: Enter saves, Escape ends, empty text asks to delete. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { EditBoxProps } from '../types.ts';
import { Counter } from './counter.tsx';
import { useGrowing } from './grow.ts';
import { messageOf, tooLong } from './limits.ts';
import { withNames, withTokens } from './mentions.ts';

export function EditBox({ message, world, acts, onDone, onDelete }: EditBoxProps) {
  const box = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(() => withNames(message.content, world));
  const [problem, setProblem] = useState('');
  const channel = world.channels.get(message.channel_id);
  const content = (channel ? withTokens(text, world, channel) : text).trim();
  useGrowing(box, text);
  // At once: the next key is already for it.
  useLayoutEffect(() => {
    const { current } = box;
    current?.focus();
    current?.setSelectionRange(text.length, text.length);
    current?.scrollIntoView({ block: 'nearest' });
  }, []);

  const save = async () => {
    const long = tooLong(content);
    if (content === '' && message.attachments.length === 0) return onDelete(message);
    if (content === message.content) return onDone();
    if (long !== undefined) return setProblem(long);
    try {
      await acts.edits(message, content);
      onDone();
    } catch (error) {
      setProblem(messageOf(error));
    }
  };

  return (
    <form
      class="edit-box"
      aria-label="Edit message"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div class="edit-row">
        <textarea
          ref={box}
          class="message-box"
          rows={1}
          aria-label="Edit message"
          value={text}
          onInput={(event) => {
            setProblem('');
            setText(event.currentTarget.value);
          }}
          onKeyDown={(event) => {
            if (event.isComposing) return;
            if (event.key === 'Escape') {
              event.preventDefault();
              event.stopPropagation();
              onDone();
            } else if (event.key === 'Enter' && !event.shiftKey) {
              event.preventDefault();
              void save();
            }
          }}
        />
        <Counter text={content} />
      </div>
      {problem && (
        <p class="field-problem" role="alert">
          {problem}
        </p>
      )}
      <p class="edit-keys">
        <span class="only-keys">Escape to </span>
        <button type="button" class="link-button" onClick={onDone}>
          cancel
        </button>
        <span aria-hidden="true"> · </span>
        <span class="only-keys">Enter to </span>
        <button type="submit" class="link-button">
          save
        </button>
      </p>
    </form>
  );
}
