/** What stands below a conversation: the message box or a command being filled in, with the reply, files and problems. */
import { MessageType } from 'discord-api-types/v10';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Icon } from '../icons.tsx';
import { draftAt, keepDraft } from '../memory.ts';
import { isDm, nameOf, titleOf } from '../names.ts';
import type { ComposerProps, OptionValue } from '../types.ts';
import { AttachButton } from './attach-button.tsx';
import { Counter } from './counter.tsx';
import { EmojiPicker } from './emoji-picker.tsx';
import { FileList } from './file-list.tsx';
import { addFiles, messageOf, tooLong } from './limits.ts';
import { withTokens } from './mentions.ts';
import { MessageBox } from './message-box.tsx';
import type { Drafts } from './option-check.ts';
import { ReplyBar } from './reply-bar.tsx';
import { type Entry, entriesIn, entryNamed, meantBy } from './slash.ts';
import { SlashForm } from './slash-form.tsx';
import { useTyping } from './typing.ts';

/** The last text from elsewhere that was put into a box. */
let inserted: number | undefined;

export function Composer(props: ComposerProps) {
  const { world, channel } = props;
  if (!channel.may.write) {
    const why = channel.thread?.locked
      ? 'This thread is locked.'
      : 'You do not have permission to send messages in this channel.';
    return <p class="composer may-not">{why}</p>;
  }
  const key = `${world.me.id} ${channel.id}`;
  return <OpenComposer key={key} at={key} {...props} />;
}

