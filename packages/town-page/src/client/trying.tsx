/** "Try your own sentences": a post and a reply, and what would be read in them. Nobody is told of it. */
import { useId, useState } from 'preact/hooks';
import type { PanelEntry, PanelWords } from '../protocol.ts';
import { EntryBody } from './entry.tsx';
import type { Part } from './go.ts';

export function Trying({ go, words }: Part & { words: NonNullable<PanelWords['trying']> }) {
  const id = useId();
  const [post, setPost] = useState(words.examplePost);
  const [reply, setReply] = useState(words.exampleReply);
  const [entry, setEntry] = useState<PanelEntry>();
  const [problem, setProblem] = useState('');
  const read = async () => {
    setProblem('');
    try {
      setEntry(await go.attempt(post, reply));
    } catch (error) {
      setEntry(undefined);
      setProblem((error as Error).message);
    }
  };
  return (
    <details class="trying fold">
      <summary>{words.title}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void read();
        }}
      >
        <p class="muted">{words.hint}</p>
        <Sentences id={`${id}-post`} label={words.post} value={post} onText={setPost} />
        <Sentences id={`${id}-reply`} label={words.reply} value={reply} onText={setReply} />
        <button type="submit" class="button" disabled={reply.trim() === ''}>
          {words.press}
        </button>
        <div role="status">
          {problem && <p class="failure">{problem}</p>}
          {entry && (
            <div class={`entry ${entry.tone}`}>
              <p class="verdict">{entry.headline}</p>
              <EntryBody entry={entry} />
            </div>
          )}
        </div>
      </form>
    </details>
  );
}

type Props = { id: string; label: string; value: string; onText(text: string): void };

const Sentences = ({ id, label, value, onText }: Props) => (
  <>
    <label for={id}>{label}</label>
    <textarea id={id} rows={3} maxLength={2000} value={value} onInput={(event) => onText(event.currentTarget.value)} />
  </>
);
