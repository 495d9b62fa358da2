/** Opens the choice of files for a message. */
import { useRef } from 'preact/hooks';
import { Icon } from '../icons.tsx';
import { takeFiles } from './file-list.tsx';

export function AttachButton({ onFiles }: { onFiles(files: readonly File[]): void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class="icon-button" aria-label="Upload a file" onClick={() => input.current?.click()}>
        <Icon name="plus" size={22} />
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files of the message"
        onChange={(event) => onFiles(takeFiles(event.currentTarget))}
      />
    </>
  );
}
