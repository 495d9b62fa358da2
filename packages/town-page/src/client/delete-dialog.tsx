/** "Are you sure?", as Discord asks before a message goes. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Acts, Message, World } from './types.ts';

type Props = { message: Message; world: World; acts: Acts; onClose(): void };

export function DeleteDialog({ message, world, acts, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [problem, setProblem] = useState('');
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const author = world.people.get(message.author.id)?.name ?? message.author.username;
  const remove = async () => {
    try {
      await acts.deletes(message);
      dialog.current?.close();
    } catch (error) {
      setProblem((error as Error).message);
    }
  };
  return (
    <dialog ref={dialog} class="plain-dialog" aria-labelledby="delete-title" onClose={onClose}>
      <h2 id="delete-title">Delete message</h2>
      <p>Are you sure that you want to delete this message?</p>
      <blockquote>
        <b>{author}</b>
        <p>{message.content || 'A message without text'}</p>
      </blockquote>
      {problem && <p role="alert">{problem}</p>}
      <div class="dialog-buttons">
        <button type="button" class="button bare" onClick={() => dialog.current?.close()}>
          Cancel
        </button>
        <button type="button" class="button danger" onClick={() => void remove()}>
          Delete
        </button>
      </div>
    </dialog>
  );
}
