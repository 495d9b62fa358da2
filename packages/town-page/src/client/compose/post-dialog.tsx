/** A new post in a forum: title, tags, the first message, files. */
import { useId, useState } from 'preact/hooks';
import type { PostDialogProps } from '../types.ts';
import { Counter } from './counter.tsx';
import { Dialog } from './dialog.tsx';
import { describedBy, Field } from './field.tsx';
import { FileInput } from './file-input.tsx';
import { mostFiles, mostTags, tooLong } from './limits.ts';
import { withTokens } from './mentions.ts';
import { NameField } from './name-field.tsx';
import { useSending } from './use-sending.ts';

export function PostDialog({ forum, world, acts, onClose }: PostDialogProps) {
  const id = useId();
  const [title, setTitle] = useState('');
  const [text, setText] = useState('');
  const [tags, setTags] = useState<readonly string[]>([]);
  const [files, setFiles] = useState<readonly File[]>([]);
  const [tried, setTried] = useState(false);
  const { sending, problem, send } = useSending(onClose);
  const content = withTokens(text, world, forum).trim();
  const offered = forum.tags.filter(({ moderated }) => !moderated || forum.may.manageThreads);
  const titleProblem = title.trim() === '' ? 'A post needs a title.' : undefined;
  const textProblem = content === '' && files.length === 0 ? 'A post needs a message.' : tooLong(content);

  const submit = () => {
    setTried(true);
    if (titleProblem !== undefined) document.getElementById(`${id}-title`)?.focus();
    else if (textProblem !== undefined) document.getElementById(`${id}-text`)?.focus();
    else void send(() => acts.posts(forum.id, title.trim(), content, { tags, files }));
  };
  const shownTitle = tried ? titleProblem : undefined;
  const shownText = tried ? textProblem : undefined;

  return (
    <Dialog
      title={`New post in ${forum.name}`}
      submit="Post"
      sending={sending}
      problem={problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <NameField id={`${id}-title`} label="Title" value={title} problem={shownTitle} onName={setTitle} />
      {offered.length > 0 && (
        <Field
          id={`${id}-tags`}
          label="Tags"
          description={`Up to ${mostTags}`}
          required={false}
          problem={undefined}
          group
        >
          <div class="tag-row">
            {offered.map((tag) => {
              const isOn = tags.includes(tag.id);
              return (
                <button
                  key={tag.id}
                  type="button"
                  class="tag-choice"
                  aria-pressed={isOn}
                  disabled={!isOn && tags.length >= mostTags}
                  onClick={() => setTags(isOn ? tags.filter((one) => one !== tag.id) : [...tags, tag.id])}
                >
                  {tag.emoji_name && `${tag.emoji_name} `}
                  {tag.name}
                </button>
              );
            })}
          </div>
        </Field>
      )}
      <Field id={`${id}-text`} label="Message" required problem={shownText}>
        <div class="paragraph">
          <textarea
            id={`${id}-text`}
            class="text-input"
            rows={6}
            aria-required="true"
            aria-invalid={shownText !== undefined}
            aria-describedby={describedBy(`${id}-text`, undefined, shownText)}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          <Counter text={content} />
        </div>
      </Field>
      {forum.may.attach && (
        <Field id={`${id}-files`} label="Files" required={false} problem={undefined}>
          <FileInput id={`${id}-files`} files={files} max={mostFiles} invalid={false} onChange={setFiles} />
        </Field>
      )}
    </Dialog>
  );
}
