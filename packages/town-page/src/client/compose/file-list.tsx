/** The files that somebody chose, each of which can be taken away again. */
import { Icon } from '../icons.tsx';
import { sizeText } from '../message/files.ts';

type Props = { files: readonly File[]; onChange(files: readonly File[]): void };

export function FileList({ files, onChange }: Props) {
  if (files.length === 0) return null;
  return (
    <ul class="file-list" aria-label="Chosen files">
      {files.map((file, at) => (
        <li key={`${at} ${file.name}`} class="chosen-file">
          <Icon name="file" />
          <span class="file-words">
            <span class="file-name">{file.name}</span> <span class="file-size">{sizeText(file.size)}</span>
          </span>
          <button
            type="button"
            class="icon-button"
            aria-label={`Remove ${file.name}`}
            onClick={() => onChange(files.toSpliced(at, 1))}
          >
            <Icon name="close" size={16} />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** What an input of files holds, and lets it be used for the same file again. */
export function takeFiles(input: HTMLInputElement): File[] {
  const files = [...(input.files ?? [])];
  input.value = '';
  return files;
}