function OpenComposer(props: ComposerProps & { at: string }) {
  const { world, channel, acts, messages, replyTo, onCancelReply, onEdit, insert, at } = props;
  const [text, setText] = useState(draftAt(at));
  const [command, setCommand] = useState<{ entry: Entry; drafts: Drafts }>();
  const [files, setFiles] = useState<readonly File[]>([]);
  const [ping, setPing] = useState(true);
  const [problem, setProblem] = useState('');
  const [calls, setCalls] = useState(0);
  const [emojiAt, setEmojiAt] = useState<Element>();
  const box = useRef<HTMLTextAreaElement>(null);
  const entries = useMemo(() => entriesIn(world, channel), [world, channel]);
  const typing = useTyping(() => acts.types(channel.id));

  const write = (made: string) => {
    keepDraft(at, made);
    setText(made);
    setProblem('');
    if (made !== '' && !made.startsWith('/')) typing();
  };
  /** The box gets the focus as soon as it is there. */
  const toBox = () => setCalls((n) => n + 1);
  useLayoutEffect(() => {
    if (calls > 0) box.current?.focus();
  }, [calls]);

  useEffect(() => {
    if (!insert || insert.n === inserted) return;
    inserted = insert.n;
    const entry = entryNamed(entries, insert.text);
    setCommand(entry && { entry, drafts: {} });
    if (!entry) {
      write(insert.text);
      toBox();
    }
  }, [insert?.n]);

  // At once: whoever goes on typing must not lose a letter.
  useLayoutEffect(() => {
    setPing(true);
    if (replyTo) box.current?.focus();
  }, [replyTo?.id]);

  const takeUpCommand = (entry: Entry, rest = '') => {
    const [first] = entry.options;
    setProblem('');
    setCommand({ entry, drafts: first && rest !== '' ? { [first.name]: { text: rest } } : {} });
  };

  const takeUp = (more: readonly File[]) => {
    if (!channel.may.attach) {
      setProblem('You do not have permission to attach files here.');
      return;
    }
    const made = addFiles(files, more);
    setFiles(made.files);
    setProblem(made.problem ?? '');
    toBox();
  };

  async function send(): Promise<void> {
    const content = withTokens(text, world, channel).trim();
    if (content === '' && files.length === 0) return;
    const meant = files.length === 0 ? meantBy(text, entries, world) : undefined;
    if (meant && 'refused' in meant) {
      setProblem(`You cannot use ${meant.refused} here.`);
      return;
    }
    if (meant) {
      takeUpCommand(meant.entry, meant.rest);
      return;
    }
    const long = tooLong(content);
    if (long) {
      setProblem(long);
      return;
    }
    write('');
    setFiles([]);
    try {
      const reply = replyTo && { replyTo, ping };
      await acts.says(channel.id, content, { ...reply, files });
      if (replyTo) onCancelReply();
    } catch (error) {
      if (draftAt(at) === '') write(text);
      setFiles((now) => (now.length === 0 ? files : now));
      setProblem(messageOf(error));
    }
  }

  async function run(values: Record<string, OptionValue>): Promise<void> {
    if (!command) return;
    setCommand(undefined);
    write('');
    toBox();
    try {
      await acts.runs(channel.id, command.entry.command, command.entry.path, values);
    } catch (error) {
      setCommand((now) => now ?? command);
      setProblem(messageOf(error));
    }
  }

  const leaveCommand = (rest: string) => {
    setCommand(undefined);
    write(rest);
    toBox();
  };

  function editNewest(): void {
    const kinds: readonly MessageType[] = [MessageType.Default, MessageType.Reply];
    const mine = messages.findLast(({ author, type }) => author.id === world.me.id && kinds.includes(type));
    if (mine) onEdit(mine);
  }

  const title = titleOf(world, channel);
  const label =
    isDm(channel) || channel.thread ? `Message ${isDm(channel) ? title : nameOf(world, channel)}` : `Message ${title}`;
  return (
    <form
      class="composer"
      aria-label="New message"
      onSubmit={(event) => {
        event.preventDefault();
        if (!command) void send();
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        const dropped = [...(event.dataTransfer?.files ?? [])];
        if (dropped.length > 0) takeUp(dropped);
      }}
    >
      {problem && (
        <p class="compose-problem" role="alert">
          {problem}
        </p>
      )}
      {replyTo && <ReplyBar message={replyTo} world={world} ping={ping} onPing={setPing} onCancel={onCancelReply} />}
      {!command && <FileList files={files} onChange={setFiles} />}
      {command ? (
        <SlashForm
          key={command.entry.name}
          entry={command.entry}
          drafts={command.drafts}
          world={world}
          channel={channel}
          acts={acts}
          onDrafts={(drafts) => setCommand({ entry: command.entry, drafts })}
          onRun={(values) => void run(values)}
          onLeave={leaveCommand}
        />
      ) : (
        <div class="composer-row">
          {channel.may.attach && <AttachButton onFiles={takeUp} />}
          <MessageBox
            box={box}
            text={text}
            label={label}
            world={world}
            channel={channel}
            entries={entries}
            onText={write}
            onCommand={takeUpCommand}
            onSend={() => void send()}
            onUp={editNewest}
            onEscape={() => replyTo && onCancelReply()}
            onFiles={takeUp}
          />
          <Counter text={withTokens(text, world, channel)} />
          <button
            type="button"
            class="icon-button"
            aria-label="Emoji"
            aria-haspopup="dialog"
            aria-expanded={emojiAt !== undefined}
            onClick={(event) => setEmojiAt(event.currentTarget)}
          >
            <Icon name="smile" size={22} />
          </button>
          <button
            type="submit"
            class="icon-button send"
            aria-label="Send message"
            disabled={text.trim() === '' && files.length === 0}
          >
            <Icon name="send" size={22} />
          </button>
        </div>
      )}
      {emojiAt && (
        <EmojiPicker
          at={{ x: emojiAt.getBoundingClientRect().right, y: emojiAt.getBoundingClientRect().top, from: emojiAt }}
          onClose={() => setEmojiAt(undefined)}
          onPick={(emoji) => {
            setEmojiAt(undefined);
            const caret = box.current?.selectionStart ?? text.length;
            write(text.slice(0, caret) + emoji + text.slice(caret));
            toBox();
          }}
        />
      )}
    </form>
  );
}
