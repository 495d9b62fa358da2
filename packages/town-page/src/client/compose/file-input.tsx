/** Where files are chosen or dropped, with those that were. */
import { useState } from 'preact/hooks';
import { Icon } from '../icons.tsx';
import { FileList, takeFiles } from './file-list.tsx';
import { addFiles } from './limits.ts';

type Props = {
  id: string;
  files: readonly File[];
  max: number;
  /** MIME types or endings that are taken; all unless told. */
  types?: readonly string[] | undefined;
  invalid: boolean;
  describedBy?: string | undefined;
  onChange(files: readonly File[]): void;
};

export function FileInput({ id, files, max, types, invalid, describedBy, onChange }: Props) {
  const [problem, setProblem] = useState<string>();
  const take = (more: readonly File[]) => {
    const made = addFiles(max === 1 ? [] : files, more, max);
    setProblem(made.problem);
    onChange(made.files);
  };
  return (
    <div class="file-field">
      <input
        id={id}
        class="sr-only"
        type="file"
        multiple={max > 1}
        accept={types?.join(',')}
        aria-invalid={invalid}
        aria-describedby={describedBy}
        onChange={(event) => take(takeFiles(event.currentTarget))}
      />
      <label
        class={invalid ? 'drop wrong' : 'drop'}
        for={id}
        aria-hidden="true"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          take([...(event.dataTransfer?.files ?? [])]);
        }}
      >
        <Icon name="upload" size={22} />
        <span>
          Drop {max === 1 ? 'a file' : `up to ${max} files`} here, or <b>browse</b>
        </span>
      </label>
      {problem && (
        <p class="field-problem" role="alert">
          {problem}
        </p>
      )}
      <FileList files={files} onChange={onChange} />
    </div>
  );
}
